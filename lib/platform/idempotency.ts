import type { SQL } from 'drizzle-orm';
import { and, eq, sql } from 'drizzle-orm';
import { idempotencyKeys } from '@/db/schema';
import type { Branded, Instant, Result } from '@/lib/kernel';
import { dateOf, instant, ok } from '@/lib/kernel';
import type { Reader, Tx } from './transaction';

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

/** How long a call may take before somebody else may try what it began. */
const IN_PROGRESS_MS = 60_000;

/** What a key stands for at a door: which call, and its answer once there is one. */
export type KeptAnswer = { readonly call: string; readonly status: number; readonly body: unknown };

export type AnswerClaim =
  /** Nobody did it yet: do it, and keep the answer. */
  | { readonly kind: 'mine' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  /** Somebody is at it now. */
  | { readonly kind: 'in-progress' }
  /** The key was used for another call. */
  | { readonly kind: 'other-call' };

/**
 * The claim of a door, around use-cases that each have a transaction of their own. `call` names the whole call (way, path, body), so that
 * a key is never answered with something else. A claim whose call died is given away after a minute: what a door calls must bear being
 * done again.
 */
export async function claimAnswer(
  from: Reader,
  claim: { caller: string; key: IdempotencyKey; call: string; now: Instant },
): Promise<AnswerClaim> {
  const { caller, key, call, now } = claim;
  const begun = { call, status: 0, body: null } satisfies KeptAnswer;
  const claimed = await from
    .insert(idempotencyKeys)
    .values({ caller, key, answer: begun, createdAt: now })
    .onConflictDoUpdate({
      target: [idempotencyKeys.caller, idempotencyKeys.key],
      set: { createdAt: now },
      setWhere: sql`${idempotencyKeys.answer} ->> 'status' = '0' and ${idempotencyKeys.answer} ->> 'call' = ${call}
        and ${idempotencyKeys.createdAt} < ${dateOf(instant(now - IN_PROGRESS_MS)).toISOString()}::timestamptz`,
    })
    .returning({ key: idempotencyKeys.key });
  if (claimed.length > 0) return { kind: 'mine' };
  const [row] = await from.select({ answer: idempotencyKeys.answer }).from(idempotencyKeys).where(claimOf(caller, key));
  const kept = keptAnswer(row?.answer);
  if (kept === undefined || kept.call !== call) return { kind: 'other-call' };
  return kept.status === 0 ? { kind: 'in-progress' } : { kind: 'answered', answer: kept };
}

/** Keeps what was answered, for whoever comes again with the same key. */
export async function keepAnswer(from: Reader, claim: { caller: string; key: IdempotencyKey }, answer: KeptAnswer): Promise<void> {
  await from.update(idempotencyKeys).set({ answer }).where(claimOf(claim.caller, claim.key));
}

/** Nothing was done: the key may be used again. */
export async function giveUpClaim(from: Reader, claim: { caller: string; key: IdempotencyKey }): Promise<void> {
  await from.delete(idempotencyKeys).where(claimOf(claim.caller, claim.key));
}

function claimOf(caller: string, key: IdempotencyKey) {
  return and(eq(idempotencyKeys.caller, caller), eq(idempotencyKeys.key, key));
}

function keptAnswer(column: unknown): KeptAnswer | undefined {
  if (typeof column !== 'object' || column === null || !('call' in column) || !('status' in column)) return undefined;
  const { call, status } = column;
  return typeof call === 'string' && typeof status === 'number' ? { call, status, body: 'body' in column ? column.body : null } : undefined;
}

/**
 * The claim as a part of one statement that does all of the work: inserts the key with its answer where `only` holds, and returns it when
 * it was free. A statement that gets none back reads the first answer by `findAnswer`.
 */
export function claimInsert(claim: { caller: string; key: IdempotencyKey; answer: SQL; now: Instant }, only: SQL): SQL {
  const { caller, key, answer, now } = claim;
  return sql`insert into ${idempotencyKeys} (caller, key, answer, created_at)
    select ${caller}, ${key}, ${answer}, ${dateOf(now).toISOString()}::timestamptz where ${only}
    on conflict do nothing returning key`;
}

/** What was answered first; undefined when the key is free. */
export async function findAnswer(from: Reader, { caller, key }: { caller: string; key: IdempotencyKey }): Promise<unknown> {
  const [row] = await from.select({ answer: idempotencyKeys.answer }).from(idempotencyKeys).where(claimOf(caller, key));
  return row?.answer ?? undefined;
}
