import { and, eq, inArray, isNotNull, lt, lte, ne } from 'drizzle-orm';
import { requests } from '@/db/schema';
import type { Actor, OperatorScope, RequestId, RequestScope, Result } from '@/lib/kernel';
import { DAY, err, ok, plusMs } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { KEPT_DAYS } from './limits';
import { forgetPhoto } from '@/lib/platform/files/photos';

type Ending = { readonly state: 'closed' | 'expired' | 'removed'; readonly actor: Actor };
type Ended = { readonly id: RequestId; readonly photoKey: string | null };

/** Ends what is still open of these: the address and the picture are forgotten, the words stay for whoever holds the link. */
async function end(tx: Tx, ids: readonly RequestId[], { state, actor }: Ending, ports: Ports): Promise<readonly Ended[]> {
  if (ids.length === 0) return [];
  const now = ports.clock.now();
  const open = await tx
    .select({ id: requests.id, photoKey: requests.photoKey })
    .from(requests)
    .where(and(inArray(requests.id, [...ids]), eq(requests.state, 'open')))
    .orderBy(requests.id)
    .for('update');
  const ended = open.map(({ id }) => id);
  if (ended.length === 0) return [];
  const words = state === 'removed' ? { words: '' } : {};
  await tx
    .update(requests)
    .set({ state, email: null, photoKey: null, endedAt: now, ...words })
    .where(inArray(requests.id, ended));
  const events = ended.map((id) => ({ name: 'RequestEnded', subject: id, facts: { requestId: id, state } }) as const);
  await appendEvents(tx, events, { actor, now, ids: ports.ids });
  return open;
}

const forgetPhotos = async (ended: readonly Ended[]): Promise<void> => {
  for (const { photoKey } of ended) await forgetPhoto(photoKey);
};

/** Whoever asked needs it no more. */
export async function closeRequest({ requestId }: RequestScope, ports: Ports = systemPorts): Promise<void> {
  const actor = { kind: 'shopper', id: undefined } as const;
  const ended = await withTransaction(async (tx) => ok(await end(tx, [requestId], { state: 'closed', actor }, ports)));
  if (ended.ok) await forgetPhotos(ended.value);
}

/** A moderator takes it away: words and picture are gone for everybody. */
export async function removeRequest(
  scope: OperatorScope,
  requestId: RequestId,
  ports: Ports = systemPorts,
): Promise<Result<void, { readonly kind: 'request-not-found' }>> {
  return observed({ useCase: 'remove-request', actor: scope.kind, ids: { requestId } }, async () => {
    const actor = { kind: 'operator', id: scope.personId } as const;
    const ended = await withTransaction(async (tx) => ok(await end(tx, [requestId], { state: 'removed', actor }, ports)));
    if (!ended.ok || ended.value.length === 0) return err({ kind: 'request-not-found' });
    await forgetPhotos(ended.value);
    return ok(undefined);
  });
}

const BATCH = 200;

/** Ends what ran out, and forgets what was over long ago. Any number of workers may do it at once. Gives how many ended. */
export async function expireRequests(ports: Ports = systemPorts): Promise<number> {
  const now = ports.clock.now();
  const ended = await withTransaction(async (tx) => {
    const due = await tx
      .select({ id: requests.id })
      .from(requests)
      .where(and(eq(requests.state, 'open'), lte(requests.expiresAt, now)))
      .orderBy(requests.id)
      .limit(BATCH)
      .for('update', { skipLocked: true });
    const ids = due.map(({ id }) => id);
    return ok(await end(tx, ids, { state: 'expired', actor: { kind: 'system', id: undefined } }, ports));
  });
  if (ended.ok) await forgetPhotos(ended.value);
  const counted = and(isNotNull(requests.askedBy), ne(requests.state, 'open'), lt(requests.askedAt, plusMs(now, -DAY)));
  await reader().update(requests).set({ askedBy: null }).where(counted); // limits look back a day
  const old = and(ne(requests.state, 'open'), lt(requests.endedAt, plusMs(now, -KEPT_DAYS * DAY)));
  const gone = await reader().delete(requests).where(old).returning({ id: requests.id, photoKey: requests.photoKey });
  await forgetPhotos(gone);
  return ended.ok ? ended.value.length : 0;
}
