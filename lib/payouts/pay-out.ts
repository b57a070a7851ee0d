import { payoutRuns, payoutTransactions, payouts } from '@/db/schema';
import type { Instant, Result } from '@/lib/kernel';
import { ok, sumMinor } from '@/lib/kernel';
import { posting } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { LedgerDraft } from '@/lib/settlement';
import { insertTransactions, lastCutOff, listUnpaid, notePaidOut } from '@/lib/settlement';
import { getCity } from '@/lib/shops';
import { recoverDebts } from './carry-debt';
import { listHeldMerchants } from './hold-repository';

/**
 * Makes the payouts of the day: everything merchants earned up to the last midnight, city time. Below zero nothing is paid, and what a merchant
 * owes is taken from the next sales, and so is what the city carried for it; whose payouts are held is left out, and is in the next one after the hold. Returns how many were made;
 * any number of workers may try. `sendPayouts` has them carried out.
 */
export async function payOut(ports: Ports = systemPorts): Promise<number> {
  const now = ports.clock.now();
  const cutOffAt = lastCutOff(now, (await getCity()).timeZone);
  const done = await observed({ useCase: 'pay-out', actor: 'system', ids: {} }, () =>
    withTransaction((tx) => payOutOnce(tx, cutOffAt, ports)),
  );
  return done.ok ? done.value.payouts : 0;
}

const BATCH = 1_000;

async function payOutOnce(tx: Tx, cutOffAt: Instant, ports: Ports): Promise<Result<{ readonly payouts: number }, never>> {
  const now = ports.clock.now();
  const [claimed] = await tx.insert(payoutRuns).values({ cutOffAt, ranAt: now }).onConflictDoNothing().returning();
  if (!claimed) return ok({ payouts: 0 });
  await recoverDebts(tx, cutOffAt, ports);
  const held = await listHeldMerchants(tx, now);
  const rows: (typeof payouts.$inferInsert)[] = [];
  const lines: (typeof payoutTransactions.$inferInsert)[] = [];
  const drafts: LedgerDraft[] = [];
  for (const [merchantId, own] of Map.groupBy(await listUnpaid(tx, cutOffAt), (line) => line.merchantId)) {
    const amountMinor = posting.payable(sumMinor(own.map((line) => line.netMinor)));
    if (amountMinor === 0 || held.has(merchantId)) continue; // what is owed stays open, and the next sales pay it
    const payoutId = ports.ids.make('payout');
    rows.push({ id: payoutId, merchantId, amountMinor, cutOffAt, createdAt: now });
    lines.push(...own.map(({ transactionId }) => ({ transactionId, payoutId })));
    drafts.push({ ...posting.paidOut(merchantId, amountMinor), cause: `payout:${payoutId}`, merchantId, payoutId, occurredAt: now });
  }
  if (rows.length === 0) return ok({ payouts: 0 });
  await tx.insert(payouts).values(rows);
  for (let at = 0; at < lines.length; at += BATCH) await tx.insert(payoutTransactions).values(lines.slice(at, at + BATCH));
  await notePaidOut(tx);
  await insertTransactions(tx, drafts, { now, ids: ports.ids });
  return ok({ payouts: drafts.length });
}
