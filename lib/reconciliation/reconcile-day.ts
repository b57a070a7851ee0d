import { and, eq, inArray, isNull } from 'drizzle-orm';
import { payouts, providerAccounts, reconciliationDifferences, reconciliations } from '@/db/schema';
import type { ProviderName } from '@/db/schema';
import type { Instant, Minor, Result } from '@/lib/kernel';
import { DAY, HOUR, dayKey, instant, minor, ok, plusMs, sumMinor } from '@/lib/kernel';
import { posting } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { MerchantProvider, ProviderEntry } from '@/lib/provider';
import { currentMerchantProvider, merchantProvider } from '@/lib/provider';
import { insertTransactions, lastCutOff } from '@/lib/settlement';
import { getCity } from '@/lib/shops';
import type { Difference, Movement } from './compare-books';
import { compareBooks } from './compare-books';
import { listOurMovements } from './our-movements';

export type Reconciled = { readonly day: string; readonly compared: number; readonly differences: readonly Difference[] };

/** So long after midnight the provider's list of yesterday is complete. */
const LATE_MS = 4 * HOUR;

/**
 * Compares yesterday with the provider, once, in the morning; what was open before is looked at again with it. Returns how many movements were
 * compared. When the provider cannot be reached nothing is written, and the next round asks again.
 */
export async function reconcileYesterday(ports: Ports = systemPorts): Promise<number> {
  const { timeZone } = await getCity();
  const midnight = lastCutOff(ports.clock.now(), timeZone);
  if (ports.clock.now() < midnight + LATE_MS) return 0;
  const day = dayKey(instant(midnight - 1), timeZone);
  const provider = currentMerchantProvider();
  const [done] = await reader()
    .select({ day: reconciliations.day })
    .from(reconciliations)
    .where(and(eq(reconciliations.provider, provider), eq(reconciliations.day, day)));
  if (done) return 0;
  return (await reconcileDay(day, ports)).compared;
}

/** Compares one day (`YYYY-MM-DD`, city time) as it stands now, as often as somebody wants to know. */
export async function reconcileDay(day: string, ports: Ports = systemPorts, given?: MerchantProvider): Promise<Reconciled> {
  const { timeZone } = await getCity();
  const noon = instant(Date.parse(`${day}T12:00:00Z`));
  const from = lastCutOff(noon, timeZone);
  const to = lastCutOff(plusMs(from, 36 * HOUR), timeZone);
  const name = currentMerchantProvider();
  const provider = given ?? merchantProvider(name, ports);
  const compared = await observed({ useCase: 'reconcile-day', actor: 'system', ids: {} }, async () => {
    const accounts = await listPaidAccounts(name, { from, to });
    const theirs = await provider.listEntries({ from, to, accounts });
    const ours = await listOurMovements({ provider: name, from, to, listed: theirs });
    const found = compareBooks(theirs, ours);
    const isLate = found.some((one) => one.kind === 'missing-there');
    const around = isLate ? await provider.listEntries({ from: plusMs(from, -DAY), to: plusMs(to, DAY), accounts }) : [];
    const differences = found.filter((one) => !isListedNear(one, around));
    const facts = { provider: name, day, differences, theirs, ours };
    await withTransaction(async (tx): Promise<Result<void, never>> => ok(await keepOutcome(tx, facts, ports)));
    return ok({ day, compared: theirs.length, differences });
  });
  return compared.ok ? compared.value : { day, compared: 0, differences: [] };
}

/** What we noted just beside midnight may stand on the day before or after in the provider's books. */
function isListedNear({ kind, entry, reference, oursMinor }: Difference, around: readonly ProviderEntry[]): boolean {
  const isSame = (one: ProviderEntry) => one.kind === entry && one.reference === reference && one.amountMinor === oursMinor;
  return kind === 'missing-there' && around.some(isSame);
}

/** The accounts that may have paid out that day: asking all of them of a city every day would be a thousand calls for nothing. */
async function listPaidAccounts(
  provider: ProviderName,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<readonly string[]> {
  const rows = await reader()
    .selectDistinct({ reference: providerAccounts.reference, at: payouts.sentAt })
    .from(providerAccounts)
    .innerJoin(payouts, eq(payouts.merchantId, providerAccounts.merchantId))
    .where(eq(providerAccounts.provider, provider));
  const near = rows.filter(({ at }) => at !== null && at >= from - 24 * HOUR && at < to + 24 * HOUR);
  return [...new Set(near.map((row) => row.reference))];
}

type Outcome = {
  readonly provider: ProviderName;
  readonly day: string;
  readonly differences: readonly Difference[];
  readonly theirs: readonly ProviderEntry[];
  readonly ours: readonly Movement[];
};

const takenIn: ReadonlySet<string> = new Set(['charge']);
const givenBack: ReadonlySet<string> = new Set(['refund', 'dispute']);

/** What came in less what went back to shoppers: the figure a bookkeeper looks at first. */
function sumOf(movements: readonly Movement[]): Minor {
  return sumMinor(movements.map(({ kind, amountMinor }) => (takenIn.has(kind) ? amountMinor : givenBack.has(kind) ? -amountMinor : 0)));
}

/** A difference stays listed for ever; one that is gone when its day is compared again is marked as resolved. Fees become known here. */
async function keepOutcome(tx: Tx, { provider, day, differences, theirs, ours }: Outcome, ports: Ports): Promise<void> {
  const now = ports.clock.now();
  const sums = { ranAt: now, compared: theirs.length, theirsMinor: sumOf(theirs), oursMinor: sumOf(ours) };
  await tx
    .insert(reconciliations)
    .values({ provider, day, ...sums })
    .onConflictDoUpdate({ target: [reconciliations.provider, reconciliations.day], set: sums });
  const before = await tx
    .select()
    .from(reconciliationDifferences)
    .where(
      and(
        eq(reconciliationDifferences.provider, provider),
        eq(reconciliationDifferences.day, day),
        isNull(reconciliationDifferences.resolvedAt),
      ),
    );
  const isStill = (one: (typeof before)[number]) =>
    differences.some((difference) => difference.entry === one.entry && difference.reference === one.reference);
  const gone = before.filter((one) => !isStill(one)).map((one) => one.reference);
  if (gone.length > 0) {
    await tx
      .update(reconciliationDifferences)
      .set({ resolvedAt: now })
      .where(
        and(
          eq(reconciliationDifferences.provider, provider),
          eq(reconciliationDifferences.day, day),
          inArray(reconciliationDifferences.reference, gone),
        ),
      );
  }
  for (const { kind, oursMinor, theirsMinor, orderNumber, entry, reference } of differences) {
    const facts = { kind, oursMinor: oursMinor ?? null, theirsMinor: theirsMinor ?? null, resolvedAt: null };
    await tx
      .insert(reconciliationDifferences)
      .values({ ...facts, provider, day, entry, reference, orderNumber: orderNumber ?? null, foundAt: now })
      .onConflictDoUpdate({
        target: [reconciliationDifferences.provider, reconciliationDifferences.entry, reconciliationDifferences.reference],
        set: facts,
      });
  }
  const fees = theirs.filter((one) => one.feeMinor > 0 && (one.kind === 'charge' || one.kind === 'refund'));
  await insertTransactions(
    tx,
    fees.map((one) => ({
      ...posting.providerFee(minor(one.feeMinor)),
      cause: `provider-fee:${provider}:${one.kind}:${one.reference}`,
      occurredAt: one.occurredAt,
    })),
    { now, ids: ports.ids },
  );
}
