import { and, eq, sql } from 'drizzle-orm';
import { fixedSelect } from '@/db/fixed-select-adapter';
import { offers, stockLevels, stockLocations } from '@/db/schema';
import type { Instant, OfferId, Result, ShopScope, StockLocationId } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { Movement } from './movement';
import { applyMovements, eventsOf } from './movements';

/** More than this on one shelf is a slip of the finger. Steps of the sales unit (so two tonnes of a weighed good). */
export const LARGEST_COUNT = 2_000_000;

export type StockRefusal = { readonly kind: 'offer-not-found' } | { readonly kind: 'absurd-quantity'; readonly largest: number };

/** The figure after the fact was folded in. `missing` units are promised beyond what is there. */
export type RecordedStock = { readonly offerId: OfferId; readonly onHand: number; readonly missing: number };

type Outcome = Result<RecordedStock, StockRefusal>;

/** "There are 7": a count of the shop's own shelf at an instant. `key` is the caller's: the same key again is the same count. */
export function recordCount(
  scope: ShopScope,
  count: { readonly offerId: OfferId; readonly counted: number; readonly asOf: Instant; readonly key: string },
  ports: Ports = systemPorts,
): Promise<Outcome> {
  const { offerId, counted, asOf, key } = count;
  if (!Number.isSafeInteger(counted) || counted < 0 || counted > LARGEST_COUNT)
    return Promise.resolve(err({ kind: 'absurd-quantity', largest: LARGEST_COUNT }));
  return record(scope, { offerId, kind: 'count', quantity: counted, reason: 'count', occurredAt: asOf, sourceKey: key }, ports);
}

/** "Two were sold at the till": a signed change of the shop's own shelf. */
export function recordChange(
  scope: ShopScope,
  change: {
    readonly offerId: OfferId;
    readonly delta: number;
    readonly reason: 'counter-sale' | 'correction' | 'delivery' | 'returned' | 'missing';
    readonly occurredAt: Instant;
    readonly key: string;
  },
  ports: Ports = systemPorts,
): Promise<Outcome> {
  const { offerId, delta, reason, occurredAt, key } = change;
  if (!Number.isSafeInteger(delta) || Math.abs(delta) > LARGEST_COUNT)
    return Promise.resolve(err({ kind: 'absurd-quantity', largest: LARGEST_COUNT }));
  return record(scope, { offerId, kind: 'change', quantity: delta, reason, occurredAt, sourceKey: key }, ports);
}

function record(scope: ShopScope, fact: Omit<Movement, 'shopId' | 'locationId' | 'source'>, ports: Ports): Promise<Outcome> {
  return observed({ useCase: `record-${fact.kind}`, actor: scope.kind, ids: { shopId: scope.shopId, offerId: fact.offerId } }, () =>
    withTransaction((tx): Promise<Outcome> => recordFact(tx, scope, fact, ports)),
  );
}

/** As part of another use-case's transaction: what a refusal or a miss at the pick says about the shelf. */
export async function recordFact(
  tx: Tx,
  scope: Pick<ShopScope, 'shopId'> & { readonly personId: string | undefined },
  fact: Omit<Movement, 'shopId' | 'locationId' | 'source'> & { readonly locationId?: StockLocationId },
  ports: Ports,
): Promise<Outcome> {
  const locationId = fact.locationId ?? (await shelfOf(tx, scope, fact.offerId));
  if (locationId === undefined) return err({ kind: 'offer-not-found' });
  const missed = fact.reason === 'missing' ? 1 : 0;
  const movement: Movement = { ...fact, missed, shopId: scope.shopId, locationId, source: `shop:${scope.shopId}` };
  const [figure] = await applyMovements(tx, [movement], ports);
  if (!figure) return err({ kind: 'offer-not-found' });
  const actor = { kind: 'shop', id: scope.personId } as const;
  await appendEvents(tx, eventsOf([figure]), { actor, now: ports.clock.now(), ids: ports.ids });
  return ok({ offerId: figure.offerId, onHand: figure.onHand, missing: figure.missing });
}

/** The shop's own shelf for its own offer: where it is stocked already, else the shop's first place. */
async function shelfOf(tx: Tx, scope: Pick<ShopScope, 'shopId'>, offerId: OfferId): Promise<StockLocationId | undefined> {
  const [row] = await readShelf(tx, { offerId, shopId: scope.shopId });
  return row?.locationId;
}

const readShelf = fixedSelect((from) =>
  from
    .select({ locationId: stockLocations.id })
    .from(offers)
    .innerJoin(stockLocations, and(eq(stockLocations.shopId, offers.shopId), sql`${stockLocations.kind} = 'shop'`))
    .leftJoin(stockLevels, and(eq(stockLevels.offerId, offers.id), eq(stockLevels.locationId, stockLocations.id)))
    .where(and(eq(offers.id, sql.placeholder('offerId')), eq(offers.shopId, sql.placeholder('shopId'))))
    .orderBy(sql`${stockLevels.offerId} is null`, stockLocations.id)
    .limit(1),
);
