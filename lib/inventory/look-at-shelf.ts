import { and, eq } from 'drizzle-orm';
import { stockLevels } from '@/db/schema';
import type { Instant, OfferId, Result, ShopScope, StockLocationId } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import type { RecordedStock, StockRefusal } from './record-stock';
import { recordFact } from './record-stock';

/** What somebody found who looked for one more: `some` without counting, none, or so many that can still be sold. */
export type Look = {
  readonly offerId: OfferId;
  readonly locationId: StockLocationId;
  readonly free: 'some' | number;
  readonly key: string;
  readonly at: Instant;
};

/**
 * Turns a look at the shelf into a count. What is asked is how many can still be sold: units set aside for orders are there besides, so
 * the count is theirs and the free ones together. "Some" confirms the figure on record, or corrects it to one free unit.
 */
export async function lookAtShelf(tx: Tx, scope: ShopScope, look: Look, ports: Ports): Promise<Result<RecordedStock, StockRefusal>> {
  const { offerId, locationId, free, key, at } = look;
  const [level] = await tx
    .select()
    .from(stockLevels)
    .where(and(eq(stockLevels.offerId, offerId), eq(stockLevels.locationId, locationId)))
    .for('update');
  const claimed = (level?.reserved ?? 0) + (level?.allocated ?? 0);
  const quantity = free === 'some' ? Math.max(level?.onHand ?? 0, claimed + 1) : claimed + free;
  return recordFact(
    tx,
    scope,
    { offerId, locationId, kind: 'count', quantity, reason: 'shelf-check', sourceKey: key, occurredAt: at },
    ports,
  );
}
