import { orderTenders, tenderPositions } from '@/db/schema';
import type { Instant, Minor, OrderId, Result, SubOrderId, VoucherId } from '@/lib/kernel';
import { err, minor, ok, sumMinor } from '@/lib/kernel';
import type { TenderClaim } from '@/lib/oms';
import { claimTenders } from '@/lib/oms';
import type { Ids } from '@/lib/platform/ids';
import type { Tx } from '@/lib/platform/transaction';
import type { TenderPosition } from './tender-rules';
import { broughtTender, unusableBecause } from './tender-rules';
import type { FoundVoucher } from './voucher-repository';
import { lockVouchers, reserve } from './voucher-repository';

export type ClaimTendersRefusal =
  /** It pays nothing of this order: blocked, over, spent meanwhile, or not meant for these things. */
  | { readonly kind: 'voucher-pays-nothing'; readonly codeEnd: string }
  /** It belongs to somebody who orders with another address. */
  | { readonly kind: 'voucher-not-yours'; readonly codeEnd: string };

export type ClaimedTenders = {
  readonly paidMinor: Minor;
  /** What vouchers pay of each part. */
  readonly bySubOrder: ReadonlyMap<string, Minor>;
  readonly claims: readonly (TenderClaim & { readonly voucher: FoundVoucher })[];
};

export const noTenders: ClaimedTenders = { paidMinor: minor(0), bySubOrder: new Map(), claims: [] };

/**
 * Holds what the brought vouchers pay of an order, in the transaction that places it. Their rows are locked, so of a hundred orders with one
 * voucher each sees what the ones before it left; none goes below zero.
 * Errors: a voucher that would pay nothing, or is another's; nothing is held then.
 */
export async function claimForOrder(
  tx: Tx,
  voucherIds: readonly VoucherId[],
  order: { readonly positions: readonly TenderPosition[]; readonly email: string; readonly now: Instant },
): Promise<Result<ClaimedTenders, ClaimTendersRefusal>> {
  if (voucherIds.length === 0) return ok(noTenders);
  const found = await lockVouchers(tx, voucherIds);
  const others = found.find(({ voucher }) => voucher.holderEmail !== null && voucher.holderEmail !== order.email.trim().toLowerCase());
  if (others) return err({ kind: 'voucher-not-yours', codeEnd: others.voucher.codeEnd });
  const usable = found.filter(({ voucher, series }) => unusableBecause(voucher, series, order.now) === undefined);
  const claimed = claimTenders(
    order.positions,
    usable.map((one) => broughtTender(one, order.positions)),
  );
  const idle = found.find(({ voucher }) => !claimed.some((claim) => claim.id === voucher.id));
  if (idle) return err({ kind: 'voucher-pays-nothing', codeEnd: idle.voucher.codeEnd });
  const claims = claimed.flatMap((claim) => found.flatMap((voucher) => (voucher.voucher.id === claim.id ? [{ ...claim, voucher }] : [])));
  for (const { voucher, amountMinor } of claims) await reserve(tx, voucher.voucher, amountMinor);
  const subOrderOf = new Map(order.positions.map(({ id, subOrderId }) => [id, subOrderId]));
  const bySubOrder = new Map<string, Minor>();
  for (const { position, amountMinor } of claims.flatMap((claim) => claim.positions)) {
    const id = subOrderOf.get(position) ?? '';
    bySubOrder.set(id, minor((bySubOrder.get(id) ?? 0) + amountMinor));
  }
  return ok({ paidMinor: sumMinor(claims.map((claim) => claim.amountMinor)), bySubOrder, claims });
}

/** Writes down what was held, once the order is there. */
export async function writeTenders(
  tx: Tx,
  orderId: OrderId,
  { claims }: ClaimedTenders,
  {
    positions,
    now,
    ids,
  }: { readonly positions: readonly (TenderPosition & { readonly subOrderId: SubOrderId })[]; readonly now: Instant; readonly ids: Ids },
): Promise<void> {
  if (claims.length === 0) return;
  const rows = claims.map((claim) => ({ claim, id: ids.make('tender') }));
  await tx.insert(orderTenders).values(
    rows.map(({ claim: { voucher, amountMinor }, id }) => ({
      id,
      orderId,
      voucherId: voucher.voucher.id,
      issuerId: voucher.issuer.id,
      state: 'authorised' as const,
      amountMinor,
      createdAt: now,
      updatedAt: now,
    })),
  );
  const subOrderOf = new Map(positions.map(({ id, subOrderId }) => [id, subOrderId]));
  await tx.insert(tenderPositions).values(
    rows.flatMap(({ claim, id }) =>
      claim.positions.flatMap(({ position, amountMinor }) => {
        const subOrderId = subOrderOf.get(position);
        return subOrderId === undefined ? [] : [{ tenderId: id, subOrderId, position, amountMinor }];
      }),
    ),
  );
}
