import type Stripe from 'stripe';
import { z } from 'zod';
import type { Instant } from '@/lib/kernel';
import { instant, invariant, minor } from '@/lib/kernel';
import type { Env } from '@/lib/platform/env';
import { stripeClient } from '@/lib/platform/stripe-client';
import { accountObject, reportOf } from './messages';
import type { EntryKind, MerchantProvider, NewTransfer, ProviderEntry } from './port';

/** Stripe Connect: separate charges and transfers, Express accounts whose payouts only we start. */
export function stripeMerchants(settings: NonNullable<Env['stripe']>): MerchantProvider {
  const stripe = stripeClient(settings);
  return {
    name: 'stripe',
    openAccount: async (merchant) => {
      const account = await stripe.accounts.create(
        {
          type: 'express',
          country: merchant.country,
          email: merchant.email,
          business_profile: { name: merchant.legalName },
          capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
          settings: { payouts: { schedule: { interval: 'manual' } } },
          metadata: { merchant_id: merchant.merchantId },
        },
        { idempotencyKey: `account-${merchant.merchantId}` },
      );
      return reportOf(accountObject.parse(account));
    },
    retrieveAccount: async (reference) => reportOf(accountObject.parse(await stripe.accounts.retrieve(reference))),
    onboardingLink: async (account, { done, again }) => {
      const link = await stripe.accountLinks.create({ account, type: 'account_onboarding', return_url: done, refresh_url: again });
      return link.url;
    },
    onboardingSession: async (account) => {
      const session = await stripe.accountSessions.create({ account, components: { account_onboarding: { enabled: true } } });
      return session.client_secret;
    },
    transfer: async (transfer) => ({ reference: (await createTransfer(stripe, transfer)).id }),
    reverse: async (transfer, amountMinor, key) => {
      const reversal = await stripe.transfers.createReversal(transfer, { amount: amountMinor }, { idempotencyKey: key });
      return { reference: reversal.id };
    },
    settle: async ({ settlementId, from, to, amountMinor, currency }) => {
      // The issuer's account is debited for the merchant's: nothing stays on the city's.
      const debit = await stripe.charges.create(
        {
          amount: amountMinor,
          currency: currency.toLowerCase(),
          source: from,
          transfer_data: { destination: to },
          metadata: { settlement_id: settlementId },
        },
        { idempotencyKey: settlementId },
      );
      return { reference: debit.id };
    },
    payOut: async ({ payoutId, account, amountMinor, currency }) => {
      const payout = await stripe.payouts.create(
        { amount: amountMinor, currency: currency.toLowerCase(), metadata: { payout_id: payoutId } },
        { ...on(account), idempotencyKey: payoutId },
      );
      return { reference: payout.id, state: payout.status === 'paid' ? 'paid' : 'sent' };
    },
    answerDispute: async (reference, answer) => {
      if (answer.kind === 'accept') await stripe.disputes.close(reference);
      else await stripe.disputes.update(reference, { evidence: { uncategorized_text: answer.evidence }, submit: true });
    },
    listEntries: async (between) => [...(await listCityEntries(stripe, between)), ...(await listPayouts(stripe, between))],
  };
}

async function createTransfer(stripe: Stripe, { key, account, amountMinor, currency, group, intent }: NewTransfer) {
  const charge = intent === undefined ? undefined : await chargeOf(stripe, intent);
  return stripe.transfers.create(
    {
      amount: amountMinor,
      currency: currency.toLowerCase(),
      destination: account,
      ...(group !== undefined && { transfer_group: group }),
      // Without its charge a transfer would wait for the city's own balance at the provider.
      ...(charge !== undefined && { source_transaction: charge }),
    },
    { idempotencyKey: key },
  );
}

async function chargeOf(stripe: Stripe, intent: string): Promise<string | undefined> {
  const { latest_charge: charge } = await stripe.paymentIntents.retrieve(intent);
  return typeof charge === 'string' ? charge : charge?.id;
}

type Between = { readonly from: Instant; readonly to: Instant; readonly accounts: readonly string[] };

const created = ({ from, to }: Between) => ({ gte: Math.ceil(from / 1000), lt: Math.ceil(to / 1000) });

/** A line of the balance with the object behind it (`expand`). */
const balanceLine = z.object({
  type: z.string(),
  reporting_category: z.string().nullish(),
  amount: z.number().int(),
  fee: z.number().int(),
  created: z.number().int(),
  source: z
    .object({
      id: z.string(),
      payment_intent: z.string().nullish(),
      /** Of a transfer, the charge it comes from. */
      source_transaction: z.string().nullish(),
      metadata: z.record(z.string(), z.string()).nullish(),
    })
    .nullish(),
});

/** A debit of an issuer's account is a charge too; it names the settlement it makes. */
const isSettlement = ({ source }: z.infer<typeof balanceLine>): boolean => source?.metadata?.['settlement_id'] !== undefined;

const kindOfType: Readonly<Record<string, EntryKind>> = {
  charge: 'charge',
  payment: 'charge',
  refund: 'refund',
  payment_refund: 'refund',
  transfer: 'transfer',
  transfer_refund: 'reversal',
};

function kindOf(line: z.infer<typeof balanceLine>): EntryKind | undefined {
  const { type, reporting_category: category } = line;
  if (kindOfType[type] === 'charge' && isSettlement(line)) return 'settlement';
  if (category === 'dispute') return 'dispute';
  if (category === 'dispute_reversal') return 'dispute-won';
  return kindOfType[type];
}

async function listCityEntries(stripe: Stripe, between: Between): Promise<readonly ProviderEntry[]> {
  const entries: ProviderEntry[] = [];
  const lines: z.infer<typeof balanceLine>[] = [];
  for await (const raw of stripe.balanceTransactions.list({ created: created(between), limit: 100, expand: ['data.source'] })) {
    lines.push(balanceLine.parse(raw));
  }
  const settled = new Set(lines.filter(isSettlement).map((line) => line.source?.id));
  for (const line of lines) {
    const kind = kindOf(line);
    // The transfer of a settlement is its other half, made by the provider itself.
    if (!kind || !line.source || (kind === 'transfer' && settled.has(line.source.source_transaction ?? ''))) continue;
    const { id, payment_intent: intent } = line.source;
    invariant(kind !== 'charge' || intent, 'every charge of ours belongs to an intent');
    entries.push({
      kind,
      reference: kind === 'charge' ? (intent ?? id) : id,
      amountMinor: minor(Math.abs(line.amount)),
      feeMinor: minor(line.fee),
      occurredAt: instant(line.created * 1000),
    });
  }
  return entries;
}

/** Asked of a merchant's account, or of the city's own. */
const on = (account: string | undefined) => (account === undefined ? {} : { stripeAccount: account });

async function listPayouts(stripe: Stripe, between: Between): Promise<readonly ProviderEntry[]> {
  const entries: ProviderEntry[] = [];
  for (const account of [undefined, ...between.accounts]) {
    for await (const payout of stripe.payouts.list({ created: created(between), limit: 100 }, on(account))) {
      entries.push({
        kind: 'payout',
        reference: payout.id,
        amountMinor: minor(payout.amount),
        feeMinor: minor(0),
        occurredAt: instant(payout.created * 1000),
      });
    }
  }
  return entries;
}
