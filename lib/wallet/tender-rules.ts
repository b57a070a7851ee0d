import type { voucherSeries, vouchers } from '@/db/schema';
import type { Instant, Minor, ShopId } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import type { BroughtTender } from '@/lib/oms';

export type VoucherRow = typeof vouchers.$inferSelect;
export type SeriesRow = typeof voucherSeries.$inferSelect;

/** Something of an order that can be paid for, with what issuers' rules ask about it. `category` is that of a line, none of a delivery. */
export type TenderPosition = {
  readonly id: string;
  readonly subOrderId: string;
  readonly worthMinor: Minor;
  readonly shopId: ShopId;
  /** The line's department and the ones above it; undefined for a delivery. */
  readonly categoryIds: readonly string[] | undefined;
};

export type VoucherUnusable =
  | { readonly kind: 'voucher-blocked' }
  | { readonly kind: 'voucher-expired' }
  | { readonly kind: 'voucher-not-yet'; readonly from: Instant }
  | { readonly kind: 'voucher-empty' };

/** Why a voucher cannot be spent at all at this moment; undefined when it can. */
export function unusableBecause(voucher: VoucherRow, series: SeriesRow, now: Instant): VoucherUnusable | undefined {
  if (voucher.blockedAt !== null) return { kind: 'voucher-blocked' };
  if (now >= voucher.validUntil) return { kind: 'voucher-expired' };
  if (now < series.validFrom) return { kind: 'voucher-not-yet', from: series.validFrom };
  return spendable(voucher) > 0 ? undefined : { kind: 'voucher-empty' };
}

/** Does the issuer let it be spent on this? */
export function accepts(series: SeriesRow, position: Pick<TenderPosition, 'shopId' | 'categoryIds'>): boolean {
  if (series.shopIds !== null && !series.shopIds.includes(position.shopId)) return false;
  if (position.categoryIds === undefined) return series.paysDelivery;
  return series.categoryIds === null || position.categoryIds.some((id) => series.categoryIds?.some((allowed) => allowed === id));
}

/** A voucher with what the engine needs to share an order among several. */
export function broughtTender(
  { voucher, series }: { voucher: VoucherRow; series: SeriesRow },
  positions: readonly TenderPosition[],
): BroughtTender {
  return {
    id: voucher.id,
    availableMinor: spendable(voucher),
    accepts: new Set(positions.filter((position) => accepts(series, position)).map(({ id }) => id)),
  };
}

export function spendable({ balanceMinor, reservedMinor }: Pick<VoucherRow, 'balanceMinor' | 'reservedMinor'>): Minor {
  return minor(balanceMinor - reservedMinor);
}
