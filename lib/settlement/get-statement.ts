import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { ledgerEntries, ledgerTransactions, merchants, payoutTransactions, payouts, shops, subOrders } from '@/db/schema';
import type { MerchantId, Minor, PayoutId, ShopScope } from '@/lib/kernel';
import { invariant, minor, sumMinor } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { getCity } from '@/lib/shops';
import { nextCutOff } from './pay-out';
import type { PayoutView, StatementLine, StatementView } from './views';

/**
 * The statement of the merchant behind a shop: every line of a payout, or of the next one, as the ledger has it; nothing is computed here but
 * sums. Another merchant's payout is not there.
 */
export async function getStatement(
  { shopId }: ShopScope,
  payoutId: PayoutId | undefined,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<StatementView | undefined> {
  const [merchant] = await reader()
    .select({ id: merchants.id, name: merchants.legalName })
    .from(shops)
    .innerJoin(merchants, eq(merchants.id, shops.merchantId))
    .where(eq(shops.id, shopId));
  invariant(merchant, 'a shop has a merchant');
  const made = await listPayouts(merchant.id);
  const shown = made.find((payout) => payout.payoutId === payoutId);
  if (payoutId !== undefined && !shown) return undefined;
  const { timeZone, currency } = await getCity();
  const [lines, open, waitingMinor] = await Promise.all([
    listLines(merchant.id, payoutId),
    payoutId === undefined ? undefined : listLines(merchant.id, undefined),
    sumWaiting(merchant.id),
  ]);
  return {
    merchantName: merchant.name,
    currency,
    timeZone,
    balanceMinor: sumMinor((open ?? lines).map((line) => line.netMinor)),
    nextPayoutAt: nextCutOff(clock.now(), timeZone),
    waitingMinor,
    payouts: made,
    shown,
    lines,
  };
}

async function listPayouts(merchantId: MerchantId): Promise<readonly PayoutView[]> {
  return reader()
    .select({ payoutId: payouts.id, amountMinor: payouts.amountMinor, cutOffAt: payouts.cutOffAt, createdAt: payouts.createdAt })
    .from(payouts)
    .where(eq(payouts.merchantId, merchantId))
    .orderBy(desc(payouts.cutOffAt));
}

/** The lines of a payout, or those no payout holds yet. */
async function listLines(merchantId: MerchantId, payoutId: PayoutId | undefined): Promise<readonly StatementLine[]> {
  const sumOf = (...accounts: readonly string[]) =>
    sql<number>`coalesce(sum(${ledgerEntries.amountMinor}) filter (where ${inArray(ledgerEntries.account, [...accounts])}), 0)::float8`;
  const rows = await reader()
    .select({
      cause: ledgerTransactions.cause,
      kind: ledgerTransactions.kind,
      subOrderNumber: subOrders.number,
      occurredAt: ledgerTransactions.occurredAt,
      net: sumOf('merchant'),
      commission: sumOf('commission'),
      vat: sumOf('commission-vat'),
      vouchers: sumOf('voucher'),
    })
    .from(ledgerTransactions)
    .innerJoin(ledgerEntries, eq(ledgerEntries.transactionId, ledgerTransactions.id))
    .leftJoin(payoutTransactions, eq(payoutTransactions.transactionId, ledgerTransactions.id))
    .leftJoin(subOrders, eq(subOrders.id, ledgerTransactions.subOrderId))
    .where(
      and(
        eq(ledgerTransactions.merchantId, merchantId),
        isNull(ledgerTransactions.payoutId),
        payoutId === undefined ? isNull(payoutTransactions.payoutId) : eq(payoutTransactions.payoutId, payoutId),
      ),
    )
    .groupBy(ledgerTransactions.id, subOrders.number)
    .having(sql`bool_or(${ledgerEntries.account} = 'merchant') and ${ledgerTransactions.kind} <> 'voucher-settled'`)
    .orderBy(asc(ledgerTransactions.occurredAt), asc(ledgerTransactions.cause));
  return rows.map(({ cause, kind, subOrderNumber, occurredAt, net, commission, vat, vouchers }) => ({
    cause,
    kind: statementKinds.find((one) => one === kind) ?? 'other',
    subOrderNumber: subOrderNumber ?? undefined,
    occurredAt,
    worthMinor: minor(net + commission + vat),
    commissionMinor: minor(commission),
    commissionVatMinor: minor(vat),
    vouchersMinor: minor(-vouchers),
    netMinor: minor(net + vouchers),
  }));
}

const statementKinds = ['earned', 'refunded', 'return-sold', 'return-bought'] as const;

/** Money taken for the merchant's sub-orders that nobody has earned or given back yet. */
async function sumWaiting(merchantId: MerchantId): Promise<Minor> {
  const [row] = await reader()
    .select({ waiting: sql<number>`coalesce(sum(${ledgerEntries.amountMinor}), 0)::float8` })
    .from(ledgerEntries)
    .innerJoin(subOrders, eq(sql`${subOrders.id}`, ledgerEntries.holder))
    .where(and(eq(ledgerEntries.account, 'shopper-funds'), eq(ledgerEntries.phase, 'posted'), eq(subOrders.merchantId, merchantId)));
  return minor(row?.waiting ?? 0);
}
