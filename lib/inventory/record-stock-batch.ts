import { sql } from 'drizzle-orm';
import { offers, stockLevels, stockLocations } from '@/db/schema';
import type { Actor, DomainEvent, Instant, OfferId, Result, ShopId, StockLocationId } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { SourceGrade } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { Movement } from './movement';
import type { LevelFigure } from './movements';
import { nameOfFact } from './movement-repository';
import { eventsOf, foldMovements } from './movements';
import { LARGEST_COUNT } from './record-stock';

/** More rows are several batches: one transaction should not keep a shop's shelves locked for long. */
export const LARGEST_BATCH = 10_000;

/** One row of a feed: a count at an instant or a signed change, of an offer named by its id or by the shop's own code. */
export type StockBatchRow = {
  readonly of: { readonly offerId: OfferId } | { readonly merchantSku: string };
  readonly kind: 'count' | 'change';
  readonly quantity: number;
  /** Why a change was made; a sale at the till when nothing is said. A count needs no reason. */
  readonly reason?: 'counter-sale' | 'correction' | 'delivery' | 'returned';
  readonly occurredAt: Instant;
  /** Names the fact at its source: the same key again is the same fact. */
  readonly key: string;
};

export type StockBatch = {
  readonly shopId: ShopId;
  /** Where the facts come from: keys are unique within it. */
  readonly source: string;
  /** How this source tells (architecture §4); it becomes the grade of the levels it tells of. */
  readonly grade: SourceGrade;
  readonly rows: readonly StockBatchRow[];
};

/** What became of a row; `repeated` was known before. The figure is the one after the whole batch. `missing` units are promised beyond it. */
export type StockBatchResult =
  | { readonly kind: 'recorded' | 'repeated'; readonly offerId: OfferId; readonly onHand: number; readonly missing: number }
  | { readonly kind: 'offer-not-found' }
  | { readonly kind: 'absurd-quantity'; readonly largest: number };

export type StockBatchRefusal = { readonly kind: 'too-many-rows'; readonly most: number };

type Outcome = Result<readonly StockBatchResult[], StockBatchRefusal>;

/**
 * Many facts about one shop's shelves in one transaction and a handful of statements, whatever their number. Results come in the order of
 * the rows; a row that is refused does not keep the others from being written. The caller has made sure that `actor` may speak for the shop.
 */
export async function recordStockBatch(actor: Actor, batch: StockBatch, ports: Ports = systemPorts): Promise<Outcome> {
  if (batch.rows.length > LARGEST_BATCH) return err({ kind: 'too-many-rows', most: LARGEST_BATCH });
  return observed({ useCase: 'record-stock-batch', actor: actor.kind, ids: { shopId: batch.shopId } }, () =>
    withTransaction(async (tx): Promise<Outcome> => ok(await writeStockBatch(tx, actor, batch, ports))),
  );
}

/** The same in the caller's transaction, for a batch that belongs to what else is written there. At most `LARGEST_BATCH` rows. */
export async function writeStockBatch(tx: Tx, actor: Actor, batch: StockBatch, ports: Ports): Promise<readonly StockBatchResult[]> {
  const shelves = await shelvesOf(tx, batch);
  const read = batch.rows.map((row) => readRow(row, batch, shelves));
  const movements = read.flatMap((row) => ('movement' in row ? [row.movement] : []));
  const { figures, written } = await foldMovements(tx, movements, ports, batch.grade);
  await appendEvents(tx, batchEvents(batch.shopId, figures), { actor, now: ports.clock.now(), ids: ports.ids });
  const outcome = { byOffer: new Map(figures.map((figure) => [figure.offerId, figure])), written, told: new Set<string>() };
  return read.map((row) => ('movement' in row ? resultOf(row.movement, outcome) : row.refused));
}

type Shelf = { readonly offerId: OfferId; readonly locationId: StockLocationId };
type Read =
  { readonly movement: Movement } | { readonly refused: Extract<StockBatchResult, { kind: 'offer-not-found' | 'absurd-quantity' }> };

function readRow(row: StockBatchRow, { shopId, source }: StockBatch, shelves: ReadonlyMap<string, Shelf>): Read {
  const { kind, quantity, occurredAt, key } = row;
  const isAbsurd = !Number.isSafeInteger(quantity) || Math.abs(quantity) > LARGEST_COUNT || (kind === 'count' && quantity < 0);
  if (isAbsurd) return { refused: { kind: 'absurd-quantity', largest: LARGEST_COUNT } };
  const shelf = shelves.get('offerId' in row.of ? row.of.offerId : skuKey(row.of.merchantSku));
  if (!shelf) return { refused: { kind: 'offer-not-found' } };
  const reason = kind === 'count' ? 'count' : (row.reason ?? 'counter-sale');
  return { movement: { ...shelf, shopId, kind, quantity, reason, source, sourceKey: key, occurredAt } };
}

/** A SKU and an id live in one map; an id never begins with a sign of equality. */
const skuKey = (merchantSku: string) => `=${merchantSku}`;

/** The shop's own shelf for each offer named: where it is stocked already, else the shop's first place. One statement. */
async function shelvesOf(tx: Tx, { shopId, rows }: StockBatch): Promise<ReadonlyMap<string, Shelf>> {
  const ids = rows.flatMap(({ of }) => ('offerId' in of ? [of.offerId] : []));
  const skus = rows.flatMap(({ of }) => ('merchantSku' in of ? [of.merchantSku] : []));
  const found = await tx.execute<{ offer_id: OfferId; merchant_sku: string; location_id: StockLocationId }>(sql`
    select distinct on (offer.id) offer.id as offer_id, offer.merchant_sku, place.id as location_id
    from ${offers} offer
    join ${stockLocations} place on place.shop_id = offer.shop_id and place.kind = 'shop'
    left join ${stockLevels} level on level.offer_id = offer.id and level.location_id = place.id
    where offer.shop_id = ${shopId} and (offer.id = any(${sql.param(ids)}::text[]) or offer.merchant_sku = any(${sql.param(skus)}::text[]))
    order by offer.id, level.offer_id is null, place.id`);
  return new Map(
    found.flatMap((row) => {
      const shelf = { offerId: row.offer_id, locationId: row.location_id };
      return [[shelf.offerId, shelf] as const, [skuKey(row.merchant_sku), shelf] as const];
    }),
  );
}

type Written = { readonly byOffer: ReadonlyMap<OfferId, LevelFigure>; readonly written: ReadonlySet<string>; readonly told: Set<string> };

/** A fact told twice in one batch is recorded by the first of its rows. */
function resultOf(movement: Movement, { byOffer, written, told }: Written): StockBatchResult {
  const figure = byOffer.get(movement.offerId);
  if (!figure) return { kind: 'offer-not-found' };
  const { offerId, onHand, missing } = figure;
  const name = nameOfFact(movement);
  const isNew = written.has(name) && !told.has(name);
  told.add(name);
  return { kind: isNew ? 'recorded' : 'repeated', offerId, onHand, missing };
}

/** One event for the shop's shelves, and one for each shortage: somebody has to act on those. */
function batchEvents(shopId: ShopId, figures: readonly LevelFigure[]) {
  const changed = figures.filter((figure) => figure.changed);
  return [...shelvesChanged(shopId, changed.length), ...eventsOf(changed).filter((event) => event.name === 'ShortageDetected')];
}

/** What others hear of many figures of one shop at once; of none nothing. */
export function shelvesChanged(shopId: ShopId, offers: number): readonly DomainEvent[] {
  return offers === 0 ? [] : [{ name: 'ShelvesChanged', subject: shopId, facts: { shopId, offers } }];
}
