import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { cityPayouts, ledgerEntries } from '@/db/schema';
import type { OperatorScope } from '@/lib/kernel';
import { minor, sumMinor } from '@/lib/kernel';
import type { AccountKind } from '@/lib/oms';
import { posting } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import type { CityMoneyView } from './views';

/** The accounts that are the city's own: what it takes, and what it spends. */
const ownAccounts = [
  'commission',
  'commission-vat',
  'city-discounts',
  'rescue',
  'compensation',
  'guarantee',
  'provider-fees',
  'disputes',
] as const satisfies readonly AccountKind[];

const SHOWN = 12;

/**
 * What the city's own accounts stand at, what of it can be paid out, and what was lately. Adds these accounts up from the beginning: read when somebody asks for
 * it, on no other page.
 */
export async function getCityMoney(_operator: OperatorScope): Promise<CityMoneyView> {
  const [accounts, made] = await Promise.all([
    readStanding(reader()),
    reader().select().from(cityPayouts).orderBy(desc(cityPayouts.createdAt)).limit(SHOWN),
  ]);
  const { commissionMinor, vatMinor } = posting.cityPayable(accounts);
  return {
    accounts: accounts.map(({ kind, amountMinor }) => ({ account: kind, amountMinor })),
    sumMinor: sumMinor(accounts.map((one) => one.amountMinor)),
    payableMinor: minor(commissionMinor + vatMinor),
    payouts: made.map(({ id, amountMinor, createdAt, state }) => ({ payoutId: id, amountMinor, createdAt, state })),
  };
}

/** What each of the city's accounts stands at; those at zero are left out. Minor units, below zero what was spent. */
export async function readStanding(from: Reader) {
  const rows = await from
    .select({ account: ledgerEntries.account, sum: sql<number>`sum(${ledgerEntries.amountMinor})::float8` })
    .from(ledgerEntries)
    .where(and(inArray(ledgerEntries.account, [...ownAccounts]), eq(ledgerEntries.phase, 'posted')))
    .groupBy(ledgerEntries.account);
  return ownAccounts.flatMap((kind) => {
    const amountMinor = minor(rows.find((row) => row.account === kind)?.sum ?? 0);
    return amountMinor === 0 ? [] : [{ kind, amountMinor }];
  });
}
