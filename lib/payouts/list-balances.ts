import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { ledgerEntries, ledgerTransactions, merchants, payouts, people, shops, subOrders } from '@/db/schema';
import type { MerchantId, OperatorScope } from '@/lib/kernel';
import { minor, parseId } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { listHolds } from './hold-repository';
import type { MerchantBalanceView } from './views';

/**
 * What each merchant's money stands at, for whoever works for the city: waiting for the goods to change hands, earned, held by a dispute, on its way
 * to the bank, paid. Sums of the ledger and of payouts; merchants nobody ever bought from are not in it.
 */
export async function listBalances(
  _scope: OperatorScope,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<readonly MerchantBalanceView[]> {
  const [names, earned, pending, sent, holds] = await Promise.all([
    reader()
      .select({
        merchantId: merchants.id,
        name: merchants.legalName,
        account: merchants.pspAccountState,
        shops: sql<string>`string_agg(${shops.name}, ', ' order by ${shops.name})`,
      })
      .from(merchants)
      .innerJoin(shops, eq(shops.merchantId, merchants.id))
      .groupBy(merchants.id)
      .orderBy(asc(merchants.legalName)),
    sumEarned(),
    sumPending(),
    sumSent(),
    listHoldViews(clock),
  ]);
  return names
    .map(({ merchantId, account, ...about }) => ({
      ...about,
      merchantId,
      isPayable: account === 'enabled',
      pendingMinor: minor(pending.get(merchantId) ?? 0),
      earnedMinor: minor(earned.get(`merchant ${merchantId}`) ?? 0),
      disputedMinor: minor(earned.get(`merchant-held ${merchantId}`) ?? 0),
      onTheWayMinor: minor(sent.get(merchantId)?.onTheWay ?? 0),
      paidMinor: minor(sent.get(merchantId)?.paid ?? 0),
      holds: holds.filter((hold) => hold.merchantId === merchantId),
    }))
    .filter(hasMoved);
}

function hasMoved({ holds, pendingMinor, earnedMinor, disputedMinor, onTheWayMinor, paidMinor }: MerchantBalanceView): boolean {
  return holds.length > 0 || [pendingMinor, earnedMinor, disputedMinor, onTheWayMinor, paidMinor].some((amountMinor) => amountMinor !== 0);
}

const amount = (of: typeof ledgerEntries.amountMinor | typeof payouts.amountMinor) => sql<number>`sum(${of})::float8`;

/** By `merchant` or `merchant-held` and the merchant. What vouchers pay is their issuers' to settle: it is in no payout, and not in here. */
async function sumEarned(): Promise<ReadonlyMap<string, number>> {
  const account = sql<string>`case when ${ledgerEntries.account} = 'voucher' then 'merchant' else ${ledgerEntries.account} end`;
  const rows = await reader()
    .select({ account, merchantId: ledgerTransactions.merchantId, sum: amount(ledgerEntries.amountMinor) })
    .from(ledgerEntries)
    .innerJoin(ledgerTransactions, eq(ledgerTransactions.id, ledgerEntries.transactionId))
    .where(and(inArray(ledgerEntries.account, ['merchant', 'voucher', 'merchant-held']), eq(ledgerEntries.phase, 'posted')))
    .groupBy(sql`1`, ledgerTransactions.merchantId);
  return new Map(rows.map((row) => [`${row.account} ${row.merchantId}`, row.sum]));
}

async function sumPending(): Promise<ReadonlyMap<MerchantId, number>> {
  const rows = await reader()
    .select({ merchantId: subOrders.merchantId, sum: amount(ledgerEntries.amountMinor) })
    .from(ledgerEntries)
    .innerJoin(subOrders, eq(sql`${subOrders.id}`, ledgerEntries.holder))
    .where(and(eq(ledgerEntries.account, 'shopper-funds'), eq(ledgerEntries.phase, 'posted')))
    .groupBy(subOrders.merchantId);
  return new Map(rows.map((row) => [row.merchantId, row.sum]));
}

async function sumSent(): Promise<ReadonlyMap<MerchantId, { readonly onTheWay: number; readonly paid: number }>> {
  const part = (states: readonly (typeof payouts.$inferSelect)['state'][]) =>
    sql<number>`coalesce(sum(${payouts.amountMinor}) filter (where ${inArray(payouts.state, [...states])}), 0)::float8`;
  const rows = await reader()
    .select({ merchantId: payouts.merchantId, onTheWay: part(['created', 'sent']), paid: part(['paid']) })
    .from(payouts)
    .groupBy(payouts.merchantId);
  return new Map(rows.map((row) => [row.merchantId, row]));
}

async function listHoldViews(clock: Ports['clock']) {
  const rows = await listHolds(reader(), clock.now());
  const ids = rows.flatMap((row) => parseId('person', row.placedBy) ?? []);
  const who = ids.length === 0 ? [] : await reader().select().from(people).where(inArray(people.id, ids));
  return rows.map(({ id, merchantId, reason, statement, placedAt, freedAt, placedBy }) => {
    const person = who.find((one) => one.id === placedBy);
    return { holdId: id, merchantId, reason, statement, placedAt, freedAt, placedBy: person?.name ?? person?.email };
  });
}
