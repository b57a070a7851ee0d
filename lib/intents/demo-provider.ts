import { createHmac, randomBytes } from 'node:crypto';
import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import { demoIntents } from '@/db/schema';
import type { Instant, Minor, Result } from '@/lib/kernel';
import { DAY, invariant, minor, ok, plusMs } from '@/lib/kernel';
import type { Clock } from '@/lib/platform/clock';
import { systemClock } from '@/lib/platform/clock';
import { env } from '@/lib/platform/env';
import { idempotencyKey, once } from '@/lib/platform/idempotency';
import type { Tx } from '@/lib/platform/transaction';
import { planned, reader, withTransaction } from '@/lib/platform/transaction';
import { demoReference, noteDemoEntry, openDemoDispute, oweDemoWebhook } from '@/lib/provider';
import type { Teller } from './demo-bank';
import {
  cancelDemoTransfer,
  captureDemoTransfer,
  intentOfCharge,
  isDemoTransfer,
  openDemoTransfer,
  sendDemoTransfer,
  standOf,
} from './demo-bank';
import type { DemoCard } from './demo-cards';
import type { DemoTransferKind } from './demo-transfers';
import type { DeclineReason, Intent, PaymentProvider } from './port';
import type { PaymentIntentMessage } from './provider-message';
import { intentFrom, paymentIntent } from './provider-message';

type Row = typeof demoIntents.$inferSelect;

const HOLD_DAYS = 7;
const LATE_SECONDS = 15;

/** The end of the card whose payments the demo's bank takes back. */
const DISPUTED = '0259';

/** The secret both sides sign with: made from the installation's own, so nothing has to be configured. */
export function demoWebhookSecret(): string {
  return `whsec_${createHmac('sha256', env().authSecret).update('demo payment webhooks').digest('hex')}`;
}

export type DemoProvider = PaymentProvider & {
  /** The shopper gave a card, as the provider's own script would send it. */
  confirmCard(reference: string, card: DemoCard): Promise<Intent>;
  /** The shopper answered the bank's question (3-D Secure). */
  answerChallenge(reference: string, isApproved: boolean): Promise<Intent>;
  /** The shopper's bank sends money to an order's account. */
  sendTransfer(reference: string, kind: DemoTransferKind): Promise<Intent>;
};

/**
 * A provider of our own for demonstrations and tests: the same port, its own books, webhooks signed as Stripe signs them and sent over
 * HTTP by the worker. `isSilent` keeps the books and sends nothing, for replayed history.
 */
export function demoProvider(options: { readonly clock?: Clock; readonly isSilent?: boolean } = {}): DemoProvider {
  const clock = options.clock ?? systemClock;
  const teller = (): Teller => ({ now: clock.now(), isSilent: options.isSilent ?? false });
  return {
    name: 'demo',
    takesTransfers: ({ currency }) => currency === 'EUR', // SEPA is in euros
    create: (intent) => (intent.method === 'card' ? createIntent(intent, clock.now()) : openDemoTransfer(intent, clock.now())),
    retrieve: async (reference) => {
      const [row] = await reader().select().from(demoIntents).where(eq(demoIntents.reference, reference));
      return row && (row.method === 'card' ? intentOf(row) : standOf(reader(), row));
    },
    capture: (reference, amountMinor) =>
      isDemoTransfer(reference)
        ? captureDemoTransfer(reference, amountMinor, teller())
        : changeIntent(reference, (row) => captured(row, amountMinor), teller()),
    cancel: (reference) =>
      isDemoTransfer(reference) ? cancelDemoTransfer(reference, teller()) : changeIntent(reference, cancelled, teller()),
    refund: (charge, amountMinor, key) => refundIntent(intentOfCharge(charge), amountMinor, { key, now: clock.now() }),
    confirmCard: (reference, card) => confirmCard(reference, card, teller()),
    answerChallenge: (reference, isApproved) =>
      changeIntent(
        reference,
        (row) => {
          if (row.state !== 'requires-challenge') return undefined;
          return isApproved ? authorised(row.cardLastFour) : declined('declined');
        },
        teller(),
      ),
    sendTransfer: (reference, kind) => sendDemoTransfer(reference, kind, teller()),
  };
}

function captured(row: Row, amountMinor: Minor): Decision | undefined {
  if (row.state !== 'authorised') return undefined;
  invariant(amountMinor > 0 && amountMinor <= row.amountMinor, 'no more is taken than was held');
  return { set: { state: 'captured', capturedMinor: amountMinor }, type: 'payment_intent.succeeded' };
}

function cancelled(row: Row): Decision | undefined {
  if (row.state === 'captured' || row.state === 'cancelled') return undefined;
  return { set: { state: 'cancelled' }, type: 'payment_intent.canceled' };
}

/** The value of what cannot be refused. */
function valueOf<T>(result: Result<T, never>): T {
  invariant(result.ok, 'the demo provider refuses by a state, never by an error');
  return result.value;
}

type Decision = {
  readonly set: Partial<Pick<Row, 'state' | 'capturedMinor' | 'refundedMinor' | 'cardLastFour'>>;
  readonly type: string;
  readonly reason?: DeclineReason;
  readonly copies?: number;
  /** The answer is lost on its way: the caller learns it by a webhook, later. */
  readonly isLate?: boolean;
};

/** A card may be tried while nothing is held yet. */
const open = ['requires-card', 'declined', 'requires-challenge'] as const satisfies readonly Row['state'][];

const authorised = (cardLastFour: string | null): Decision => ({
  set: { state: 'authorised', cardLastFour },
  type: 'payment_intent.amount_capturable_updated',
});

const declined = (reason: DeclineReason): Decision => ({ set: { state: 'declined' }, type: 'payment_intent.payment_failed', reason });

function afterCard({ number, behaviour }: DemoCard): Decision {
  const lastFour = number.slice(-4);
  switch (behaviour) {
    case 'succeeds':
    case 'disputed':
      return authorised(lastFour);
    case 'webhook-twice':
      return { ...authorised(lastFour), copies: 2 };
    case 'webhook-late':
      return { ...authorised(lastFour), isLate: true };
    case 'asks-for-challenge':
      return { set: { state: 'requires-challenge', cardLastFour: lastFour }, type: 'payment_intent.requires_action' };
    case 'declines':
      return declined('declined');
    case 'card-expired':
      return declined('expired-card');
    case 'insufficient-funds':
      return declined('insufficient-funds');
  }
}

async function createIntent(intent: Parameters<PaymentProvider['create']>[0], now: Instant): Promise<Intent> {
  const fresh = { reference: `pi_demo_${randomBytes(12).toString('hex')}`, amountMinor: intent.amountMinor, currency: intent.currency };
  const [row] = await reader()
    .insert(demoIntents)
    .values({ ...fresh, state: 'requires-card', idempotencyKey: intent.key, createdAt: now })
    .onConflictDoUpdate({ target: demoIntents.idempotencyKey, set: { idempotencyKey: sql`${planned} ${intent.key}` } })
    .returning({ ...getTableColumns(demoIntents), unhurried });
  invariant(row, 'an intent was just written');
  return intentOf(row);
}

/**
 * The demo's bank does not wait for the disk: its books are written out with the next transaction of ours that does, so nothing of ours outlives what it
 * stands on, and a crash before that forgets a card nobody was told about (record 0158).
 */
const unhurried = sql<string>`set_config('synchronous_commit', 'off', true)`;

/** What a card does depends on the card alone, so an open intent is changed without being read first. */
async function confirmCard(reference: string, card: DemoCard, by: Teller): Promise<Intent> {
  const decision = afterCard(card);
  const confirmed = await withTransaction(async (tx): Promise<Result<Intent, never>> => {
    const mine = eq(demoIntents.reference, reference);
    const [changed] = await tx
      .update(demoIntents)
      .set(decision.set)
      .where(and(sql`${planned} ${mine}`, inArray(demoIntents.state, [...open])))
      .returning({ ...getTableColumns(demoIntents), unhurried });
    if (changed) return ok(await answered(tx, changed, decision, by));
    const [row] = await tx.select().from(demoIntents).where(mine);
    invariant(row, `the demo provider knows the intent ${reference}`);
    return ok(intentOf(row));
  });
  return valueOf(confirmed);
}

async function changeIntent(reference: string, decide: (row: Row) => Decision | undefined, by: Teller): Promise<Intent> {
  const changed = await withTransaction(async (tx): Promise<Result<Intent, never>> => {
    const [row] = await tx.select().from(demoIntents).where(eq(demoIntents.reference, reference)).for('update');
    invariant(row, `the demo provider knows the intent ${reference}`);
    const decision = decide(row);
    if (!decision) return ok(intentOf(row));
    await tx.update(demoIntents).set(decision.set).where(eq(demoIntents.reference, reference));
    if (decision.set.state === 'captured') await noteCharge(tx, { ...row, ...decision.set }, by);
    return ok(await answered(tx, { ...row, ...decision.set }, decision, by));
  });
  return valueOf(changed);
}

/** Owes the message about a change and gives the caller its answer. */
async function answered(tx: Tx, row: Row, decision: Decision, by: Teller): Promise<Intent> {
  if (!by.isSilent) await oweMessage(tx, row, decision, by.now);
  return { ...intentOf(row, decision.reason), ...(decision.isLate ? { state: 'processing' as const } : {}) };
}

/** What was taken is in the demo's books; the card for disputes has its bank take it back again. */
async function noteCharge(tx: Tx, { reference, capturedMinor, cardLastFour }: Row, { now, isSilent }: Teller): Promise<void> {
  await noteDemoEntry(tx, { reference, kind: 'charge', amountMinor: capturedMinor, state: 'paid', createdAt: now });
  if (cardLastFour === DISPUTED && !isSilent) await openDemoDispute(tx, { intent: reference, amountMinor: capturedMinor, now });
}

/** The same key gives back once, as with the real provider. */
async function refundIntent(
  reference: string,
  amountMinor: Minor,
  by: { readonly key: string; readonly now: Instant },
): Promise<{ readonly reference: string }> {
  const key = idempotencyKey(by.key);
  invariant(key !== undefined, 'a refund has a key');
  const refunded = await withTransaction((tx) =>
    once(tx, { caller: 'demo-provider', key, now: by.now }, async (): Promise<Result<{ readonly reference: string }, never>> => {
      const [row] = await tx.select().from(demoIntents).where(eq(demoIntents.reference, reference)).for('update');
      invariant(row && row.refundedMinor + amountMinor <= row.capturedMinor, 'no more is given back than was taken');
      await tx
        .update(demoIntents)
        .set({ refundedMinor: minor(row.refundedMinor + amountMinor) })
        .where(eq(demoIntents.reference, reference));
      const entry = { reference: demoReference('re', key), kind: 'refund' as const, amountMinor, about: reference };
      await noteDemoEntry(tx, { ...entry, state: 'paid', createdAt: by.now });
      return ok({ reference: entry.reference });
    }),
  );
  return valueOf(refunded);
}

async function oweMessage(tx: Tx, row: Row, decision: Decision, now: Instant): Promise<void> {
  const message = { type: decision.type, object: messageOf(row, decision.reason), now };
  await oweDemoWebhook(tx, message, { copies: decision.copies, afterSeconds: decision.isLate ? LATE_SECONDS : undefined });
}

const statusOf = {
  'requires-card': 'requires_payment_method',
  'requires-challenge': 'requires_action',
  'requires-transfer': 'processing',
  authorised: 'requires_capture',
  captured: 'succeeded',
  declined: 'requires_payment_method',
  cancelled: 'canceled',
} as const satisfies Record<Row['state'], PaymentIntentMessage['status']>;

const errorOf: Readonly<Record<DeclineReason, PaymentIntentMessage['last_payment_error']>> = {
  declined: { code: 'card_declined', decline_code: 'generic_decline' },
  'insufficient-funds': { code: 'card_declined', decline_code: 'insufficient_funds' },
  'expired-card': { code: 'expired_card', decline_code: 'expired_card' },
};

/** The intent in the words of the wire, which are Stripe's. */
function messageOf(row: Row, reason?: DeclineReason): PaymentIntentMessage {
  const captureBefore = Math.floor(plusMs(row.createdAt, HOLD_DAYS * DAY) / 1000);
  return {
    id: row.reference,
    status: statusOf[row.state],
    amount: row.amountMinor,
    amount_received: row.capturedMinor,
    last_payment_error: row.state === 'declined' ? errorOf[reason ?? 'declined'] : null,
    latest_charge: row.state === 'authorised' ? { payment_method_details: { card: { capture_before: captureBefore } } } : null,
  };
}

function intentOf(row: Row, reason?: DeclineReason): Intent {
  return intentFrom(paymentIntent.parse(messageOf(row, reason)));
}
