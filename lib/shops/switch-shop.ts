import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { shopClosures, shops } from '@/db/schema';
import type { Instant, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { appendEvents } from '@/lib/platform/outbox';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import { observed } from '@/lib/platform/log';
import { forgetShopBook } from './shop-book';

/**
 * The switch on the counter: off means that no new order is offered here; on also ends a pause.
 * What was ordered before is not touched. Setting it to what it is changes nothing.
 */
export async function setTakesOrders(
  scope: ShopScope,
  takesOrders: boolean,
  { clock, ids } = systemPorts,
): Promise<Result<{ takesOrders: boolean }, never>> {
  return forgetting({ useCase: 'set-takes-orders', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx): Promise<Result<{ takesOrders: boolean }, never>> => {
      const now = clock.now();
      const [before] = await tx
        .select({ takesOrders: shops.takesOrders, pausedUntil: shops.pausedUntil })
        .from(shops)
        .where(eq(shops.id, scope.shopId))
        .for('update');
      if (before && before.takesOrders === takesOrders && before.pausedUntil === null) return ok({ takesOrders });
      await tx.update(shops).set({ takesOrders, pausedUntil: null, updatedAt: now }).where(eq(shops.id, scope.shopId));
      const actor = { kind: 'shop', id: scope.personId } as const;
      await appendEvents(tx, [{ name: 'ShopSwitched', subject: scope.shopId, facts: { takesOrders } }], { actor, now, ids });
      return ok({ takesOrders });
    }),
  );
}

export const closureInput = z.object({ reason: z.string().trim().max(200).optional() });

export type CloseRefusal = { readonly kind: 'closure-in-the-past' } | { readonly kind: 'closure-too-long'; readonly mostDays: number };

const LONGEST_CLOSURE_DAYS = 90;

/** "Fermé cet après-midi": closed from now until `until`, against the usual hours. */
export async function closeUntil(
  scope: ShopScope,
  closure: { readonly until: Instant; readonly reason?: string | undefined },
  { clock, ids } = systemPorts,
): Promise<Result<{ readonly until: Instant }, CloseRefusal>> {
  return forgetting({ useCase: 'close-until', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly until: Instant }, CloseRefusal>> => {
      const now = clock.now();
      if (closure.until <= now) return err({ kind: 'closure-in-the-past' });
      if (closure.until - now > LONGEST_CLOSURE_DAYS * 86_400_000) return err({ kind: 'closure-too-long', mostDays: LONGEST_CLOSURE_DAYS });
      await tx
        .insert(shopClosures)
        .values({ shopId: scope.shopId, closedFrom: now, closedTo: closure.until, reason: closure.reason ?? null });
      const actor = { kind: 'shop', id: scope.personId } as const;
      await appendEvents(tx, [{ name: 'ShopSwitched', subject: scope.shopId, facts: { takesOrders: false } }], { actor, now, ids });
      return ok({ until: closure.until });
    }),
  );
}

/** Observed as ever; this process's pages see the change at once. */
const forgetting: typeof observed = async (line, work) => {
  const outcome = await observed(line, work);
  forgetShopBook();
  return outcome;
};
