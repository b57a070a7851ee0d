import { and, eq, ne } from 'drizzle-orm';
import { sourceConnections } from '@/db/schema';
import type { ConnectionId, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { enqueue, SOURCE_QUEUE } from '@/lib/platform/jobs';
import { observed } from '@/lib/platform/log';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { findConnection } from './connection-row';
import type { SourceFault } from './fault';
import { openConnection } from './open-connection';
import type { SourcePorts } from './ports';
import { sourcePorts } from './ports';

type ConnectionNotFound = { readonly kind: 'connection-not-found' };
type TestRefusal = ConnectionNotFound | { readonly kind: 'source-said-no'; readonly fault: SourceFault };

type Changed = Result<undefined, ConnectionNotFound>;
type Step = 'pause-connection' | 'resume-connection' | 'ask-now' | 'remove-connection';

/** "Tester": asks the source whether the key works, now; nothing is taken over. */
export async function testConnection(
  scope: ShopScope,
  connectionId: ConnectionId,
  ports: SourcePorts = sourcePorts(),
): Promise<Result<{ readonly shopName: string }, TestRefusal>> {
  type Outcome = Result<{ readonly shopName: string }, TestRefusal>;
  const ids = { shopId: scope.shopId, connectionId };
  return observed({ useCase: 'test-connection', actor: scope.kind, ids }, async (): Promise<Outcome> => {
    const row = await findConnection(reader(), scope, connectionId);
    if (row === undefined) return err({ kind: 'connection-not-found' });
    const opened = openConnection(row, ports);
    const checked = opened.ok ? await opened.value.connector.check(opened.value.call) : opened;
    return checked.ok ? checked : err({ kind: 'source-said-no', fault: checked.error });
  });
}

function change(scope: ShopScope, connectionId: ConnectionId, useCase: Step, ports: SourcePorts): Promise<Changed> {
  const now = ports.clock.now();
  const set = {
    'pause-connection': { state: 'paused' as const, leasedUntil: null },
    'resume-connection': { state: 'active' as const, nextPullAt: now, failures: 0, leasedUntil: null },
    'ask-now': { nextPullAt: now },
    // What was sealed is forgotten with it; what it brought stays the shop's.
    'remove-connection': { state: 'removed' as const, removedAt: now, sealed: '', settings: {}, leasedUntil: null },
  }[useCase];
  return observed({ useCase, actor: scope.kind, ids: { shopId: scope.shopId, connectionId } }, () =>
    withTransaction(async (tx): Promise<Changed> => {
      const changed = await tx
        .update(sourceConnections)
        .set(set)
        .where(
          and(eq(sourceConnections.id, connectionId), eq(sourceConnections.shopId, scope.shopId), ne(sourceConnections.state, 'removed')),
        )
        .returning({ id: sourceConnections.id });
      if (changed.length === 0) return err({ kind: 'connection-not-found' });
      if ('nextPullAt' in set) await enqueue(tx, SOURCE_QUEUE, [{ data: { connectionId } }]);
      return ok(undefined);
    }),
  );
}

/** The source is not asked and not listened to until somebody says otherwise; what it brought stays on sale, and its figures age. */
export const pauseConnection = (scope: ShopScope, connectionId: ConnectionId, ports: SourcePorts = sourcePorts()): Promise<Changed> =>
  change(scope, connectionId, 'pause-connection', ports);

/** Goes on where it stopped. */
export const resumeConnection = (scope: ShopScope, connectionId: ConnectionId, ports: SourcePorts = sourcePorts()): Promise<Changed> =>
  change(scope, connectionId, 'resume-connection', ports);

/** "Demander maintenant": does not wait for the next round. */
export const askNow = (scope: ShopScope, connectionId: ConnectionId, ports: SourcePorts = sourcePorts()): Promise<Changed> =>
  change(scope, connectionId, 'ask-now', ports);

/** Forgets the key and asks no more. What it brought stays the shop's: its offers go on, counted by people again. */
export const removeConnection = (scope: ShopScope, connectionId: ConnectionId, ports: SourcePorts = sourcePorts()): Promise<Changed> =>
  change(scope, connectionId, 'remove-connection', ports);
