import { and, asc, eq, lte } from 'drizzle-orm';
import { shelfChecks } from '@/db/schema';
import { LARGEST_COUNT, lookAtShelf } from '@/lib/inventory';
import type { StockRefusal } from '@/lib/inventory';
import type { Result, ShelfCheckId, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';

export type AnswerCheckRefusal = { readonly kind: 'check-not-found' } | StockRefusal;

/** "Yes, it is there", "no", or how many can still be sold. */
type CheckAnswer = { readonly checkId: ShelfCheckId; readonly answer: 'yes' | 'no' | number };

type CheckAnswered = { readonly state: 'found' | 'gone'; readonly onHand: number };

/**
 * The shop has looked. The figure on record becomes what was found. The first answer counts; one that comes after its time corrects the
 * record all the same, because the shelf outranks it.
 */
export async function answerShelfCheck(
  scope: ShopScope,
  { checkId, answer }: CheckAnswer,
  ports: Ports = systemPorts,
): Promise<Result<CheckAnswered, AnswerCheckRefusal>> {
  const isAbsurd = typeof answer === 'number' && (!Number.isSafeInteger(answer) || answer < 0 || answer > LARGEST_COUNT);
  if (isAbsurd) return err({ kind: 'absurd-quantity', largest: LARGEST_COUNT });
  return observed({ useCase: 'answer-shelf-check', actor: scope.kind, ids: { shopId: scope.shopId, checkId } }, () =>
    withTransaction(async (tx): Promise<Result<CheckAnswered, AnswerCheckRefusal>> => {
      const [check] = await tx
        .select()
        .from(shelfChecks)
        .where(and(eq(shelfChecks.id, checkId), eq(shelfChecks.shopId, scope.shopId)))
        .for('update');
      if (!check) return err({ kind: 'check-not-found' });
      if (check.state === 'found' || check.state === 'gone') return ok({ state: check.state, onHand: check.quantity ?? 0 });
      const now = ports.clock.now();
      const free = answer === 'yes' ? 'some' : answer === 'no' ? 0 : answer;
      const { offerId, locationId, shopId } = check;
      const counted = await lookAtShelf(tx, scope, { offerId, locationId, free, key: `check:${checkId}`, at: now }, ports);
      if (!counted.ok) return counted;
      const state = free === 0 ? 'gone' : 'found';
      const quantity = typeof answer === 'number' ? answer : null;
      await tx.update(shelfChecks).set({ state, quantity, answeredAt: now, answeredBy: scope.personId }).where(eq(shelfChecks.id, checkId));
      const by = { actor: { kind: 'shop', id: scope.personId }, now, ids: ports.ids } as const;
      await appendEvents(tx, [{ name: 'ShelfCheckAnswered', subject: checkId, facts: { shopId, offerId, answer: state } }], by);
      return ok({ state, onHand: counted.value.onHand });
    }),
  );
}

const BATCH = 200;

/** Ends questions nobody answered in time. Any number of workers may do it at once. Returns how many ended. */
export async function expireShelfChecks(ports: Ports = systemPorts): Promise<number> {
  const now = ports.clock.now();
  const ended = await withTransaction(async (tx) => {
    const due = await tx
      .select()
      .from(shelfChecks)
      .where(and(eq(shelfChecks.state, 'asked'), lte(shelfChecks.expiresAt, now)))
      .orderBy(asc(shelfChecks.id))
      .limit(BATCH)
      .for('update', { skipLocked: true });
    for (const { id } of due) await tx.update(shelfChecks).set({ state: 'expired', answeredAt: now }).where(eq(shelfChecks.id, id));
    const by = { actor: { kind: 'system', id: undefined }, now, ids: ports.ids } as const;
    const events = due.map(
      ({ id, shopId, offerId }) => ({ name: 'ShelfCheckAnswered', subject: id, facts: { shopId, offerId, answer: 'expired' } }) as const,
    );
    await appendEvents(tx, events, by);
    return ok(due.length);
  });
  return ended.ok ? ended.value : 0;
}
