import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import { importItems, importRows, imports, offers } from '@/db/schema';
import type { TakeOverItem, TakenOver } from '@/lib/catalogue';
import { giveBack, lockCommons, proposeMatches, takeOver } from '@/lib/catalogue';
import { recordStockBatch } from '@/lib/inventory';
import type { ImportId, OfferId, ShopId } from '@/lib/kernel';
import { instant, invariant, ok } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, sqlState, withTransaction } from '@/lib/platform/transaction';
import { readDraft } from './draft-schema';
import type { ImportRow, ItemRow } from './staged-import';

/** Offers written in one transaction: small enough that nobody waits for it, large enough that it is quick. */
const PIECE = 2_000;

/** The import as it stands once nobody else is writing: pieces of all imports follow each other. */
async function readInTurn(tx: Tx, importId: ImportId): Promise<ImportRow | undefined> {
  await lockCommons(tx);
  const [row] = await tx.select().from(imports).where(eq(imports.id, importId));
  return row;
}

function nextItems(tx: Tx, row: ImportRow, after = row.progress): Promise<readonly ItemRow[]> {
  return tx
    .select()
    .from(importItems)
    .where(
      and(
        eq(importItems.importId, row.id),
        gt(importItems.position, Math.max(after, row.progress)),
        inArray(importItems.verdict, ['new', 'changed']),
      ),
    )
    .orderBy(asc(importItems.position))
    .limit(PIECE);
}

/** Whether this change was written by an attempt that was interrupted afterwards. What is new may be written twice: the code tells. */
const isWritten = ({ verdict, before }: ItemRow): boolean => verdict === 'changed' && before !== null;

/** Keeps what was there before, for undoing; a new offer was nothing and is found again by its code. */
async function keepFormer(tx: Tx, importId: ImportId, taken: readonly TakenOver[]): Promise<void> {
  const rows = taken.flatMap(({ position, before }) => (before === undefined ? [] : [{ position, before }]));
  if (rows.length === 0) return;
  await tx.execute(sql`
    update ${importItems} i set before = x.before
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(position int, before jsonb)
    where i.import_id = ${importId} and i.position = x.position`);
}

type Piece = { readonly row: ImportRow; readonly items: readonly ItemRow[]; readonly offers: ReadonlyMap<number, OfferId> };

/** Writes the next piece into the commons and the shop's offers; undefined when nothing is left to do. */
async function writePiece(importId: ImportId, after: number, ports: Ports): Promise<Piece | undefined> {
  const outcome = await withTransaction(async (tx) => {
    const row = await readInTurn(tx, importId);
    if (row?.state !== 'applying') return ok(undefined);
    const items = await nextItems(tx, row, after);
    if (items.length === 0) return ok(undefined);
    const drafts = items.filter((item) => !isWritten(item)).flatMap((item) => draftItem(item));
    const taken = await takeOver(tx, { shopId: row.shopId, items: drafts }, ports);
    await keepFormer(tx, importId, taken);
    const byPosition = new Map(items.flatMap((item) => (item.offerId === null ? [] : [[item.position, item.offerId] as const])));
    for (const { position, offerId } of taken) byPosition.set(position, offerId);
    return ok({ row, items, offers: byPosition });
  });
  return outcome.ok ? outcome.value : undefined;
}

function draftItem(item: ItemRow): readonly TakeOverItem[] {
  const read = readDraft(item.draft);
  if (read === undefined) return [];
  const { sheet, ...draft } = read;
  return [{ position: item.position, draft, sheet, offerId: item.offerId ?? undefined }];
}

/** What the file says was there when it was read: a count at that instant, which later sales outlive (architecture §4). */
async function recordCounts({ row, items, offers: byPosition }: Piece, ports: Ports): Promise<void> {
  const rows = items.flatMap(({ position, quantity }) => {
    const offerId = byPosition.get(position);
    if (quantity === null || offerId === undefined) return [];
    return [{ of: { offerId }, kind: 'count' as const, quantity, occurredAt: row.createdAt, key: `${row.id}:${position}` }];
  });
  if (rows.length === 0) return;
  const recorded = await recordStockBatch(
    { kind: 'shop', id: row.personId },
    { shopId: row.shopId, source: 'import', grade: 'D', rows },
    ports,
  );
  invariant(recorded.ok, 'a piece of an import is smaller than a batch');
}

async function advance(row: ImportRow, to: number): Promise<void> {
  await reader()
    .update(imports)
    .set({ progress: to })
    .where(and(eq(imports.id, row.id), lte(imports.progress, to)));
}

async function finish(importId: ImportId, ports: Ports): Promise<void> {
  const finished = await reader()
    .update(imports)
    .set({ state: 'done', finishedAt: ports.clock.now(), progress: imports.items })
    .where(and(eq(imports.id, importId), eq(imports.state, 'applying')))
    .returning({ id: imports.id });
  if (finished.length === 0) return; // another worker was there first
  await reader().delete(importRows).where(eq(importRows.importId, importId));
  await compare(importId, ports).catch((error: unknown) => {
    if (sqlState(error) !== STATEMENT_TIMED_OUT) throw error; // so many alike pages that looking takes too long: nobody is asked
  });
}

const STATEMENT_TIMED_OUT = '57014';

/** Puts pages that look like others' before a person of the city. */
async function compare(importId: ImportId, ports: Ports): Promise<void> {
  await withTransaction(async (tx) => {
    const [row] = await tx.select().from(imports).where(eq(imports.id, importId));
    if (row?.confirmedAt) await proposeMatches(tx, row.shopId, row.confirmedAt, ports);
    return ok(undefined);
  });
}

/**
 * Takes a confirmed import over, piece by piece; an interrupted one goes on where it stopped, and a piece written twice counts once.
 * Any number of workers may try: each piece is one's. Gives how many offers were written.
 */
export async function applyImport(importId: ImportId, ports: Ports = systemPorts): Promise<number> {
  let written = 0;
  // While the counts of one piece are recorded the next one is written: two connections, two processors of the database.
  let counting = Promise.resolve();
  for (let piece = await writePiece(importId, 0, ports); piece !== undefined;) {
    const { row, items } = piece;
    const last = items.at(-1)?.position ?? row.progress;
    await counting;
    counting = recordCounts(piece, ports).then(() => advance(row, last));
    written += piece.offers.size;
    counting.catch(() => undefined); // told by the next await; until then it must not count as unhandled
    piece = await writePiece(importId, last, ports);
  }
  await counting;
  await finish(importId, ports);
  return written;
}

/** Gives everything back that nobody changed since: prices, what was on sale, counts. Offers the import made are taken off sale. */
export async function undoImport(importId: ImportId, ports: Ports = systemPorts): Promise<number> {
  let given = 0;
  for (let count = await undoPiece(importId, ports); count > 0; count = await undoPiece(importId, ports)) given += count;
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

async function undoPiece(importId: ImportId, ports: Ports): Promise<number> {
  const outcome = await withTransaction(async (tx) => {
    const row = await readInTurn(tx, importId);
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
    await giveCountsBack(row.shopId, row, found, ports);
    return ok(items.length);
  });
  return outcome.ok ? outcome.value : 0;
}

/** The count of before is told anew, as of now, for levels whose figure is still the file's. */
async function giveCountsBack(shopId: ShopId, row: ImportRow, items: readonly ItemRow[], ports: Ports): Promise<void> {
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
  if (rows.length > 0) await recordStockBatch({ kind: 'shop', id: row.personId }, { shopId, source: 'import', grade: 'D', rows }, ports);
}
