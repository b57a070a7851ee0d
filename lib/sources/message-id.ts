import { createHash } from 'node:crypto';
import type { Instant } from '@/lib/kernel';
import { MINUTE } from '@/lib/kernel';

/** The name of a message whose source gave it none: what it says, and in which minute. The same figure an hour later is news again. */
export function messageIdOf(body: string, now: Instant): string {
  return `${createHash('sha256').update(body).digest('base64url')}:${Math.floor(now / MINUTE)}`;
}
