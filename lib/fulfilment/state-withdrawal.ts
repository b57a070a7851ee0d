import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { orders, withdrawalStatements } from '@/db/schema';
import type { EventId, Instant, Locale, Result } from '@/lib/kernel';
import { err, instant, ok, plainWords } from '@/lib/kernel';
import { release } from '@/lib/inventory';
import { allowedEvents } from '@/lib/oms';
import { idempotencyKey, once } from '@/lib/platform/idempotency';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { ChangedBy } from './advance-sub-order';
import { advanceSubOrder, noteAnswer } from './advance-sub-order';
import { refundPending, settleCancelled } from './rescue/settle-rescues';
import { listLineIds, lockAllOfOrder } from './sub-order-repository';

/** The three things the law allows to be required (BO-08); which part of the order is the shopper's to add. */
export const withdrawalInput = z.object({
  name: z.string().trim().min(1).max(120),
  orderNumber: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^H-?\d{1,12}(-\d{1,3})?$/),
  email: z.email().max(254),
  articles: z.string().trim().max(500).optional(),
});

export type StateWithdrawal = z.infer<typeof withdrawalInput> & {
  /** Of the form that was shown: a double click is one statement. */
  readonly key: string;
  readonly locale: Locale;
};

export type StatedWithdrawal = { readonly orderNumber: string; readonly statedAt: Instant };
export type WithdrawalRefusal = { readonly kind: 'order-not-found' };

type Outcome = Result<StatedWithdrawal, WithdrawalRefusal>;

/**
 * Records that somebody withdraws, with the moment it arrived, and sends the receipt. No reason is asked and none is judged here: whether
 * the period had ended is decided afterwards, by what the record says. What has not been handed over yet is cancelled at once when the
 * statement comes from the order's own address and is about all of it.
 *
 * Errors: `order-not-found` also when neither name nor address are those of the order: a number alone opens nothing.
 */
export async function stateWithdrawal(command: StateWithdrawal, ports: Ports = systemPorts): Promise<Outcome> {
  return observed({ useCase: 'state-withdrawal', actor: 'order' }, () =>
    withTransaction(async (tx): Promise<Outcome> => {
      const now = ports.clock.now();
      const key = idempotencyKey(command.key);
      const found = await findContract(tx, command);
      if (!found || key === undefined) return err({ kind: 'order-not-found' });
      const stated = await once(tx, { caller: found.order.id, key, now }, async (): Promise<Outcome> => {
        await record(tx, { command, ...found, now }, ports);
        return ok({ orderNumber: found.number, statedAt: now });
      });
      return stated.ok ? ok({ ...stated.value, statedAt: instant(stated.value.statedAt) }) : stated;
    }),
  );
}

type OrderRow = typeof orders.$inferSelect;
type Contract = { readonly order: OrderRow; readonly number: string; readonly isTheirs: boolean };

async function findContract(tx: Tx, { orderNumber, name, email }: StateWithdrawal): Promise<Contract | undefined> {
  const number = orderNumber.replace(/^H-?/, 'H-');
  const [, parent = number] = /^(H-\d+)(?:-\d+)?$/.exec(number) ?? [];
  const [order] = await tx.select().from(orders).where(eq(orders.number, parent));
  if (!order) return undefined;
  const isTheirs = order.email.toLowerCase() === email.toLowerCase();
  return isTheirs || plainWords(order.shopperName) === plainWords(name) ? { order, number, isTheirs } : undefined;
}

type Statement = Contract & { readonly command: StateWithdrawal; readonly now: Instant };

export type WithdrawalWords = {
  readonly orderId: OrderRow['id'];
  /** The order, or one shop's part of it. */
  readonly number: string;
  readonly articles: string | null;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
};

/** Takes a statement down as part of another use-case's transaction; its receipt goes out (BO-10). */
export async function writeWithdrawal(tx: Tx, words: WithdrawalWords, by: ChangedBy): Promise<EventId> {
  const id = by.ids.make('event');
  await tx.insert(withdrawalStatements).values({ id, ...words, statedAt: by.now });
  await appendEvents(tx, [{ name: 'WithdrawalStated', subject: id, facts: { orderId: words.orderId } }], by);
  return id;
}

async function record(tx: Tx, { command, order, number, isTheirs, now }: Statement, ports: Ports): Promise<void> {
  const { name, email, locale } = command;
  const articles = command.articles || null;
  const by = { actor: { kind: 'shopper', id: undefined }, now, ids: ports.ids, quietly: order.isReplayed } as const;
  const id = await writeWithdrawal(tx, { orderId: order.id, number, articles, name, email, locale }, by);
  if (!isTheirs || articles !== null) return;
  const parts = await lockAllOfOrder(tx, order.id);
  for (const part of parts) {
    const isMeant = number === order.number || number === part.number;
    if (!isMeant || part.state === 'placed' || !allowedEvents(part.state).includes('cancel')) continue;
    const cancelled = await advanceSubOrder(tx, part, { event: 'cancel', detail: { withdrawal: id } }, by);
    if (!cancelled.ok) continue;
    await release(tx, await listLineIds(tx, [part.id]));
    await settleCancelled(tx, part, by);
    await noteAnswer(tx, part, by);
  }
  const meant = parts.filter((part) => number === order.number || number === part.number).map((part) => part.id);
  await refundPending(tx, order.id, by, new Set(meant));
}
