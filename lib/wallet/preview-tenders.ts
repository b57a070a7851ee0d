import type { Instant, VoucherId } from '@/lib/kernel';
import { minor, sumMinor } from '@/lib/kernel';
import { claimTenders } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';
import type { TenderPosition } from './tender-rules';
import { broughtTender, spendable, unusableBecause } from './tender-rules';
import type { TenderPreview } from './views';
import { listVouchers } from './voucher-repository';

/** What the brought vouchers would pay of these positions now. One that cannot be spent any more pays nothing, and is shown to. */
export async function previewTenders(
  from: Reader,
  voucherIds: readonly VoucherId[],
  { positions, now }: { readonly positions: readonly TenderPosition[]; readonly now: Instant },
): Promise<TenderPreview> {
  const found = await listVouchers(from, voucherIds);
  const usable = found.filter(({ voucher, series }) => unusableBecause(voucher, series, now) === undefined);
  const claims = claimTenders(
    positions,
    usable.map((one) => broughtTender(one, positions)),
  );
  const vouchers = found.map(({ voucher, series, issuer }) => {
    const paysMinor = claims.find((claim) => claim.id === voucher.id)?.amountMinor ?? minor(0);
    return {
      voucherId: voucher.id,
      name: series.name,
      issuerName: issuer.name,
      kind: series.kind,
      codeEnd: voucher.codeEnd,
      paysMinor,
      leftMinor: minor(spendable(voucher) - paysMinor),
    };
  });
  const paidMinor = sumMinor(claims.map((claim) => claim.amountMinor));
  return { vouchers, paidMinor, cardMinor: minor(sumMinor(positions.map(({ worthMinor }) => worthMinor)) - paidMinor) };
}
