import { and, eq, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { formerIntents, orders, payments } from '@/db/schema';
import type { Intent } from '@/lib/intents';
import { providerNamed } from '@/lib/intents';
import type { Instant, OrderId } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import type { PaymentRow } from './payment-repository';

type FormerIntent = typeof formerIntents.$inferSelect;

/** Remembers an intent the shopper turned away from: it is due to be let go. */
export async function leaveIntent(
  tx: Reader,
  { id: paymentId, provider }: Pick<PaymentRow, 'id' | 'provider'>,
  left: Pick<FormerIntent, 'reference'> & Partial<Pick<FormerIntent, 'arrivedMinor' | 'sentBackMinor'>> & { readonly now: Instant },
): Promise<void> {
  const { now: leftAt, ...intent } = left;
  const row = { ...intent, provider, paymentId, leftAt };
  await tx.insert(formerIntents).values(row).onConflictDoNothing();
}

const mine = ({ provider, reference }: Pick<FormerIntent, 'provider' | 'reference'>) =>
  and(eq(formerIntents.provider, provider), eq(formerIntents.reference, reference));

/** What is left to let go: never asked for yet, or more came since. */
const isDue = sql`(${formerIntents.letGoAt} is null or ${formerIntents.arrivedMinor} > ${formerIntents.sentBackMinor})`;

/** Sums that only grow: the larger one is the newer one, whichever report comes last. */
function sumsOf({ transfer }: Intent) {
  const atLeast = (known: AnyPgColumn, told: number) => sql`greatest(${known}, ${told}::bigint)`;
  return {
    arrivedMinor: atLeast(formerIntents.arrivedMinor, transfer?.arrivedMinor ?? 0),
    sentBackMinor: atLeast(formerIntents.sentBackMinor, transfer?.sentBackMinor ?? 0),
  };
}

/** A report about an intent that is not the payment's any more: what came there, or is held there, is due to go back. */
export async function hearOfFormer(tx: Tx, { provider }: Pick<PaymentRow, 'provider'>, intent: Intent): Promise<void> {
  const isHeld = intent.transfer === undefined && intent.state === 'authorised';
  await tx
    .update(formerIntents)
    .set({ ...sumsOf(intent), ...(isHeld && { letGoAt: null }) })
    .where(mine({ provider, reference: intent.reference }));
}

/** Lets go at their provider what an order's shopper turned away from. A second run finds what is done; what is not, the next round does. */
export async function letFormerGo(orderId: OrderId, ports: Ports): Promise<void> {
  const due = await reader()
    .select({ former: formerIntents, isReplayed: orders.isReplayed })
    .from(formerIntents)
    .innerJoin(payments, eq(payments.id, formerIntents.paymentId))
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(and(isDue, eq(payments.orderId, orderId)))
    .orderBy(formerIntents.leftAt);
  for (const { former, isReplayed } of due) {
    const provider = providerNamed(former.provider, { clock: ports.clock, isReplayed });
    const intent = await provider.cancel(former.reference, `leave-${former.reference}`);
    await reader()
      .update(formerIntents)
      .set({ ...sumsOf(intent), letGoAt: ports.clock.now() })
      .where(mine(former));
  }
}

/** The orders that have something left to let go. */
export async function listOrdersToLeave(most: number): Promise<readonly OrderId[]> {
  const rows = await reader()
    .selectDistinct({ orderId: payments.orderId })
    .from(formerIntents)
    .innerJoin(payments, eq(payments.id, formerIntents.paymentId))
    .where(isDue)
    .limit(most);
  return rows.map((row) => row.orderId);
}
