import { and, eq, gte, lt } from 'drizzle-orm';
import { demoEntries } from '@/db/schema';
import type { Instant, Minor, Result } from '@/lib/kernel';
import { invariant, minor, ok } from '@/lib/kernel';
import type { Clock } from '@/lib/platform/clock';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { demoReference, noteDemoEntry, oweDemoWebhook } from './demo-books';
import type { AccountReport, EntryKind, MerchantProvider, NewPayout, ProviderEntry } from './port';

/** How long the demo's bank takes. */
const BANK_SECONDS = 20;

type Books = { readonly clock: Clock; readonly isSilent: boolean };

/**
 * The demo provider's side of the merchants: books of its own and the messages of the real one, sent over HTTP by the worker. Silent, for
 * replayed history, it keeps the books, answers at once and sends nothing.
 */
export function demoMerchants(books: Books): MerchantProvider {
  return {
    name: 'demo',
    openAccount: async ({ merchantId }) => enabled(`acct_demo_${merchantId}`),
    retrieveAccount: async (reference) => enabled(reference),
    onboardingLink: async (_reference, pages) => pages.done,
    onboardingSession: async () => undefined,
    transfer: async ({ key, account, amountMinor, group }) => {
      const reference = demoReference('tr', key);
      await note({ reference, kind: 'transfer', account, amountMinor, about: group ?? null, state: 'paid' });
      return { reference };
    },
    reverse: async (transfer, amountMinor, key) => {
      const reference = demoReference('trr', key);
      await note({ reference, kind: 'reversal', account: null, amountMinor, about: transfer, state: 'paid' });
      return { reference };
    },
    settle: async ({ settlementId, from, to, amountMinor }) => {
      const reference = demoReference('py', settlementId);
      await note({ reference, kind: 'settlement', account: to, amountMinor, about: from, state: 'paid' });
      return { reference };
    },
    payOut: (payout) => payOut(payout, books),
    answerDispute: (reference, answer) => decideDispute(reference, answer.kind === 'contest', books),
    listEntries,
  };

  async function note(entry: Omit<Parameters<typeof noteDemoEntry>[1], 'createdAt'>): Promise<void> {
    await noteDemoEntry(reader(), { ...entry, createdAt: books.clock.now() });
  }
}

function enabled(reference: string): AccountReport {
  return { reference, chargesEnabled: true, payoutsEnabled: true, requirements: [] };
}

async function inBooks(work: (tx: Tx) => Promise<void>): Promise<void> {
  await withTransaction(async (tx): Promise<Result<void, never>> => ok(await work(tx)));
}

async function payOut({ payoutId, account, amountMinor }: NewPayout, { clock, isSilent }: Books) {
  const reference = demoReference('po', payoutId);
  const now = clock.now();
  await inBooks(async (tx) => {
    const entry = {
      reference,
      kind: 'payout' as const,
      account: account ?? null,
      amountMinor,
      about: payoutId,
      state: 'paid',
      createdAt: now,
    };
    if (!(await noteDemoEntry(tx, entry)) || isSilent) return;
    const object = { id: reference, object: 'payout', amount: amountMinor, status: 'paid', metadata: { payout_id: payoutId } };
    await oweDemoWebhook(tx, { type: 'payout.paid', object, now }, { afterSeconds: BANK_SECONDS });
  });
  return { reference, state: isSilent ? ('paid' as const) : ('sent' as const) };
}

export type DemoDispute = { readonly intent: string; readonly amountMinor: Minor; readonly now: Instant };

/** The demo's bank takes a payment back, in the transaction that took it: what the test card for disputes does. */
export async function openDemoDispute(tx: Tx, { intent, amountMinor, now }: DemoDispute): Promise<void> {
  const reference = demoReference('dp', intent);
  const isNew = await noteDemoEntry(tx, { reference, kind: 'dispute', amountMinor, about: intent, state: 'open', createdAt: now });
  const object = disputeObject({ reference, intent, amountMinor, status: 'needs_response', now });
  if (isNew) await oweDemoWebhook(tx, { type: 'charge.dispute.created', object, now }, { afterSeconds: BANK_SECONDS });
}

/** Whoever contests with evidence wins at the demo's bank; whoever accepts has lost. */
async function decideDispute(reference: string, isWon: boolean, { clock }: Books): Promise<void> {
  const now = clock.now();
  await inBooks(async (tx) => {
    const mine = eq(demoEntries.reference, reference);
    const [row] = await tx.select().from(demoEntries).where(mine).for('update');
    invariant(row?.about, `the demo provider knows the dispute ${reference}`);
    if (row.state !== 'open') return;
    await tx
      .update(demoEntries)
      .set({ state: isWon ? 'won' : 'lost' })
      .where(mine);
    const won = { reference: `${reference}_won`, kind: 'dispute-won' as const, amountMinor: row.amountMinor, about: reference };
    if (isWon) await noteDemoEntry(tx, { ...won, state: 'paid', createdAt: now });
    const status = isWon ? 'won' : 'lost';
    const object = disputeObject({ reference, intent: row.about, amountMinor: row.amountMinor, status, now: row.createdAt });
    await oweDemoWebhook(tx, { type: 'charge.dispute.closed', object, now }, { afterSeconds: BANK_SECONDS });
  });
}

type DisputeFacts = {
  readonly reference: string;
  readonly intent: string;
  readonly amountMinor: number;
  readonly status: 'needs_response' | 'won' | 'lost';
  readonly now: Instant;
};

const ANSWER_SECONDS = 7 * 24 * 3_600;

function disputeObject({ reference, intent, amountMinor, status, now }: DisputeFacts) {
  return {
    id: reference,
    object: 'dispute',
    amount: amountMinor,
    payment_intent: intent,
    reason: 'product_not_received',
    status,
    metadata: {},
    evidence_details: { due_by: Math.floor(now / 1000) + ANSWER_SECONDS },
    balance_transactions: [{ fee: 0 }],
  };
}

const listed: readonly EntryKind[] = ['charge', 'refund', 'transfer', 'reversal', 'payout', 'dispute', 'dispute-won', 'settlement'];

async function listEntries({ from, to }: { readonly from: Instant; readonly to: Instant }): Promise<readonly ProviderEntry[]> {
  const rows = await reader()
    .select()
    .from(demoEntries)
    .where(and(gte(demoEntries.createdAt, from), lt(demoEntries.createdAt, to)));
  return rows
    .filter((row) => listed.includes(row.kind))
    .map((row) => ({
      kind: row.kind,
      // A dispute won is listed under the dispute, as the real provider does.
      reference: row.kind === 'dispute-won' ? (row.about ?? row.reference) : row.reference,
      amountMinor: minor(row.amountMinor),
      feeMinor: minor(0),
      occurredAt: row.createdAt,
    }));
}
