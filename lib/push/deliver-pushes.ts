import { and, asc, eq, exists, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { pushDevices, pushes, requestAnswers, roleGrants, shelfChecks, shops, subOrders } from '@/db/schema';
import type { Instant, PushId } from '@/lib/kernel';
import { MINUTE, plusMs } from '@/lib/kernel';
import type { Posted } from '@/lib/platform/post-message';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { configuredSender, type PushSender } from './push-sender';

const BATCH = 200;
const AT_ONCE = 8;

/** No other worker sends a push while one does; who dies meanwhile is followed by another after this. */
const CLAIM_MS = 2 * MINUTE;

type PushRow = typeof pushes.$inferSelect;

/**
 * Tells devices what is due: whatever quiet hours held back, and what a push service did not take before. What was answered meanwhile or came
 * too late is told nobody. Any number of workers may; a device is told once, or again under the same tag after a crash. Says how many pushes
 * were done.
 */
export async function deliverPushes(ports: Ports = systemPorts, sender: PushSender | undefined = configuredSender()): Promise<number> {
  if (sender === undefined) return 0;
  const now = ports.clock.now();
  const due = await claim(now);
  let done = 0;
  while (due.length > 0) {
    const finished = await Promise.all(due.splice(0, AT_ONCE).map((push) => deliver(push, sender, now)));
    done += finished.filter(Boolean).length;
  }
  return done;
}

async function claim(now: Instant): Promise<PushRow[]> {
  const due = reader()
    .select({ id: pushes.id })
    .from(pushes)
    .where(and(isNull(pushes.doneAt), lte(pushes.sendFrom, now), or(isNull(pushes.claimedUntil), lte(pushes.claimedUntil, now))))
    .orderBy(asc(pushes.sendFrom))
    .limit(BATCH)
    .for('update', { skipLocked: true });
  return reader()
    .update(pushes)
    .set({ claimedUntil: plusMs(now, CLAIM_MS) })
    .where(inArray(pushes.id, due))
    .returning();
}

async function deliver(push: PushRow, sender: PushSender, now: Instant): Promise<boolean> {
  const isOver = push.expiresAt <= now || !(await isStillAsked(push));
  if (isOver) return finish(push.id, push.toldDevices, now);
  const { id, title, body, path } = push;
  const keepSeconds = Math.max(0, Math.round((push.expiresAt - now) / 1_000));
  const pushing = { words: { title, body, path, tag: id }, keepSeconds, isUrgent: push.kind === 'order' };
  const told = [...push.toldDevices];
  let isWhole = true;
  for (const device of await devicesOf(push)) {
    if (told.includes(device.id)) continue;
    const posted = await sender.send(device, pushing);
    if (isGone(posted)) await reader().delete(pushDevices).where(eq(pushDevices.id, device.id));
    else if (isTaken(posted)) told.push(device.id);
    else isWhole = isWhole && !mayWorkLater(posted);
  }
  return isWhole ? finish(id, told, now) : later(id, told);
}

/** The browser gave its subscription up; nothing will ever reach it. */
function isGone(posted: Posted): boolean {
  return 'status' in posted && (posted.status === 404 || posted.status === 410);
}

function isTaken(posted: Posted): boolean {
  return 'status' in posted && posted.status >= 200 && posted.status < 300;
}

function mayWorkLater(posted: Posted): boolean {
  return 'status' in posted ? posted.status === 429 || posted.status >= 500 : posted.error !== 'address-not-allowed';
}

async function finish(id: PushId, toldDevices: readonly string[], now: Instant): Promise<true> {
  await reader()
    .update(pushes)
    .set({ doneAt: now, toldDevices: [...toldDevices], claimedUntil: null })
    .where(eq(pushes.id, id));
  return true;
}

async function later(id: PushId, toldDevices: readonly string[]): Promise<false> {
  await reader()
    .update(pushes)
    .set({ toldDevices: [...toldDevices], claimedUntil: null })
    .where(eq(pushes.id, id));
  return false;
}

/** The shop's devices of people who still work there. */
async function devicesOf({ shopId }: PushRow) {
  const works = reader()
    .select({ one: sql`1` })
    .from(roleGrants)
    .innerJoin(shops, eq(shops.id, shopId))
    .where(
      and(
        eq(roleGrants.personId, pushDevices.personId),
        or(eq(roleGrants.shopId, shopId), and(isNotNull(shops.networkId), eq(roleGrants.networkId, shops.networkId))),
      ),
    );
  return reader()
    .select()
    .from(pushDevices)
    .where(and(eq(pushDevices.shopId, shopId), exists(works)))
    .orderBy(asc(pushDevices.id));
}

/** Whether what is told still waits for the shop. */
async function isStillAsked({ kind, subject, shopId }: PushRow): Promise<boolean> {
  const one = { one: sql`1` };
  switch (kind) {
    case 'order': {
      const found = await reader()
        .select(one)
        .from(subOrders)
        .where(and(sql`${subOrders.id} = ${subject}`, eq(subOrders.state, 'offered')));
      return found.length > 0;
    }
    case 'shelf-check': {
      const found = await reader()
        .select(one)
        .from(shelfChecks)
        .where(and(sql`${shelfChecks.id} = ${subject}`, eq(shelfChecks.state, 'asked')));
      return found.length > 0;
    }
    case 'request': {
      const answers = and(
        sql`${requestAnswers.requestId} = ${subject}`,
        eq(requestAnswers.shopId, shopId),
        eq(requestAnswers.state, 'asked'),
      );
      const found = await reader().select(one).from(requestAnswers).where(answers);
      return found.length > 0;
    }
    case 'return':
    case 'test':
      return true;
  }
}
