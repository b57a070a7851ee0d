import { asc, eq, inArray, sql } from 'drizzle-orm';
import { merchants, payouts, people, shops } from '@/db/schema';
import type { MerchantId, OperatorScope } from '@/lib/kernel';
import { minor, parseId, shownName } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { sumDisputed, sumFunds, sumUnpaid } from '@/lib/settlement';
import { merchantFigures } from '@/lib/settlement/views';
import { sumCarried } from './carry-debt';
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
  const [names, earned, pending, disputed, sent, carried, holds] = await Promise.all([
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
    sumUnpaid(reader()),
    sumFunds(reader()),
    sumDisputed(reader()),
    sumSent(),
    sumCarried(reader()),
    listHoldViews(clock),
  ]);
  return names
    .map(({ merchantId, account, ...about }) => ({
      ...about,
      merchantId,
      isPayable: account === 'enabled',
      pendingMinor: pending.get(merchantId) ?? minor(0),
      earnedMinor: earned.get(merchantId) ?? minor(0),
      disputedMinor: disputed.get(merchantId) ?? minor(0),
      onTheWayMinor: minor(sent.get(merchantId)?.onTheWay ?? 0),
      paidMinor: minor(sent.get(merchantId)?.paid ?? 0),
      carriedMinor: minor(-(carried.get(merchantId) ?? 0)),
      holds: holds.filter((hold) => hold.merchantId === merchantId),
    }))
    .filter(hasMoved);
}

function hasMoved(balance: MerchantBalanceView): boolean {
  return balance.holds.length > 0 || merchantFigures.some((figure) => balance[`${figure}Minor`] !== 0);
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
    return { holdId: id, merchantId, reason, statement, placedAt, freedAt, placedBy: shownName(person) };
  });
}
