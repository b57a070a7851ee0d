import { and, eq } from 'drizzle-orm';
import { idempotencyKeys } from '@/db/schema';
import type { Branded, Instant, Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import type { Tx } from './transaction';

/** Names one intention of one caller: the same key again means "the same thing", never "once more". */
export type IdempotencyKey = Branded<string, 'IdempotencyKey'>;

const shape = /^[\w:.-]{8,128}$/;

/** Reads a key from outside; `undefined` when it is no key (8 to 128 letters, digits, `_ : . -`). */
export function idempotencyKey(text: string): IdempotencyKey | undefined {
  return shape.test(text) ? (text as IdempotencyKey) : undefined;
}

/**
 * Does `work` once per caller and key. Inserting the key is the claim: a second caller waits for the first one's transaction
 * and gets its answer. An `err` rolls the claim back with everything else, so the key may be used again.
 * The value must survive JSON.
 */
export async function once<T, E>(
  tx: Tx,
  claim: { readonly caller: string; readonly key: IdempotencyKey; readonly now: Instant },
  work: () => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  const { caller, key, now } = claim;
  const claimed = await tx
    .insert(idempotencyKeys)
    .values({ caller, key, createdAt: now })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  const mine = and(eq(idempotencyKeys.caller, caller), eq(idempotencyKeys.key, key));
  if (claimed.length === 0) {
    const [first] = await tx.select({ answer: idempotencyKeys.answer }).from(idempotencyKeys).where(mine);
    return ok(first?.answer as T);
  }
  const outcome = await work();
  if (outcome.ok) await tx.update(idempotencyKeys).set({ answer: outcome.value }).where(mine);
  return outcome;
}
