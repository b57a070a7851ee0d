import { and, asc, eq, gt, gte, inArray, notInArray, sql } from 'drizzle-orm';
import { importItems, importRows, imports, offers } from '@/db/schema';
import type { TakenOver } from '@/lib/catalogue';
import { giveBack, lockCommons, placeOffers, proposeMatches, sourceIn, writeListings, writeProducts } from '@/lib/catalogue';
import { LARGEST_COUNT, beginShelves, recordStockBatch, writeStockBatch } from '@/lib/inventory';
import type { ImportId, OfferId } from '@/lib/kernel';
import { instant, ok } from '@/lib/kernel';
import { dropWishes } from '@/lib/pictures';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { ImportRow, ItemRow } from './staged-import';
import { blockOf } from './staged-import';

/** Rows of a file written in one transaction: small enough that nobody waits for it, large enough that it is quick. */
const PIECE = 5_000;
const UNDONE_AT_ONCE = 2_000;

/** A stretch of an import's items: those after `from`, up to and with `to`. */
type Piece = { readonly row: ImportRow; readonly from: number; readonly to: number; readonly disputed: readonly number[] };

const sourceOf = ({ row, from, to }: Omit<Piece, 'disputed'>) =>
  sourceIn(sql`${importItems}`, sql`import_id = ${row.id} and position > ${from} and position <= ${to} and verdict in ('new', 'changed')`);

/** Makes the products and variants the next piece needs in the commons; undefined when nothing is left to do. */
async function openPiece(importId: ImportId, after: number, { most, ports }: Way): Promise<Piece | undefined> {
  const outcome = await withTransaction(async (tx) => {
    await lockCommons(tx); // pieces of all imports follow each other
    const [row] = await tx.select().from(imports).where(eq(imports.id, importId));
    const from = Math.max(after, row?.progress ?? 0);
    if (row?.state !== 'applying' || from >= row.items) return ok(undefined);
    const piece = { row, from, to: Math.min(from + most, row.items) };
    const disputed = await writeProducts(tx, { shopId: row.shopId, source: sourceOf(piece), now: ports.clock.now() });
    return ok({ ...piece, disputed });
  });
  return outcome.ok ? outcome.value : undefined;
}

/** Makes the pages a piece needs; for one that has them already, nothing. */
async function listPiece(piece: Piece, ports: Ports): Promise<void> {
  const { row, disputed } = piece;
  const wish = { shopId: row.shopId, source: sourceOf(piece), now: ports.clock.now() };
  await withTransaction(async (tx) => ok(await writeListings(tx, wish, disputed)));
}

/** Puts a piece on sale with its counts, in one transaction that no other worker can repeat. Gives how many offers were written. */
async function sellPiece(piece: Piece, ports: Ports): Promise<number> {
  const { row, from, to, disputed } = piece;
  const outcome = await withTransaction(async (tx) => {
    const [now] = await tx
      .select({ state: imports.state, progress: imports.progress })
      .from(imports)
      .where(eq(imports.id, row.id))
      .for('update');
    if (now?.state !== 'applying' || now.progress !== from) return ok(0); // another worker was there first
    const taken = await placeOffers(tx, { shopId: row.shopId, source: sourceOf(piece), disputed, now: ports.clock.now() });
    await keepFormer(tx, row.id, taken);
    await recordCounts(tx, piece, taken, ports);
    await tx.update(imports).set({ progress: to }).where(eq(imports.id, row.id));
    return ok(taken.length);
  });
  return outcome.ok ? outcome.value : 0;
}

/** Keeps what was there before, for undoing; a new offer was nothing and is found again by its code. */
async function keepFormer(tx: Tx, importId: ImportId, taken: readonly TakenOver[]): Promise<void> {
  const rows = taken.flatMap(({ position, before }) => (before === undefined ? [] : [{ position, before }]));
  if (rows.length === 0) return;
  await tx.execute(sql`
    update ${importItems} i set before = x.before
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(position int, before jsonb)
    where i.import_id = ${importId} and i.position = x.position`);
}

const asImport = ({ shopId }: ImportRow) => ({ shopId, source: 'import', grade: 'D' }) as const;

/** What the file says was there when it was read: a count at that instant, which later sales outlive (architecture §4). */
async function recordCounts(tx: Tx, piece: Piece, taken: readonly TakenOver[], ports: Ports): Promise<void> {
  await countFirst(tx, piece, taken.filter(({ isNew }) => isNew), ports); // prettier-ignore
  await countAgain(tx, piece, taken.filter(({ isNew }) => !isNew), ports); // prettier-ignore
}

/** Offers that were made a moment ago have no history. */
async function countFirst(tx: Tx, { row, from, to }: Piece, taken: readonly TakenOver[], ports: Ports): Promise<void> {
  if (taken.length === 0) return;
  const counts = sql`(
    select o.id as offer_id, i.made, i.quantity, i.import_id || ':' || i.position as key from ${importItems} i join ${offers} o on o.id = 'off_' || i.made
    where i.import_id = ${row.id} and i.position > ${from} and i.position <= ${to} and i.position = any(${sql.param(taken.map(({ position }) => position))}::int[])
      and i.quantity between 0 and ${LARGEST_COUNT})`;
  await beginShelves(tx, { kind: 'shop', id: row.personId }, { ...asImport(row), occurredAt: row.createdAt, counts }, ports);
}

/** Offers that were there before have a history, into which the file's count must fit. */
async function countAgain(tx: Tx, { row }: Piece, taken: readonly TakenOver[], ports: Ports): Promise<void> {
  if (taken.length === 0) return;
  const counted = await tx.execute<{ position: number; quantity: number }>(sql`
    select position, quantity from ${importItems}
    where import_id = ${row.id} and position = any(${sql.param(taken.map(({ position }) => position))}::int[]) and quantity is not null`);
  const quantities = new Map(counted.map(({ position, quantity }) => [position, quantity]));
  const rows = taken.flatMap(({ position, offerId }) => {
    const quantity = quantities.get(position);
    if (quantity === undefined) return [];
    return [{ of: { offerId }, kind: 'count' as const, quantity, occurredAt: row.createdAt, key: `${row.id}:${position}` }];
  });
  if (rows.length > 0) await writeStockBatch(tx, { kind: 'shop', id: row.personId }, { ...asImport(row), rows }, ports);
}

async function finish(importId: ImportId, ports: Ports): Promise<void> {
  const finished = await reader()
    .update(imports)
    .set({ state: 'done', finishedAt: ports.clock.now() })
    .where(and(eq(imports.id, importId), eq(imports.state, 'applying'), gte(imports.progress, imports.items)))
    .returning({ id: imports.id });
  if (finished.length === 0) return; // another worker was there first, or is at the last piece
  await forgetRows(importId);
}

/** Of the file only the refused rows stay, for the list of them. */
async function forgetRows(importId: ImportId): Promise<void> {
  const refused = await reader()
    .selectDistinct({ row: importItems.row })
    .from(importItems)
    .where(and(eq(importItems.importId, importId), eq(importItems.verdict, 'rejected')));
  const blocks = [...new Set(refused.map(({ row }) => blockOf(row)))];
  await reader()
    .delete(importRows)
    .where(and(eq(importRows.importId, importId), notInArray(importRows.block, blocks)));
}

/** Puts pages a finished import made that look like others' before a person of the city: a help, and nobody waits for it. */
export async function compareImport(importId: ImportId, ports: Ports = systemPorts): Promise<void> {
  const [row] = await reader().select().from(imports).where(eq(imports.id, importId));
  if (row?.state === 'done' && row.confirmedAt !== null) await proposeMatches(row.shopId, row.confirmedAt, ports);
}

type Way = { readonly ports: Ports; readonly most: number };

/** Three connections at once, none of which waits for another: what the third piece is made of, the second one's pages, the first one's offers. */
async function applyPieces(importId: ImportId, way: Way): Promise<number> {
  const { ports } = way;
  let written = 0;
  let listed: Promise<unknown> = Promise.resolve();
  let [soldBefore, sold]: [Promise<unknown>, Promise<unknown>] = [listed, listed];
  for (let piece = await openPiece(importId, 0, way); piece !== undefined;) {
    const current = piece;
    await Promise.all([listed, soldBefore]);
    soldBefore = sold;
    listed = listPiece(current, ports);
    sold = Promise.all([listed, soldBefore]).then(async () => void (written += await sellPiece(current, ports)));
    for (const lane of [listed, sold]) lane.catch(() => undefined); // told by an await below; until then it must not count as unhandled
    piece = await openPiece(importId, current.to, way);
  }
  await Promise.all([listed, sold]);
  return written;
}

/**
 * Takes a confirmed import over, piece by piece (of `most` items); an interrupted one goes on where it stopped, and a piece written twice
 * counts once. Any number of workers may try: each piece is one's. Gives how many offers were written.
 */
export async function applyImport(importId: ImportId, ports: Ports = systemPorts, most: number = PIECE): Promise<number> {
  const written = await applyPieces(importId, { ports, most });
  await finish(importId, ports);
  return written;
}

/** Gives everything back that nobody changed since: prices, what was on sale, counts. Offers the import made are taken off sale. */
export async function undoImport(importId: ImportId, ports: Ports = systemPorts): Promise<number> {
  let given = 0;
  for (let count = await undoPiece(importId, ports); count > 0; count = await undoPiece(importId, ports)) given += count;
  const [row] = await reader().select({ shopId: imports.shopId }).from(imports).where(eq(imports.id, importId));
  if (row !== undefined) await dropWishes({ shopId: row.shopId, origin: importId });
  await reader()
    .update(imports)
    .set({ state: 'undone', finishedAt: ports.clock.now() })
    .where(and(eq(imports.id, importId), eq(imports.state, 'undoing')));
  return given;
}

/** Items with their offers: those the import made are found by the shop's code. */
async function withOffers(tx: Tx, row: ImportRow, items: readonly ItemRow[]): Promise<readonly ItemRow[]> {
  const skus = items.flatMap(({ offerId, sku }) => (offerId === null && sku !== null ? [sku] : []));
  const made = await tx
    .select({ id: offers.id, sku: offers.merchantSku })
    .from(offers)
    .where(and(eq(offers.shopId, row.shopId), inArray(offers.merchantSku, skus)));
  const bySku = new Map(made.map(({ id, sku }) => [sku, id]));
  return items.map((item) => ({ ...item, offerId: item.offerId ?? bySku.get(item.sku ?? '') ?? null }));
}

/** The next items to give back. */
function nextItems(tx: Tx, row: ImportRow): Promise<readonly ItemRow[]> {
  return tx
    .select()
    .from(importItems)
    .where(and(eq(importItems.importId, row.id), gt(importItems.position, row.progress), inArray(importItems.verdict, ['new', 'changed'])))
    .orderBy(asc(importItems.position))
    .limit(UNDONE_AT_ONCE);
}

async function undoPiece(importId: ImportId, ports: Ports): Promise<number> {
  const outcome = await withTransaction(async (tx) => {
    const [row] = await tx.select().from(imports).where(eq(imports.id, importId)).for('update');
    if (row?.state !== 'undoing') return ok(0);
    const items = await nextItems(tx, row);
    if (items.length === 0) return ok(0);
    const found = await withOffers(tx, row, items);
    const rows = found.flatMap(({ offerId, priceMinor, isActive, before }) =>
      offerId === null || priceMinor === null ? [] : [{ offerId, priceMinor, isActive: isActive ?? true, before: before ?? undefined }],
    );
    await giveBack(tx, row.shopId, rows, ports.clock.now());
    await tx
      .update(imports)
      .set({ progress: items.at(-1)?.position ?? row.progress })
      .where(eq(imports.id, importId));
    await giveCountsBack(row, found, ports);
    return ok(items.length);
  });
  return outcome.ok ? outcome.value : 0;
}

/** The count of before is told anew, as of now, for levels whose figure is still the file's. */
async function giveCountsBack(row: ImportRow, items: readonly ItemRow[], ports: Ports): Promise<void> {
  const still = await reader().execute<{ offer_id: OfferId; on_hand: number }>(sql`
    select offer_id, sum(on_hand)::int as on_hand from stock_levels
    where offer_id = any(${sql.param(items.flatMap(({ offerId }) => offerId ?? []))}::text[]) group by offer_id`);
  const figures = new Map(still.map(({ offer_id: id, on_hand: onHand }) => [id, onHand]));
  const rows = items.flatMap(({ offerId, quantity, before, position }) => {
    const former = before?.onHand ?? undefined;
    if (offerId === null || quantity === null || former === undefined || figures.get(offerId) !== quantity) return [];
    const fact = { kind: 'count' as const, quantity: Math.max(0, former), occurredAt: instant(ports.clock.now()) };
    return [{ of: { offerId }, ...fact, key: `${row.id}:${position}:undo` }];
  });
  if (rows.length > 0) await recordStockBatch({ kind: 'shop', id: row.personId }, { ...asImport(row), rows }, ports);
}
