import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { shopClosures, shops } from '@/db/schema';
import type { Instant, Result, ShopId, ShopScope } from '@/lib/kernel';
import { MINUTE, err, ok, plusMs } from '@/lib/kernel';
import { isOpenAt, nextOpening } from '@/lib/oms';
import { appendEvents } from '@/lib/platform/outbox';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { observed } from '@/lib/platform/log';
import { forgetShopBook } from './shop-book';
import type { ShopFacts } from './views';

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
      await tx.update(shops).set({ takesOrders, pausedUntil: null, pauseReason: null, updatedAt: now }).where(eq(shops.id, scope.shopId));
      const actor = { kind: 'shop', id: scope.personId } as const;
      await appendEvents(tx, [{ name: 'ShopSwitched', subject: scope.shopId, facts: { takesOrders } }], { actor, now, ids });
      return ok({ takesOrders });
    }),
  );
}

/** Whether the shop sets things aside without obligation, to be paid at its till. Setting it to what it is changes nothing. */
export async function setSetsAside(
  scope: ShopScope,
  setAside: boolean,
  { clock } = systemPorts,
): Promise<Result<{ setAside: boolean }, never>> {
  return forgetting({ useCase: 'set-sets-aside', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx): Promise<Result<{ setAside: boolean }, never>> => {
      await tx
        .update(shops)
        .set({ services: sql`${shops.services} || ${JSON.stringify({ setAside })}::jsonb`, updatedAt: clock.now() })
        .where(eq(shops.id, scope.shopId));
      return ok({ setAside });
    }),
  );
}

/** What a shop does with goods other shops sold: nothing, takes them in, or also buys what it sells itself (ADR 0068). */
export const returnsWishes = ['none', 'takes', 'buys'] as const;
export type ReturnsWish = (typeof returnsWishes)[number];

export function returnsWishOf({ takesReturns, buysReturns }: ShopFacts['services']): ReturnsWish {
  if (!takesReturns) return 'none';
  return buysReturns === true ? 'buys' : 'takes';
}

/** Says what the shop does with other shops' returns; its own it always takes. What is on its way here is still taken in by the selling shop. */
export async function setReturnsWish(
  scope: ShopScope,
  wish: ReturnsWish,
  { clock } = systemPorts,
): Promise<Result<{ readonly wish: ReturnsWish }, never>> {
  return forgetting({ useCase: 'set-returns-wish', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly wish: ReturnsWish }, never>> => {
      const changed = JSON.stringify({ takesReturns: wish !== 'none', buysReturns: wish === 'buys' });
      await tx
        .update(shops)
        .set({ services: sql`${shops.services} || ${changed}::jsonb`, updatedAt: clock.now() })
        .where(eq(shops.id, scope.shopId));
      return ok({ wish });
    }),
  );
}

/** How long "back in a moment" may be, in minutes. */
export const awayMinutes = [15, 30, 60] as const;

/** "De retour dans 15 min": no order is offered until then; it ends by itself, or by one tap on the switch. */
export async function goAway(
  scope: ShopScope,
  minutes: (typeof awayMinutes)[number],
  { clock, ids } = systemPorts,
): Promise<Result<{ readonly until: Instant }, never>> {
  return forgetting({ useCase: 'go-away', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly until: Instant }, never>> => {
      const now = clock.now();
      const until = plusMs(now, minutes * MINUTE);
      await pauseShop(tx, scope.shopId, { until, reason: 'away', now });
      const actor = { kind: 'shop', id: scope.personId } as const;
      await appendEvents(tx, [{ name: 'ShopSwitched', subject: scope.shopId, facts: { takesOrders: false } }], { actor, now, ids });
      return ok({ until });
    }),
  );
}

/**
 * As part of another use-case's transaction: a shop that let an order's time run out while it was open is routed around until it opens
 * again, or comes back by one tap. A longer pause stays as it is.
 */
export async function pauseSilentShop(tx: Tx, shop: Pick<ShopFacts, 'id' | 'openings'>, now: Instant): Promise<void> {
  if (!isOpenAt(shop.openings, now)) return;
  const closes = shop.openings.find((interval) => interval.from <= now && now < interval.to)?.to;
  const until = (closes && nextOpening(shop.openings, plusMs(closes, 1))) ?? plusMs(now, SILENT_PAUSE_MS);
  await pauseShop(tx, shop.id, { until, reason: 'silent', now });
  forgetShopBook();
}

const SILENT_PAUSE_MS = 3_600_000;

type Pause = { readonly until: Instant; readonly reason: 'away' | 'silent'; readonly now: Instant };

async function pauseShop(tx: Tx, shopId: ShopId, { until, reason, now }: Pause): Promise<void> {
  await tx
    .update(shops)
    .set({ pausedUntil: until, pauseReason: reason, updatedAt: now })
    .where(and(eq(shops.id, shopId), or(isNull(shops.pausedUntil), lt(shops.pausedUntil, until))));
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
