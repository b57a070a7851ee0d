import type Stripe from 'stripe';
import { z } from 'zod';
import type { Currency, Minor } from '@/lib/kernel';
import { invariant, minor } from '@/lib/kernel';
import { isIban } from './iban';
import type { Intent, IntentState, NewIntent, PayTo } from './port';

/** Where Stripe has accounts for transfers in euros (https://docs.stripe.com/payments/bank-transfers). */
const COUNTRIES: ReadonlySet<string> = new Set(['BE', 'DE', 'ES', 'FR', 'IE', 'NL']);

export function takesTransfersIn({ country, currency }: { readonly country: string; readonly currency: Currency }): boolean {
  return currency === 'EUR' && COUNTRIES.has(country);
}

/** A transfer is known by its customer, a card by its intent. */
export function isStripeTransfer(reference: string): boolean {
  return reference.startsWith('cus_');
}

const id = z.string().min(1).max(255);

const customerObject = z.object({
  id,
  deleted: z.boolean().optional(),
  metadata: z.object({
    order_number: z.string(),
    amount_minor: z.coerce.number().int().positive(),
    currency: z.string(),
    closed: z.string().optional(),
  }),
});

const fundingObject = z.object({
  bank_transfer: z.object({
    financial_addresses: z.array(
      z.object({
        iban: z
          .object({
            account_holder_name: z.string().min(1).max(140),
            bic: z.string().min(8).max(11),
            iban: z
              .string()
              .transform((text) => text.replaceAll(/\s/g, ''))
              .refine(isIban),
          })
          .nullish(),
      }),
    ),
  }),
});

const movementObject = z.object({ id, type: z.string(), net_amount: z.number().int(), ending_balance: z.number().int() });
const takingObject = z.object({ id, status: z.string(), amount_received: z.number().int().default(0) });

type Movement = z.output<typeof movementObject>;
type Account = {
  readonly customer: z.output<typeof customerObject>;
  /** Newest first. */
  readonly movements: readonly Movement[];
  readonly taking: z.output<typeof takingObject> | undefined;
};

/**
 * Bank transfers at Stripe: one customer an order, whose cash balance is reconciled by nobody but us, so what came is held there and is the payer's until it
 * is taken (OP-24). Taking is a PaymentIntent of what the shops accepted, paid out of that balance at once; the rest is refunded from it. Every call
 * first reads what is done, so one that was cut short is carried on, however much later.
 */
export function stripeTransfers(stripe: Stripe) {
  const retrieve = async (reference: string): Promise<Intent | undefined> => {
    const account = await readAccount(stripe, reference);
    return account && intentOf(account);
  };
  const swept = async (account: Account): Promise<Intent> => {
    if (!(await sendBackRest(stripe, account))) return intentOf(account);
    const after = await readAccount(stripe, account.customer.id);
    invariant(after, 'a customer with a balance does not vanish');
    return intentOf(after);
  };
  return {
    create: (intent: NewIntent) => openAccount(stripe, intent),
    retrieve,
    capture: async (reference: string, amountMinor: Minor, key: string): Promise<Intent> => {
      const account = await knownAccount(stripe, reference);
      if (account.taking || account.customer.metadata.closed !== undefined) return swept(account);
      await take(stripe, account, { amountMinor, key });
      return swept(await knownAccount(stripe, reference));
    },
    cancel: async (reference: string, key: string): Promise<Intent> => {
      const account = await knownAccount(stripe, reference);
      if (account.taking || account.customer.metadata.closed !== undefined) return swept(account);
      await stripe.customers.update(reference, { metadata: { closed: 'true' } }, { idempotencyKey: key });
      return swept(await knownAccount(stripe, reference));
    },
  };
}

async function openAccount(stripe: Stripe, { key, orderNumber, amountMinor, currency, payer }: NewIntent): Promise<Intent> {
  invariant(payer, 'a bank transfer has a payer');
  const of = currency.toLowerCase();
  const customer = await stripe.customers.create(
    {
      // Stripe writes there about money it sends back, and sends none back without.
      email: payer.email,
      description: orderNumber,
      cash_balance: { settings: { reconciliation_mode: 'manual' } },
      metadata: { order_number: orderNumber, amount_minor: String(amountMinor), currency: of },
    },
    { idempotencyKey: `customer-${key}` },
  );
  const funding = await stripe.customers.createFundingInstructions(
    customer.id,
    {
      currency: of,
      funding_type: 'bank_transfer',
      bank_transfer: { type: 'eu_bank_transfer', eu_bank_transfer: { country: payer.country }, requested_address_types: ['iban'] },
    },
    { idempotencyKey: `funding-${key}` },
  );
  const intent = intentOf({ customer: customerObject.parse(customer), movements: [], taking: undefined });
  return { ...intent, transfer: intent.transfer && { ...intent.transfer, payTo: payToOf(fundingObject.parse(funding), orderNumber) } };
}

function payToOf(funding: z.output<typeof fundingObject>, reference: string): PayTo {
  const address = funding.bank_transfer.financial_addresses.find(({ iban }) => iban)?.iban;
  invariant(address, 'an account for euros has an IBAN');
  return { beneficiary: address.account_holder_name, iban: address.iban, bic: address.bic, reference };
}

async function readAccount(stripe: Stripe, reference: string): Promise<Account | undefined> {
  const [customer, takings] = await Promise.all([
    stripe.customers.retrieve(reference),
    stripe.paymentIntents.list({ customer: reference, limit: 100 }),
  ]);
  const read = customerObject.safeParse(customer);
  if (!read.success || read.data.deleted) return undefined; // none of ours
  const movements: Movement[] = [];
  for await (const raw of stripe.customers.listCashBalanceTransactions(reference, { limit: 100 }))
    movements.push(movementObject.parse(raw));
  const taking = takings.data.map((raw) => takingObject.parse(raw)).find(({ status }) => status === 'succeeded');
  return { customer: read.data, movements, taking };
}

async function knownAccount(stripe: Stripe, reference: string): Promise<Account> {
  const account = await readAccount(stripe, reference);
  invariant(account, `Stripe knows the customer ${reference}`);
  return account;
}

const sumOf = (movements: readonly Movement[], ...types: readonly string[]): number =>
  movements.filter(({ type }) => types.includes(type)).reduce((sum, { net_amount: net }) => sum + net, 0);

const balanceOf = ({ movements: [newest] }: Account): number => newest?.ending_balance ?? 0;

function intentOf(account: Account): Intent {
  const { customer, movements, taking } = account;
  return {
    reference: customer.id,
    state: stateOf(account),
    amountMinor: minor(customer.metadata.amount_minor),
    capturedMinor: minor(taking?.amount_received ?? 0),
    clientSecret: undefined,
    captureBefore: undefined,
    declineReason: undefined,
    chargeReference: taking?.id,
    transfer: {
      arrivedMinor: minor(Math.max(0, sumOf(movements, 'funded', 'funding_reversed'))),
      sentBackMinor: minor(Math.max(0, -sumOf(movements, 'return_initiated', 'return_canceled'))),
      payTo: undefined,
    },
  };
}

function stateOf(account: Account): IntentState {
  if (account.taking) return 'captured';
  if (account.customer.metadata.closed !== undefined) return 'cancelled';
  const lying = balanceOf(account);
  if (lying >= account.customer.metadata.amount_minor) return 'authorised';
  return lying > 0 ? 'processing' : 'open';
}

/** Asked for by name: the version of the API we pin would offer whatever the account has switched on. (The library's types are of a later one.) */
const byBalance = { payment_method_types: ['customer_balance'] };

async function take(stripe: Stripe, { customer }: Account, taken: { readonly amountMinor: Minor; readonly key: string }): Promise<void> {
  const { order_number: orderNumber, currency } = customer.metadata;
  const taking = await stripe.paymentIntents.create(
    {
      amount: taken.amountMinor,
      currency,
      customer: customer.id,
      confirm: true,
      ...byBalance,
      payment_method_data: { type: 'customer_balance' },
      description: orderNumber,
      transfer_group: orderNumber,
      metadata: { order_number: orderNumber },
    },
    { idempotencyKey: taken.key },
  );
  invariant(taking.status === 'succeeded', 'what lies in a balance is taken at once');
}

/** Sends back all that lies there, once for each state of the account: its newest movement is the key. Says whether anything did. */
async function sendBackRest(stripe: Stripe, account: Account): Promise<boolean> {
  const [newest] = account.movements;
  if (!newest || newest.ending_balance <= 0) return false;
  const { id: customer, metadata } = account.customer;
  await stripe.refunds.create(
    { origin: 'customer_balance', customer, amount: newest.ending_balance, currency: metadata.currency },
    { idempotencyKey: `back-${newest.id}` },
  );
  return true;
}
