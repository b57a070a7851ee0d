import { createHash } from 'node:crypto';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { claimAnswer, giveUpClaim, idempotencyKey, keepAnswer } from '@/lib/platform/idempotency';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';

export type ClaimRefusal =
  { readonly kind: 'idempotency-key-missing' } | { readonly kind: 'idempotency-key-reused' } | { readonly kind: 'call-in-progress' };

export type Written = { readonly status: number; readonly body: unknown; readonly wasKept: boolean };

/**
 * Carries out a write once per caller and key; the same call again gets the first answer. A refusal frees the key: what was wrong may be
 * put right and sent again. `call` is everything that makes the call what it is.
 */
export async function claimWrite(
  { caller, key: text, call }: { readonly caller: string; readonly key: string; readonly call: readonly string[] },
  work: () => Promise<{ readonly status: number; readonly body: unknown }>,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<Written, ClaimRefusal>> {
  const key = idempotencyKey(text);
  if (key === undefined) return err({ kind: 'idempotency-key-missing' });
  const print = createHash('sha256').update(JSON.stringify(call)).digest('base64url');
  const claimed = await claimAnswer(reader(), { caller, key, call: print, now: clock.now() });
  if (claimed.kind === 'other-call') return err({ kind: 'idempotency-key-reused' });
  if (claimed.kind === 'in-progress') return err({ kind: 'call-in-progress' });
  if (claimed.kind === 'answered') return ok({ status: claimed.answer.status, body: claimed.answer.body, wasKept: true });
  try {
    const done = await work();
    if (done.status < 400) await keepAnswer(reader(), { caller, key }, { call: print, ...done });
    else await giveUpClaim(reader(), { caller, key });
    return ok({ ...done, wasKept: false });
  } catch (error) {
    await giveUpClaim(reader(), { caller, key });
    throw error;
  }
}
