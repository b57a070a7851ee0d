import { createHash, randomBytes } from 'node:crypto';
import { demoEntries } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import { DEMO_WEBHOOK_QUEUE, enqueue } from '@/lib/platform/jobs';
import type { Reader, Tx } from '@/lib/platform/transaction';

/** A message the demo provider owes us, waiting to be signed and sent. */
export type DemoWebhook = {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly data: { readonly object: { readonly id: string; readonly [key: string]: unknown } };
};

/** A reference the demo gives for a key: the same key is the same thing, as with the real provider. */
export function demoReference(prefix: string, key: string): string {
  return `${prefix}_demo_${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;
}

/** Notes a movement in the demo provider's books, once for a key. Says whether it was new. */
export async function noteDemoEntry(
  from: Reader,
  entry: Omit<typeof demoEntries.$inferInsert, 'idempotencyKey'> & { readonly idempotencyKey?: string },
): Promise<boolean> {
  const noted = await from
    .insert(demoEntries)
    .values({ ...entry, idempotencyKey: entry.idempotencyKey ?? entry.reference })
    .onConflictDoNothing()
    .returning({ reference: demoEntries.reference });
  return noted.length > 0;
}

/** Puts a message about an object into the demo's queue, `afterSeconds` from now, as often as `copies` says. */
export async function oweDemoWebhook(
  tx: Tx,
  message: { readonly type: string; readonly object: DemoWebhook['data']['object']; readonly now: Instant },
  { afterSeconds, copies = 1 }: { readonly afterSeconds?: number | undefined; readonly copies?: number | undefined } = {},
): Promise<void> {
  const data: DemoWebhook = {
    id: `evt_demo_${randomBytes(12).toString('hex')}`,
    type: message.type,
    created: Math.floor(message.now / 1000),
    data: { object: message.object },
  };
  const job = { data, ...(afterSeconds === undefined ? {} : { startAfterSeconds: afterSeconds }) };
  await enqueue(
    tx,
    DEMO_WEBHOOK_QUEUE,
    Array.from({ length: copies }, () => job),
  );
}
