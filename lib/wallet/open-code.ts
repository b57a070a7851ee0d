import type { Instant, Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { readCode } from './code';
import { mayTryCode, noteWrongCode } from './guess-limit';
import type { FoundVoucher } from './voucher-repository';
import { findByCode } from './voucher-repository';

export type CodeRefusal =
  /** Wrong, or of no voucher: the two are told alike. */
  { readonly kind: 'code-unknown' } | { readonly kind: 'too-many-codes' };

/** The voucher behind what somebody typed. `sender` is who is counted: a network address. Errors: one answer for every code that opens nothing. */
export async function openCode(
  from: Reader,
  { code, sender, now }: { readonly code: string; readonly sender: string; readonly now: Instant },
): Promise<Result<FoundVoucher, CodeRefusal>> {
  if (!mayTryCode(sender, now)) return err({ kind: 'too-many-codes' });
  const signs = readCode(code);
  const found = signs === undefined ? undefined : await findByCode(from, signs);
  if (found) return ok(found);
  noteWrongCode(sender, now);
  return err({ kind: 'code-unknown' });
}
