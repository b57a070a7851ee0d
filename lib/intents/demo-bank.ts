import { createHash, randomBytes } from 'node:crypto';
import { eq, getTableColumns, sql } from 'drizzle-orm';
import { demoBankTransfers, demoIntents } from '@/db/schema';
import type { Instant, Minor, Result } from '@/lib/kernel';
import { invariant, minor, ok } from '@/lib/kernel';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { planned, reader, withTransaction } from '@/lib/platform/transaction';
import { noteDemoEntry, oweDemoWebhook } from '@/lib/provider';
import type { DemoTransferKind } from './demo-transfers';
import { demoIban } from './iban';
import type { Intent, IntentState, NewIntent, PayTo } from './port';

type Row = typeof demoIntents.$inferSelect;

/** When, and whether anybody is told. */
export type Teller = { readonly now: Instant; readonly isSilent: boolean };

const PREFIX = 'bt_demo_';
const LATE_SECONDS = 15;

/** Too much by this: five euros. */
const SURPLUS_MINOR = 500;

export function isDemoTransfer(reference: string): boolean {
  return reference.startsWith(PREFIX);
}

/** The taking has a name of its own in these books, as it has in the real provider's. */
const chargeOf = (reference: string): string => `py_${reference}`;

/** The intent a taking or a refund is about. */
export function intentOfCharge(charge: string): string {
  return charge.startsWith(`py_${PREFIX}`) ? charge.slice(3) : charge;
}

/** Where the demo's bank takes money for an order; a name and an account of nobody. */
function payToOf(reference: string, orderNumber: string): PayTo {
  const digits = BigInt(`0x${createHash('sha256').update(reference).digest('hex').slice(0, 12)}`) % 10n ** 11n;
  return {
    beneficiary: 'Paiements de démonstration',
    iban: demoIban(String(digits).padStart(11, '0')),
    bic: 'DEMOFRPPXXX',
    reference: orderNumber,
  };
}

/** Opens an account for one order at the demo's bank; the same key is the same account. */
export async function openDemoTransfer(intent: NewIntent, now: Instant): Promise<Intent> {
  const fresh = { reference: `${PREFIX}${randomBytes(12).toString('hex')}`, amountMinor: intent.amountMinor, currency: intent.currency };
  const [row] = await reader()
    .insert(demoIntents)
    .values({ ...fresh, method: 'bank-transfer', state: 'requires-transfer', idempotencyKey: intent.key, createdAt: now })
    .onConflictDoUpdate({ target: demoIntents.idempotencyKey, set: { idempotencyKey: sql`${planned} ${intent.key}` } })
    .returning(getTableColumns(demoIntents));
  invariant(row, 'an intent was just written');
  const stood = await standOf(reader(), row);
  return { ...stood, transfer: stood.transfer && { ...stood.transfer, payTo: payToOf(row.reference, intent.orderNumber) } };
}

/** How a transfer stands in the bank's books. */
export async function standOf(from: Reader, row: Row): Promise<Intent> {
  const [sums] = await from
    .select({
      arrived: sql<number>`coalesce(sum(amount_minor) filter (where direction = 'in'), 0)::float8`,
      sentBack: sql<number>`coalesce(sum(amount_minor) filter (where direction = 'back'), 0)::float8`,
    })
    .from(demoBankTransfers)
    .where(eq(demoBankTransfers.intent, row.reference));
  const [arrivedMinor, sentBackMinor] = [minor(sums?.arrived ?? 0), minor(sums?.sentBack ?? 0)];
  const isTaken = row.state === 'captured';
  return {
    reference: row.reference,
    state: stateOf(row, arrivedMinor - sentBackMinor),
    amountMinor: row.amountMinor,
    capturedMinor: row.capturedMinor,
    clientSecret: undefined,
    captureBefore: undefined,
    declineReason: undefined,
    chargeReference: isTaken ? chargeOf(row.reference) : undefined,
    transfer: { arrivedMinor, sentBackMinor, payTo: undefined },
  };
}

function stateOf({ state, amountMinor }: Row, lyingMinor: number): IntentState {
  if (state === 'captured' || state === 'cancelled') return state;
  if (lyingMinor >= amountMinor) return 'authorised';
  return lyingMinor > 0 ? 'processing' : 'open';
}

/** Changes an intent's books, one at a time, and answers how it stands then. */
async function withIntent(reference: string, work: (tx: Tx, row: Row) => Promise<void>): Promise<Intent> {
  const changed = await withTransaction(async (tx): Promise<Result<Intent, never>> => {
    await work(tx, await lockIntent(tx, reference));
    return ok(await standOf(tx, await lockIntent(tx, reference)));
  });
  invariant(changed.ok, 'the demo’s bank refuses nothing');
  return changed.value;
}

async function lockIntent(tx: Tx, reference: string): Promise<Row> {
  const [row] = await tx.select().from(demoIntents).where(eq(demoIntents.reference, reference)).for('update');
  invariant(row, `the demo provider knows the intent ${reference}`);
  return row;
}

/**
 * A shopper's bank sends money: it arrives whatever has become of the order, and nobody but the bank's message tells us.
 */
export async function sendDemoTransfer(reference: string, kind: DemoTransferKind, by: Teller): Promise<Intent> {
  return withIntent(reference, async (tx, row) => {
    const afterSeconds = kind === 'late' ? LATE_SECONDS : undefined;
    for (const amountMinor of amountsOf(kind, row, await lyingOf(tx, row)))
      await note(tx, row, { direction: 'in', amountMinor, afterSeconds }, by);
  });
}

function amountsOf(kind: DemoTransferKind, { amountMinor, state }: Row, lyingMinor: number): readonly Minor[] {
  const missing = state === 'requires-transfer' && lyingMinor < amountMinor ? amountMinor - lyingMinor : amountMinor;
  switch (kind) {
    case 'exact':
    case 'late':
      return [minor(missing)];
    case 'part':
      return [minor(Math.ceil(missing / 2))];
    case 'too-much':
      return [minor(missing + SURPLUS_MINOR)];
    case 'twice':
      return [minor(missing), minor(missing)];
  }
}

/** Takes an amount of what lies there, once, and sends the rest back. */
export async function captureDemoTransfer(reference: string, amountMinor: Minor, by: Teller): Promise<Intent> {
  return withIntent(reference, async (tx, row) => {
    if (row.state !== 'requires-transfer') return sendBackRest(tx, row, by);
    invariant(amountMinor > 0 && amountMinor <= (await lyingOf(tx, row)), 'no more is taken than was held');
    await tx.update(demoIntents).set({ state: 'captured', capturedMinor: amountMinor }).where(eq(demoIntents.reference, reference));
    const charge = { reference: chargeOf(reference), kind: 'charge' as const, amountMinor, about: reference };
    await noteDemoEntry(tx, { ...charge, state: 'paid', createdAt: by.now });
    return sendBackRest(tx, { ...row, capturedMinor: amountMinor }, by);
  });
}

/** Nothing more is waited for: what lies there goes back, and so does what comes after, when it is asked for again. */
export async function cancelDemoTransfer(reference: string, by: Teller): Promise<Intent> {
  return withIntent(reference, async (tx, row) => {
    if (row.state === 'requires-transfer')
      await tx.update(demoIntents).set({ state: 'cancelled' }).where(eq(demoIntents.reference, reference));
    await sendBackRest(tx, row, by);
  });
}

async function sendBackRest(tx: Tx, row: Row, by: Teller): Promise<void> {
  const amountMinor = minor(await lyingOf(tx, row));
  if (amountMinor > 0) await note(tx, row, { direction: 'back', amountMinor }, by);
}

async function lyingOf(tx: Tx, row: Row): Promise<number> {
  const { transfer } = await standOf(tx, row);
  return (transfer?.arrivedMinor ?? 0) - (transfer?.sentBackMinor ?? 0) - row.capturedMinor;
}

type Movement = Pick<typeof demoBankTransfers.$inferInsert, 'direction' | 'amountMinor'> & { readonly afterSeconds?: number | undefined };

/** Writes a movement down and owes the message about it, in the words of the wire, which are Stripe's. */
async function note(tx: Tx, { reference: intent, currency }: Row, movement: Movement, by: Teller): Promise<void> {
  const { direction, amountMinor, afterSeconds } = movement;
  const reference = `ccsbtxn_demo_${randomBytes(12).toString('hex')}`;
  await tx.insert(demoBankTransfers).values({ reference, intent, direction, amountMinor, createdAt: by.now });
  if (by.isSilent) return;
  const object = {
    id: reference,
    object: 'customer_cash_balance_transaction',
    customer: intent,
    currency: currency.toLowerCase(),
    type: direction === 'in' ? 'funded' : 'return_initiated',
    net_amount: direction === 'in' ? amountMinor : -amountMinor,
  };
  await oweDemoWebhook(tx, { type: 'customer_cash_balance_transaction.created', object, now: by.now }, { afterSeconds });
}
