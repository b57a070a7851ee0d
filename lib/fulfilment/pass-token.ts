import { createHmac, timingSafeEqual } from 'node:crypto';
import { env } from '@/lib/platform/env';

/**
 * What the pass's link and its QR carry: the sub-order's number and our signature. It opens the pass of that part and nothing else, so it
 * may be given to a friend who fetches it; a number alone opens nothing.
 */
export function passTokenOf(subOrderNumber: string): string {
  return `${subOrderNumber}.${signatureOf(subOrderNumber)}`;
}

/** The sub-order's number when the token is one of ours. */
export function readPassToken(text: string): string | undefined {
  const [, number, signature] = /^(H-\d{1,12}-\d{1,3})\.([\w-]{22})$/.exec(text.trim()) ?? [];
  if (number === undefined || signature === undefined) return undefined;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(number))) ? number : undefined;
}

function signatureOf(number: string): string {
  return createHmac('sha256', env().authSecret).update(`pickup pass ${number}`).digest('base64url').slice(0, 22);
}
