import { and, eq, isNull } from 'drizzle-orm';
import { voucherSeries, vouchers } from '@/db/schema';
import type { Minor, OperatorScope, Result, VoucherId } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { toppedUp } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import { move } from './voucher-repository';

export type VoucherNotFound = { readonly kind: 'voucher-not-found' };

/**
 * Loads a voucher with what its holder paid the issuer, and what the town adds to it. `key` names the payment at the issuer's: the same one
 * loads once.
 */
export async function loadVoucher(
  operator: OperatorScope,
  load: { readonly voucherId: VoucherId; readonly paidMinor: Minor; readonly key: string },
  { clock, ids }: Ports = systemPorts,
): Promise<Result<{ readonly loadedMinor: Minor; readonly grantedMinor: Minor }, VoucherNotFound>> {
  return observed({ useCase: 'load-voucher', actor: operator.kind }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly loadedMinor: Minor; readonly grantedMinor: Minor }, VoucherNotFound>> => {
      const [row] = await tx
        .select({ series: voucherSeries })
        .from(vouchers)
        .innerJoin(voucherSeries, eq(voucherSeries.id, vouchers.seriesId))
        .where(eq(vouchers.id, load.voucherId))
        .for('update', { of: vouchers });
      if (!row) return err({ kind: 'voucher-not-found' });
      const { loadedMinor, grantedMinor } = toppedUp(load.paidMinor, row.series.topUpBps);
      const movement = { voucherId: load.voucherId, cause: `loaded:${load.voucherId}:${load.key}`, kind: 'loaded' as const };
      await move(tx, { ...movement, amountMinor: loadedMinor, grantedMinor }, { now: clock.now(), ids });
      return ok({ loadedMinor, grantedMinor });
    }),
  );
}

/** Blocks a lost or stolen code, or opens it again. What orders in progress hold of it stays held: they were placed before. */
export async function setVoucherBlocked(
  operator: OperatorScope,
  { voucherId, isBlocked }: { readonly voucherId: VoucherId; readonly isBlocked: boolean },
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<void, VoucherNotFound>> {
  return observed({ useCase: 'set-voucher-blocked', actor: operator.kind }, () =>
    withTransaction(async (tx): Promise<Result<void, VoucherNotFound>> => {
      const [known] = await tx.select({ id: vouchers.id }).from(vouchers).where(eq(vouchers.id, voucherId)).for('update');
      if (!known) return err({ kind: 'voucher-not-found' });
      await tx
        .update(vouchers)
        .set({ blockedAt: isBlocked ? clock.now() : null })
        .where(and(eq(vouchers.id, voucherId), isBlocked ? isNull(vouchers.blockedAt) : undefined));
      return ok(undefined);
    }),
  );
}
