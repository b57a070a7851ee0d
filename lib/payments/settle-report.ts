import { lockAllOfOrder, offerOrder } from '@/lib/fulfilment';
import type { Intent } from '@/lib/intents';
import type { Actor, DomainEvent, OrderId } from '@/lib/kernel';
import { DAY, invariant, plusMs } from '@/lib/kernel';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import { releaseTenders, sumCaptured } from '@/lib/wallet';
import { hearOfFormer } from './former-intents';
import { newsOfTransfer } from './note-transfer';
import type { PaymentState } from './payment-state';
import { stateAfterReport } from './payment-state';
import type { OrderRow, PaymentRow } from './payment-repository';
import { lockPayment, paymentUpdate, updatePayment } from './payment-repository';

const provider: Actor = { kind: 'system', id: 'payment-provider' };

/** How long held money can usually be taken, where the provider does not say (cards: architecture §5). */
const USUAL_HOLD_DAYS = 7;

/**
 * The one place where what the provider says becomes what we know, whoever brings it: the shopper's return, the answer to a call, a
 * webhook; once, twice, late or in the wrong order. Says the state of the payment afterwards.
 *
 * Authorised: the order's units become firm and its parts are offered to their shops, in this transaction. When the goods are gone or
 * the order has ended meanwhile, the held money is due to be let go; nothing is ever taken for it.
 */
export async function settleReport(
  tx: Tx,
  orderId: OrderId,
  intent: Intent,
  ports: Ports & { readonly book?: ShopBook },
): Promise<PaymentState> {
  // One journey: the order first, as everybody locks them, and its parts where they will be offered.
  const [locked, parts] = await Promise.all([
    lockPayment(tx, orderId),
    intent.state === 'authorised' ? lockAllOfOrder(tx, orderId) : undefined,
  ]);
  invariant(locked, 'a report is about a payment of ours');
  const { order, payment } = locked;
  if (intent.reference !== payment.providerReference) {
    await hearOfFormer(tx, payment, intent); // the shopper has chosen another method meanwhile: this one pays nothing
    return payment.state;
  }
  const state = stateAfterReport(payment.state, await whatItMeans(tx, order, intent));
  const news = newsOfTransfer(payment, intent);
  if (news) await updatePayment(tx, payment, news, payment.updatedAt); // the moment of its state stays
  if (state === payment.state) {
    if (news) await tell(tx, { order, payment, state: 'transfer-moved' }, ports);
    return state;
  }
  if (state === 'authorised') return settleAuthorisation(tx, { order, payment, intent, parts }, ports);
  const now = ports.clock.now();
  await updatePayment(tx, payment, { state }, now);
  if (state === 'voided' && order.tenderedMinor > 0) await releaseTenders(tx, order.id, { now });
  await tell(tx, { order, payment, state }, ports);
  return state;
}

/** Where vouchers pay for all that was accepted, the card's hold is let go by us, and the order is paid all the same. */
async function whatItMeans(tx: Tx, order: OrderRow, intent: Intent): Promise<Intent['state']> {
  if (intent.state !== 'cancelled' || order.tenderedMinor === 0) return intent.state;
  return (await sumCaptured(tx, order.id)) > 0 ? 'captured' : intent.state;
}

type Authorised = {
  readonly order: OrderRow;
  readonly payment: PaymentRow;
  readonly intent: Intent;
  /** All of the order's, locked. */
  readonly parts: Awaited<ReturnType<typeof lockAllOfOrder>> | undefined;
};

async function settleAuthorisation(
  tx: Tx,
  { order, payment, intent, parts }: Authorised,
  ports: Ports & { readonly book?: ShopBook },
): Promise<PaymentState> {
  const now = ports.clock.now();
  invariant(intent.amountMinor === payment.amountMinor, 'what is held is what the order costs');
  const captureBefore = intent.captureBefore ?? plusMs(now, USUAL_HOLD_DAYS * DAY);
  const held = paymentUpdate(tx, payment, { state: 'authorised', captureBefore }, now);
  const by = { actor: provider, now, ids: ports.ids, quietly: order.isReplayed };
  const offeredAndPaid = (events: readonly DomainEvent[]) =>
    appendEvents(tx, [...events, { name: 'OrderPaid', subject: order.id, facts: { paymentId: payment.id } }], by);
  const offered = await offerOrder(tx, order.id, ports, { book: ports.book, parts, alongside: held.getSQL(), tell: offeredAndPaid });
  if (!offered.ok) {
    await held;
    // Nothing will be accepted, so what is due is letting go of all of it.
    await appendEvents(tx, [{ name: 'CaptureDue', subject: payment.id, facts: { orderId: order.id } }], by);
    await tell(tx, { order, payment, state: offered.error.kind }, ports);
    return 'authorised';
  }
  return 'authorised';
}

type Told = { readonly order: OrderRow; readonly payment: PaymentRow; readonly state: string };

async function tell(tx: Tx, { order, payment, state }: Told, ports: Ports): Promise<void> {
  const by = { actor: provider, now: ports.clock.now(), ids: ports.ids, quietly: order.isReplayed };
  await appendEvents(tx, [{ name: 'PaymentReported', subject: payment.id, facts: { orderId: order.id, state } }], by);
}
