import type { OperatorScope } from '@/lib/kernel';
import { DAY, instant, minor, plusMs } from '@/lib/kernel';
import { systemIds } from '@/lib/platform/ids';
import type { NewSeries } from '@/lib/wallet';
import { createIssuer, issueSeries } from '@/lib/wallet';
import { bringVoucher } from '@/lib/checkout';
import type { GivenBasket } from './shopping';
import { portsAt } from './shopping';
import { wednesdayMorning } from './city';

export const cityFinance: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'finance' };

/** A voucher of a series of its own, good everywhere unless said otherwise; the answer is its code. */
export async function voucher(paidMinor: number, rules: Partial<NewSeries> = {}): Promise<string> {
  const issuerId = rules.issuerId ?? (await issuer());
  const issued = await issueSeries(
    cityFinance,
    {
      name: 'Chèque de Noël',
      kind: 'gift-card',
      purpose: 'multi',
      shopIds: [],
      categoryIds: [],
      paysDelivery: true,
      topUpBps: 10_000,
      validFrom: instant(0),
      validUntil: plusMs(wednesdayMorning, 365 * DAY),
      count: 1,
      paidMinor: minor(paidMinor),
      ...rules,
      issuerId,
    },
    portsAt(),
  );
  const code = issued.ok ? issued.value.codes[0] : undefined;
  if (code === undefined) throw new Error('no voucher was issued');
  return code;
}

export async function issuer(name = 'Union des commerçants') {
  const made = await createIssuer(cityFinance, { name, providerAccount: 'acct_issuer', contact: 'bons@example.org' }, portsAt());
  if (!made.ok) throw new Error('no issuer was made');
  return made.value.issuerId;
}

/** Brings codes to a basket. */
export async function bring(basket: GivenBasket, ...codes: readonly string[]): Promise<void> {
  for (const code of codes) {
    const brought = await bringVoucher(basket.shopper, { code, sender: basket.basketId }, portsAt());
    if (!brought.ok) throw new Error(`the voucher was refused: ${brought.error.kind}`);
  }
}
