import { eq } from 'drizzle-orm';
import { cityPayouts, payouts } from '@/db/schema';
import type { EventNamed, PayoutId, Result } from '@/lib/kernel';
import { DAY, ok, plusMs } from '@/lib/kernel';
import { posting } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { insertTransactions } from '@/lib/settlement';
import { writeHold } from './write-hold';

type Report = EventNamed<'PayoutReported'>['facts'];

/** For so long nothing is paid to a bank that refused, unless somebody ends it. */
const REFUSED_DAYS = 30;

/**
 * The provider says what became of a payout. Once however often, and in any order: what failed stays failed, also when an older message says it
 * was paid; a bank may still send back what it had taken. What comes back is the merchant's balance again, and waits until somebody looked at the bank details.
 */
export async function settlePayout({ subject, facts }: EventNamed<'PayoutReported'>, ports: Ports = systemPorts): Promise<void> {
  await observed({ useCase: 'settle-payout', actor: 'system', ids: { payoutId: subject } }, () =>
    withTransaction(async (tx): Promise<Result<void, never>> => ok(await settlePayoutIn(tx, subject, facts, ports))),
  );
}

/** The same within a transaction. */
export async function settlePayoutIn(tx: Tx, payoutId: PayoutId, { state, reason }: Report, ports: Ports): Promise<void> {
  const [payout] = await tx.select().from(payouts).where(eq(payouts.id, payoutId)).for('update');
  if (!payout) return settleCityPayout(tx, payoutId, { state, reason }, ports);
  if (payout.state === 'failed' || payout.state === state) return;
  const now = ports.clock.now();
  const { merchantId, amountMinor } = payout;
  await tx
    .update(payouts)
    .set({ state, settledAt: now, failureReason: reason ?? null, sentAt: payout.sentAt ?? now })
    .where(eq(payouts.id, payoutId));
  const by = { actor: { kind: 'system', id: 'payment-provider' }, now, ids: ports.ids } as const;
  if (state === 'failed') {
    const back = { ...posting.payoutFailed(merchantId, amountMinor), cause: `payout-failed:${payoutId}`, merchantId, occurredAt: now };
    await insertTransactions(tx, [back], by);
    const statement = reason ?? 'payout.failed';
    await writeHold(
      tx,
      { merchantId, reason: 'bank-refused', statement, freedAt: plusMs(now, REFUSED_DAYS * DAY) },
      { ...by, placedBy: 'system' },
    );
  }
  await appendEvents(tx, [{ name: 'PayoutSettled', subject: payoutId, facts: { merchantId, state } }], by);
}

/** The city's own: what its bank sends back is the city's again. */
async function settleCityPayout(tx: Tx, payoutId: PayoutId, { state, reason }: Report, ports: Ports): Promise<void> {
  const [payout] = await tx.select().from(cityPayouts).where(eq(cityPayouts.id, payoutId)).for('update');
  if (!payout || payout.state === 'failed' || payout.state === state) return;
  const now = ports.clock.now();
  await tx
    .update(cityPayouts)
    .set({ state, settledAt: now, failureReason: reason ?? null, sentAt: payout.sentAt ?? now })
    .where(eq(cityPayouts.id, payoutId));
  if (state !== 'failed') return;
  const back = posting.cityPayoutFailed(payout.commissionMinor, payout.vatMinor);
  const draft = { ...back, cause: `city-payout-failed:${payoutId}`, payoutId, occurredAt: now };
  await insertTransactions(tx, [draft], { now, ids: ports.ids });
}
