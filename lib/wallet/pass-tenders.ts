import { eq, inArray } from 'drizzle-orm';
import { orderTenders, tenderPositions, voucherSeries, vouchers } from '@/db/schema';
import type { Minor, ShopId, SubOrderId, TenderId } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import type { FreedTender, TakenOver } from '@/lib/oms';
import { passTendersOn } from '@/lib/oms';
import type { Reader, Tx } from '@/lib/platform/transaction';

/**
 * The vouchers that paid for what one shop could not serve pay for it at the shop that does, as far as they reach; the card pays the rest.
 * Returns what they pay of the new part. Guarantees: no voucher passes on more than was freed of it.
 */
export async function passTenders(
  tx: Tx,
  {
    subOrderId,
    taken,
    freed,
  }: { readonly subOrderId: SubOrderId; readonly taken: readonly TakenOver[]; readonly freed: readonly FreedTender<TenderId>[] },
): Promise<Minor> {
  const rows = passTendersOn(taken, freed).map((passed) => ({ ...passed, subOrderId }));
  if (rows.length > 0) await tx.insert(tenderPositions).values(rows);
  return minor(rows.reduce((sum, row) => sum + row.amountMinor, 0));
}

/** The shops in which every voucher that pays for a line may be spent, line by line; a line that is not there may be served anywhere. */
export async function shopsAccepting(from: Reader, lineIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<ShopId>>> {
  if (lineIds.length === 0) return new Map();
  const rows = await from
    .select({ position: tenderPositions.position, shopIds: voucherSeries.shopIds })
    .from(tenderPositions)
    .innerJoin(orderTenders, eq(orderTenders.id, tenderPositions.tenderId))
    .innerJoin(vouchers, eq(vouchers.id, orderTenders.voucherId))
    .innerJoin(voucherSeries, eq(voucherSeries.id, vouchers.seriesId))
    .where(inArray(tenderPositions.position, [...lineIds]));
  const bound = rows.flatMap(({ position, shopIds }) => (shopIds === null ? [] : [{ position, shopIds: new Set(shopIds) }]));
  return new Map(
    [...Map.groupBy(bound, ({ position }) => position)].map(([position, sets]) => [
      position,
      sets.map(({ shopIds }) => shopIds).reduce((all, one) => all.intersection(one)),
    ]),
  );
}
