import { z } from 'zod';
import type { ProviderName } from '@/db/schema';
import type { DomainEvent } from '@/lib/kernel';
import { instant, parseId } from '@/lib/kernel';
import type { AccountReport } from './port';

const id = z.string().min(1).max(255);

/** The parts of an account we read. */
export const accountObject = z.object({
  id,
  charges_enabled: z.boolean().default(false),
  payouts_enabled: z.boolean().default(false),
  requirements: z
    .object({ currently_due: z.array(z.string().max(200)).nullish(), past_due: z.array(z.string().max(200)).nullish() })
    .nullish(),
});

/** What an account may do, in our words. */
export function reportOf(account: z.output<typeof accountObject>): AccountReport {
  const due = [...(account.requirements?.past_due ?? []), ...(account.requirements?.currently_due ?? [])];
  return {
    reference: account.id,
    chargesEnabled: account.charges_enabled,
    payoutsEnabled: account.payouts_enabled,
    requirements: [...new Set(due)].slice(0, 50),
  };
}

const payoutObject = z.object({
  id,
  metadata: z.record(z.string(), z.string()).nullish(),
  failure_code: z.string().max(200).nullish(),
  failure_message: z.string().max(500).nullish(),
});

const disputeObject = z.object({
  id,
  amount: z.number().int().positive(),
  payment_intent: z.union([z.string(), z.object({ id })]).nullish(),
  reason: z.string().max(100).default('general'),
  status: z.string(),
  metadata: z.record(z.string(), z.string()).nullish(),
  evidence_details: z.object({ due_by: z.number().nullish() }).nullish(),
  balance_transactions: z.array(z.object({ fee: z.number().int() })).nullish(),
});

/** What a message about merchants' money says; `unreadable` when it is not of the shape it claims, undefined when it is none of ours. */
export function merchantEventOf(provider: ProviderName, type: string, object: unknown): DomainEvent | 'unreadable' | undefined {
  if (type === 'account.updated') return accountEvent(provider, object);
  if (type === 'payout.paid' || type === 'payout.failed' || type === 'payout.canceled') return payoutEvent(type, object);
  return type.startsWith('charge.dispute.') ? disputeEvent(provider, object) : undefined;
}

function accountEvent(provider: ProviderName, object: unknown): DomainEvent | 'unreadable' {
  const account = accountObject.safeParse(object);
  if (!account.success) return 'unreadable';
  const { reference, ...facts } = reportOf(account.data);
  return { name: 'AccountReported', subject: reference, facts: { provider, ...facts } };
}

function payoutEvent(type: string, object: unknown): DomainEvent | 'unreadable' | undefined {
  const payout = payoutObject.safeParse(object);
  if (!payout.success) return 'unreadable';
  const payoutId = parseId('payout', payout.data.metadata?.['payout_id'] ?? '');
  if (payoutId === undefined) return undefined; // one that nobody here asked for
  const reason = payout.data.failure_message ?? payout.data.failure_code ?? undefined;
  return { name: 'PayoutReported', subject: payoutId, facts: { state: type === 'payout.paid' ? 'paid' : 'failed', reason } };
}

/** Statuses with `warning` are enquiries: no money has moved, and none may ever. */
function disputeEvent(provider: ProviderName, object: unknown): DomainEvent | 'unreadable' | undefined {
  const dispute = disputeObject.safeParse(object);
  if (!dispute.success) return 'unreadable';
  const { payment_intent: paid, status, metadata, evidence_details: details } = dispute.data;
  const intent = typeof paid === 'string' ? paid : paid?.id;
  if (intent === undefined || status.startsWith('warning')) return undefined;
  const named = metadata?.['sub_orders'] ?? '';
  return {
    name: 'DisputeReported',
    subject: dispute.data.id,
    facts: {
      provider,
      intent,
      state: status === 'won' || status === 'lost' ? status : 'open',
      amountMinor: dispute.data.amount,
      feeMinor: Math.max(0, dispute.data.balance_transactions?.reduce((sum, one) => sum + one.fee, 0) ?? 0),
      reason: dispute.data.reason,
      answerBy: details?.due_by ? instant(details.due_by * 1000) : undefined,
      subOrders: named
        .split(/[\s,]+/)
        .filter((word) => word !== '')
        .slice(0, 50),
    },
  };
}
