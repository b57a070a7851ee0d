import { payoutRuns, payoutTransactions, payouts } from '@/db/schema';
import type { Instant, Result } from '@/lib/kernel';
import { dayKey, ok, sumMinor } from '@/lib/kernel';
import { posting } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { getCity, localTimeOn } from '@/lib/shops';
import type { LedgerDraft } from './ledger-repository';
import { insertTransactions, listUnpaid } from './ledger-repository';

/**
 * Sends on what merchants have earned, once a week: everything up to the last Monday at midnight, city time. Below zero nothing is sent, and what a
 * merchant owes is taken from the next sales. Returns how many payouts were made; any number of workers may try.
 */
export async function payOut(ports: Ports = systemPorts): Promise<number> {
  const now = ports.clock.now();
  const cutOffAt = lastCutOff(now, (await getCity()).timeZone);
  const done = await observed({ useCase: 'pay-out', actor: 'system', ids: {} }, () =>
    withTransaction((tx) => payOutOnce(tx, cutOffAt, ports)),
  );
  return done.ok ? done.value.payouts : 0;
}

async function payOutOnce(tx: Tx, cutOffAt: Instant, ports: Ports): Promise<Result<{ readonly payouts: number }, never>> {
  const now = ports.clock.now();
  const [claimed] = await tx.insert(payoutRuns).values({ cutOffAt, ranAt: now }).onConflictDoNothing().returning();
  if (!claimed) return ok({ payouts: 0 });
  const drafts: LedgerDraft[] = [];
  for (const [merchantId, lines] of Map.groupBy(await listUnpaid(tx, cutOffAt), (line) => line.merchantId)) {
    const amountMinor = posting.payable(sumMinor(lines.map((line) => line.netMinor)));
    if (amountMinor === 0) continue; // what is owed stays open, and the next sales pay it
    const payoutId = ports.ids.make('payout');
    await tx.insert(payouts).values({ id: payoutId, merchantId, amountMinor, cutOffAt, createdAt: now });
    await tx.insert(payoutTransactions).values(lines.map(({ transactionId }) => ({ transactionId, payoutId })));
    drafts.push({ ...posting.paidOut(merchantId, amountMinor), cause: `payout:${payoutId}`, merchantId, payoutId, occurredAt: now });
  }
  await insertTransactions(tx, drafts, { now, ids: ports.ids });
  return ok({ payouts: drafts.length });
}

/** The last Monday at midnight in the zone, at or before a moment. */
export function lastCutOff(at: Instant, timeZone: string): Instant {
  const sinceMonday = (new Date(`${dayKey(at, timeZone)}T00:00:00Z`).getUTCDay() + 6) % 7;
  return localTimeOn(at, timeZone, { days: -sinceMonday, time: '00:00' });
}

/** The first Monday at midnight in the zone after a moment: when the next payout is made. */
export function nextCutOff(at: Instant, timeZone: string): Instant {
  return localTimeOn(lastCutOff(at, timeZone), timeZone, { days: 7, time: '00:00' });
}
