import { and, asc, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import {
  ledgerEntries,
  ledgerTransactions,
  merchants,
  openMoves,
  payoutHolds,
  payoutTransactions,
  payouts,
  shops,
  subOrders,
} from '@/db/schema';
import type { Instant, MerchantId, PayoutId, ShopScope } from '@/lib/kernel';
import { invariant, minor, sumMinor } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { getCity } from '@/lib/shops';
import { nextCutOff } from './cut-off';
import { entriesColumn, entriesOfTransaction, feesColumn, feesOfTransaction } from './ledger-repository';
import { sumDisputed, sumFunds, sumUnpaid } from './open-items';
import { withWords } from './with-words';
import type { HoldView, PayoutView, StatementLine, StatementView } from './views';

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
    .select({ id: merchants.id, name: merchants.legalName, account: merchants.pspAccountState })
    .from(shops)
    .innerJoin(merchants, eq(merchants.id, shops.merchantId))
    .where(eq(shops.id, shopId));
  invariant(merchant, 'a shop has a merchant');
  const made = await listPayouts(merchant.id);
  const shown = made.find((payout) => payout.payoutId === payoutId);
  if (payoutId !== undefined && !shown) return undefined;
  const { timeZone, currency } = await getCity();
  const [lines, unpaid, funds, holds, disputed] = await Promise.all([
    listLines(merchant.id, payoutId),
    payoutId === undefined ? undefined : sumUnpaid(reader(), [merchant.id]),
    sumFunds(reader(), merchant.id),
    listHolds(merchant.id, clock.now()),
    sumDisputed(reader(), merchant.id),
  ]);
  return {
    merchantName: merchant.name,
    currency,
    timeZone,
    balanceMinor: unpaid ? (unpaid.get(merchant.id) ?? minor(0)) : sumMinor(lines.map((line) => line.netMinor)),
    nextPayoutAt: nextCutOff(clock.now(), timeZone),
    waitingMinor: funds.get(merchant.id) ?? minor(0),
    holds,
    isPayable: merchant.account === 'enabled',
    disputedMinor: disputed.get(merchant.id) ?? minor(0),
    payouts: made,
    shown,
    lines,
  };
}

async function listPayouts(merchantId: MerchantId): Promise<readonly PayoutView[]> {
  const rows = await reader().select().from(payouts).where(eq(payouts.merchantId, merchantId)).orderBy(desc(payouts.cutOffAt));
  return rows.map(({ id, amountMinor, cutOffAt, createdAt, state, settledAt }) => ({
    payoutId: id,
    amountMinor,
    cutOffAt,
    createdAt,
    state,
    settledAt: settledAt ?? undefined,
  }));
}

async function listHolds(merchantId: MerchantId, now: Instant): Promise<readonly HoldView[]> {
  return reader()
    .select({
      reason: payoutHolds.reason,
      statement: payoutHolds.statement,
      placedAt: payoutHolds.placedAt,
      freedAt: payoutHolds.freedAt,
    })
    .from(payoutHolds)
    .where(and(eq(payoutHolds.merchantId, merchantId), isNull(payoutHolds.liftedAt), gt(payoutHolds.freedAt, now)))
    .orderBy(asc(payoutHolds.placedAt));
}

/** The lines of a payout, or those no payout holds yet. */
async function listLines(merchantId: MerchantId, payoutId: PayoutId | undefined): Promise<readonly StatementLine[]> {
  const sumOf = (...accounts: readonly string[]) =>
    sql<number>`coalesce(sum(${ledgerEntries.amountMinor}) filter (where ${inArray(ledgerEntries.account, [...accounts])}), 0)::float8`;
  const shown =
    payoutId === undefined
      ? reader()
          .select({ transactionId: openMoves.transactionId })
          .from(openMoves)
          .where(and(eq(openMoves.merchantId, merchantId), eq(openMoves.isPaidOut, false)))
      : reader()
          .select({ transactionId: payoutTransactions.transactionId })
          .from(payoutTransactions)
          .where(eq(payoutTransactions.payoutId, payoutId));
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
      fees: feesOfTransaction,
      entries: entriesOfTransaction,
    })
    .from(ledgerTransactions)
    .innerJoin(ledgerEntries, eq(ledgerEntries.transactionId, ledgerTransactions.id))
    .leftJoin(subOrders, eq(subOrders.id, ledgerTransactions.subOrderId))
    .where(and(eq(ledgerTransactions.merchantId, merchantId), inArray(ledgerTransactions.id, shown)))
    .groupBy(ledgerTransactions.id, subOrders.number)
    .having(sql`bool_or(${ledgerEntries.account} = 'merchant') and ${ledgerTransactions.kind} <> 'voucher-settled'`)
    .orderBy(asc(ledgerTransactions.occurredAt), asc(ledgerTransactions.cause));
  const told = await withWords(
    reader(),
    rows.map((row) => ({ ...row, fees: feesColumn.parse(row.fees) })),
  );
  return told.map(({ cause, kind, subOrderNumber, occurredAt, net, commission, vat, vouchers, fees, entries }) => ({
    cause,
    kind: statementKinds.find((one) => one === kind) ?? 'other',
    subOrderNumber: subOrderNumber ?? undefined,
    occurredAt,
    worthMinor: minor(net + commission + vat),
    commissionMinor: minor(commission),
    commissionVatMinor: minor(vat),
    fees,
    vouchersMinor: minor(-vouchers),
    netMinor: minor(net + vouchers),
    entries: entriesColumn.parse(entries),
  }));
}

const statementKinds = [
  'earned',
  'refunded',
  'commission-rounded',
  'return-sold',
  'return-bought',
  'payout-failed',
  'dispute-held',
  'dispute-freed',
  'dispute-lost',
  'carried',
  'recovered',
] as const;
