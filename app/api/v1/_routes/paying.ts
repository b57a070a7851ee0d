import { z } from 'zod';
import { err, ok } from '@/lib/kernel';
import { chooseMethod, getPaymentPage, sendFromDemoBank, syncPayment } from '@/lib/payments';
import { demoTransferKinds, type PaymentPageView, paymentMethods } from '@/lib/payments/views';
import type { Endpoint } from '../_door/endpoint';
import { endpoint } from '../_door/endpoint';
import { currency, iso, linkToken, minorUnits, moment, nothing } from '../_door/fields';

const inOrder = z.object({ orderToken: linkToken });

const method = z.enum(paymentMethods);

const transfer = z
  .object({
    beneficiary: z.string(),
    iban: z.string(),
    bic: z.string(),
    reference: z.string().meta({ description: 'To be written beside the amount.' }),
    arrivedMinor: minorUnits.meta({ description: 'What has come and waits for the rest.' }),
    missingMinor: minorUnits,
    code: z.string().optional().meta({ description: 'The text of the European payment code (EPC069-12) for what is missing.' }),
  })
  .meta({ id: 'BankTransfer' });

const payment = z
  .object({
    number: z.string(),
    state: z.enum(['open', 'challenge', 'declined', 'authorised', 'expired']),
    totalMinor: minorUnits,
    dueMinor: minorUnits.meta({ description: 'What vouchers leave to be paid.' }),
    currency,
    payBy: moment,
    shops: z.array(z.string()).readonly(),
    provider: z.enum(['demo', 'stripe', 'none']).meta({ description: '`none`: vouchers pay all of it, nothing else is asked for.' }),
    method,
    methods: z.array(method).readonly().meta({ description: 'What may be chosen.' }),
    transfer: transfer.optional().meta({ description: 'Where to send a bank transfer, once it is chosen.' }),
  })
  .meta({ id: 'Payment' });

function bodyOf(page: PaymentPageView): z.input<typeof payment> {
  const { number, state, totalMinor, dueMinor, shops, provider, methods } = page;
  const chosen = { method: page.method, transfer: page.transfer };
  return { number, state, totalMinor, dueMinor, currency: page.currency, payBy: iso(page.payBy), shops, provider, methods, ...chosen };
}

/** How an order is paid, and how that stands. */
export const payingEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/orders/{orderToken}/payment',
    id: 'getPayment',
    tag: 'Order',
    summary: 'The pay step as it stands',
    needs: 'nobody',
    refuses: ['order-not-found'],
    params: inOrder,
    query: nothing,
    body: nothing,
    answer: payment,
    handle: async (_caller, { params }) => {
      const page = await getPaymentPage(params.orderToken);
      return page ? ok(bodyOf(page)) : err({ kind: 'order-not-found' });
    },
  }),
  endpoint({
    method: 'POST',
    path: '/orders/{orderToken}/payment/method',
    id: 'choosePayment',
    tag: 'Order',
    summary: 'Chooses how to pay, as long as nothing is held; a bank transfer is answered with where to send it',
    more: 'What was asked of the provider before is let go first. Money that still comes that way goes back to the payer.',
    needs: 'nobody',
    refuses: ['order-not-found', 'order-over', 'transfer-not-offered', 'money-arrived'],
    claimsItself: true,
    params: inOrder,
    query: nothing,
    body: z.object({ method }),
    answer: payment,
    handle: async (_caller, { params, body }) => {
      const chosen = await chooseMethod(params.orderToken, body.method);
      return chosen.ok ? ok(bodyOf(chosen.value)) : chosen;
    },
  }),
  endpoint({
    method: 'POST',
    path: '/orders/{orderToken}/payment/check',
    id: 'checkPayment',
    tag: 'Order',
    summary: 'Asks the provider how the payment stands, in case its message has not come yet',
    needs: 'nobody',
    refuses: ['order-not-found'],
    claimsItself: true,
    params: inOrder,
    query: nothing,
    body: nothing,
    answer: payment,
    handle: async (_caller, { params }) => {
      const synced = await syncPayment(params.orderToken);
      return synced.ok ? ok(bodyOf(synced.value)) : synced;
    },
  }),
  endpoint({
    method: 'POST',
    path: '/orders/{orderToken}/payment/demo-transfer',
    id: 'sendDemoTransfer',
    tag: 'Order',
    summary: 'Has the demo’s bank send a transfer; with a real provider the payer’s own bank does',
    needs: 'nobody',
    refuses: ['order-not-found', 'no-demo-here'],
    params: inOrder,
    query: nothing,
    body: z.object({ kind: z.enum(demoTransferKinds) }),
    answer: z.object({ sent: z.literal(true) }),
    handle: async (_caller, { params, body }) => {
      const sent = await sendFromDemoBank(params.orderToken, body.kind);
      return sent.ok ? ok({ sent: true as const }) : sent;
    },
  }),
];
