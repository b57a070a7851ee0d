'use server';

import { notFound, redirect } from 'next/navigation';
import { z } from 'zod';
import { keepBasket } from '@/app/_actions/keep-basket';
import { shopperAction, shopperForm, type Door, type FormAnswer } from '@/app/_actions/shopper-action';
import { explainCheckout } from '@/app/_text/explain-checkout';
import { explainCardField, explainPayment } from '@/app/_text/explain-payment';
import { reopenBasket } from '@/lib/checkout';
import { pathTo } from '@/lib/kernel';
import { answerChallenge, chooseMethod, payWithDemoCard, type PayOutcome, type PayRefusal, sendFromDemoBank } from '@/lib/payments';
import { demoTransferKinds, paymentMethods } from '@/lib/payments/views';
import { texts } from '@/lib/texts';

const token = z.string().min(8).max(120);
const present = (most: number) => z.string().trim().min(1, { error: 'missing' }).max(most, { error: 'invalid' });
const cardInput = z.object({ token, number: present(40), expiry: present(12), code: present(8) });
const answerInput = z.object({ token, answer: z.enum(['approve', 'refuse']) });

/** Where the shopper stands after the bank spoke: the order's page when it is paid, else the pay step, which says the rest. */
function goOn(outcome: PayOutcome, orderToken: string, { locale }: Door): never {
  if (outcome === 'authorised') redirect(pathTo(locale, 'track', { token: orderToken }));
  redirect(pathTo(locale, 'payment', { token: orderToken }, outcome === 'processing' ? { wait: '1' } : {}));
}

function refused(refusal: PayRefusal, orderToken: string, door: Door): FormAnswer {
  if (refusal.kind === 'order-not-found') notFound();
  const error = explainPayment(door.locale, refusal);
  if (!error) redirect(pathTo(door.locale, 'payment', { token: orderToken })); // nothing left to pay: the page says so
  return { errors: [error] };
}

/** Sends the card to the demo bank. A decline comes back to the same form; nothing of the order is lost. */
export const payAction = shopperForm(
  { schema: cardInput, wordOf: explainCardField, apology: (locale) => texts(locale, 'checkout')('payment.declined') },
  async (_shopper, input, door) => {
    const paid = await payWithDemoCard(input.token, input);
    return paid.ok ? goOn(paid.value, input.token, door) : refused(paid.error, input.token, door);
  },
);

/** The shopper's answer to the demo bank (3-D Secure). */
export const answerChallengeAction = shopperAction(answerInput, async (_shopper, input, door) => {
  const answered = await answerChallenge(input.token, input.answer === 'approve');
  if (answered.ok) return goOn(answered.value, input.token, door);
  if (answered.error.kind === 'order-not-found') notFound();
  redirect(pathTo(door.locale, 'payment', { token: input.token }));
});

/** How to pay, chosen or changed. Where some of the money has come already, the page says why it stays. */
export const payByAction = shopperAction(
  z.object({ token, method: z.enum(paymentMethods) }),
  async (_shopper, { token: orderToken, method }, door) => {
    const chosen = await chooseMethod(orderToken, method);
    const refusal = chosen.ok ? undefined : chosen.error.kind;
    if (refusal === 'order-not-found') notFound();
    if (refusal === undefined || refusal === 'order-over') redirect(pathTo(door.locale, 'payment', { token: orderToken }));
    return { kind: 'bad', text: texts(door.locale, 'checkout')(`payment.method.${refusal}`) };
  },
);

/** The demo's own bank sends money. What comes of it is told by that bank's message, as from a real one. */
export const sendFromBankAction = shopperAction(z.object({ token, kind: z.enum(demoTransferKinds) }), async (_shopper, input, door) => {
  const sent = await sendFromDemoBank(input.token, input.kind);
  if (!sent.ok) notFound();
  return { kind: 'good', text: texts(door.locale, 'checkout')('payment.transfer.bank.sent') };
});

/** An order nobody paid in time: its things go back into a basket, as far as they can still be had. */
export const reopenBasketAction = shopperAction(z.object({ token }), async (shopper, input, door) => {
  const reopened = await reopenBasket(shopper, { orderToken: input.token });
  if (!reopened.ok) return { kind: 'bad', text: explainCheckout(door.locale, { kind: 'basket-not-found' }) };
  const { basketId, token: basketToken } = reopened.value;
  if (basketToken !== undefined) await keepBasket({ ...shopper, basketId }, basketToken);
  redirect(pathTo(door.locale, 'basket'));
});
