import { asc, eq, inArray, sql } from 'drizzle-orm';
import { voucherIssuers, voucherMovements, voucherSeries, vouchers } from '@/db/schema';
import type { Instant, Minor, OrderId, VoucherId } from '@/lib/kernel';
import { minor } from '@/lib/kernel';
import type { Ids } from '@/lib/platform/ids';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { hashOfCode } from './code';
import type { VoucherRow } from './tender-rules';

function voucherQuery(from: Reader) {
  return from
    .select({ voucher: vouchers, series: voucherSeries, issuer: voucherIssuers })
    .from(vouchers)
    .innerJoin(voucherSeries, eq(voucherSeries.id, vouchers.seriesId))
    .innerJoin(voucherIssuers, eq(voucherIssuers.id, voucherSeries.issuerId))
    .$dynamic();
}

export type FoundVoucher = Awaited<ReturnType<typeof voucherQuery>>[number];

/** The voucher of a code: whoever has the code has the voucher, there is no other way to one. */
export async function findByCode(from: Reader, signs: string): Promise<FoundVoucher | undefined> {
  const [row] = await voucherQuery(from).where(eq(vouchers.codeHash, hashOfCode(signs)));
  return row;
}

/** Vouchers in the order in which they were brought. */
export async function listVouchers(from: Reader, ids: readonly VoucherId[]): Promise<readonly FoundVoucher[]> {
  if (ids.length === 0) return [];
  const rows = await voucherQuery(from).where(inArray(vouchers.id, [...ids]));
  return ids.flatMap((id) => rows.filter(({ voucher }) => voucher.id === id));
}

/** The same, locked in the order of their ids: of two orders with the same voucher the second sees what the first left. */
export async function lockVouchers(tx: Tx, ids: readonly VoucherId[]): Promise<readonly FoundVoucher[]> {
  if (ids.length === 0) return [];
  await tx
    .select({ id: vouchers.id })
    .from(vouchers)
    .where(inArray(vouchers.id, [...ids]))
    .orderBy(asc(vouchers.id))
    .for('update');
  return listVouchers(tx, ids);
}

export type Movement = {
  readonly voucherId: VoucherId;
  /** Spelt so that the same cause is the same text. */
  readonly cause: string;
  readonly kind: 'loaded' | 'spent' | 'returned';
  /** Signed: what the balance changes by. */
  readonly amountMinor: Minor;
  readonly grantedMinor?: Minor;
  readonly orderId?: OrderId;
};

/**
 * Writes a movement and the balance it leads to, once per cause; says whether it was new. `reservedMinor` is what its order no longer holds.
 * `keepUntil` gives what came back late time to be spent.
 */
export async function move(
  tx: Tx,
  movement: Movement,
  by: { readonly now: Instant; readonly ids: Ids; readonly unreserveMinor?: Minor; readonly keepUntil?: Instant },
): Promise<boolean> {
  const written = await tx
    .insert(voucherMovements)
    .values({ id: by.ids.make('voucherMovement'), grantedMinor: minor(0), ...movement, occurredAt: by.now })
    .onConflictDoNothing()
    .returning({ id: voucherMovements.id });
  if (written.length === 0) return false;
  await tx
    .update(vouchers)
    .set({
      balanceMinor: sql`${vouchers.balanceMinor} + ${movement.amountMinor}::bigint`,
      reservedMinor: sql`${vouchers.reservedMinor} - ${by.unreserveMinor ?? 0}::bigint`,
      ...(by.keepUntil === undefined
        ? {}
        : { validUntil: sql`greatest(${vouchers.validUntil}, ${new Date(by.keepUntil).toISOString()}::timestamptz)` }),
    })
    .where(eq(vouchers.id, movement.voucherId));
  return true;
}

/** Holds part of a voucher, or with a negative amount lets it go. The database refuses what is not there. */
export async function reserve(tx: Tx, voucher: Pick<VoucherRow, 'id'>, amountMinor: Minor): Promise<void> {
  await tx
    .update(vouchers)
    .set({ reservedMinor: sql`${vouchers.reservedMinor} + ${amountMinor}::bigint` })
    .where(eq(vouchers.id, voucher.id));
}
