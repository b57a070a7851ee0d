import { and, eq, ne } from 'drizzle-orm';
import { sourceConnections, sourceMessages } from '@/db/schema';
import type { Instant, Result } from '@/lib/kernel';
import { err, instant, ok } from '@/lib/kernel';
import { enqueue, SOURCE_QUEUE } from '@/lib/platform/jobs';
import { observed } from '@/lib/platform/log';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { ConnectionRow } from './connection-row';
import { secretsOf } from './connection-row';
import type { Heard, SourceMessage } from './connector';
import { connectorOf } from './connectors';
import type { SourcePorts } from './ports';
import { sourcePorts } from './ports';
import { dropGone } from './run-connection';
import { medianAge, recordCounts } from './take/record-counts';

type HearRefusal =
  { readonly kind: 'connection-not-found' } | { readonly kind: 'wrong-signature' } | { readonly kind: 'message-unreadable' };

type Outcome = Result<'heard' | 'repeated' | 'paused', HearRefusal>;

async function findByHook(hookToken: string): Promise<ConnectionRow | undefined> {
  const [row] = await reader()
    .select()
    .from(sourceConnections)
    .where(and(eq(sourceConnections.hookToken, hookToken), ne(sourceConnections.state, 'removed')));
  return row;
}

/**
 * A message of a shop's source: "there are 4 now", "this is no more", "something changed". Believed only with the source's signature; the
 * same message twice is one. What it counts is a count at the source's instant, so that a late one changes nothing that is newer.
 */
export async function hearSource(hookToken: string, message: SourceMessage, ports: SourcePorts = sourcePorts()): Promise<Outcome> {
  return observed({ useCase: 'hear-source', actor: 'nobody', ids: {} }, async (): Promise<Outcome> => {
    const row = await findByHook(hookToken);
    const webhook = row && connectorOf(row.kind)?.webhook;
    if (row === undefined || webhook === undefined) return err({ kind: 'connection-not-found' });
    const secrets = secretsOf(row);
    const settings = { ...row.settings, ...secrets };
    if (secrets === undefined || !webhook.isGenuine(message, settings, ports.clock.now())) return err({ kind: 'wrong-signature' });
    if (row.state === 'paused') return ok('paused');
    const read = webhook.read(message, settings, ports.clock.now());
    if (!read.ok) return err({ kind: 'message-unreadable' });
    if (read.value.isGreeting === true) return ok('heard');
    if (await isKnown(row, read.value.messageId)) return ok('repeated');
    await act(row, read.value, ports);
    return ok('heard');
  });
}

async function isKnown({ id }: ConnectionRow, messageId: string): Promise<boolean> {
  const [known] = await reader()
    .select({ id: sourceMessages.messageId })
    .from(sourceMessages)
    .where(and(eq(sourceMessages.connectionId, id), eq(sourceMessages.messageId, messageId)));
  return known !== undefined;
}

/** Each effect bears being repeated, so the message is noted last: one that was cut short is carried out by its second arrival. */
async function act(row: ConnectionRow, heard: Heard, ports: SourcePorts): Promise<void> {
  const now = ports.clock.now();
  const ours = (theirs: Instant | undefined): Instant => (theirs === undefined ? now : instant(Math.min(now, theirs - row.skewMs)));
  const counts = heard.counts.map(({ stockRef, quantity, countedAt }) => {
    const asOf = ours(countedAt);
    return { stockRef, quantity, asOf, key: countedAt === undefined ? heard.messageId : `${countedAt}:${quantity}` };
  });
  // From the first genuine message on, this connection is one that tells by itself.
  const telling = { ...row, heardAt: now };
  const changed = await recordCounts(telling, counts, ports);
  if (heard.gone.length > 0) await dropGone(row, heard.gone, ports);
  const lagMs = changed === 0 ? undefined : medianAge(counts.map(({ asOf }) => now - asOf));
  await withTransaction(async (tx) => {
    await tx.insert(sourceMessages).values({ connectionId: row.id, messageId: heard.messageId, receivedAt: now }).onConflictDoNothing();
    await tx
      .update(sourceConnections)
      .set({ heardAt: now, ...(lagMs === undefined ? {} : { lagMs }), ...(heard.asksForPull ? { nextPullAt: now } : {}) })
      .where(eq(sourceConnections.id, row.id));
    if (heard.asksForPull) await enqueue(tx, SOURCE_QUEUE, [{ data: { connectionId: row.id } }]);
    return ok(undefined);
  });
}
