import { createHmac, timingSafeEqual } from 'node:crypto';

type Encoding = 'hex' | 'base64';

/** The keyed digest that sources sign their messages with. */
export function hmac(algorithm: 'sha1' | 'sha256', secret: string, text: string, encoding: Encoding): string {
  return createHmac(algorithm, secret).update(text, 'utf8').digest(encoding);
}

/** Whether two signatures are the same, in the same time whatever they are. An empty one is none. */
export function isSame(expected: string, given: string | undefined): boolean {
  if (given === undefined || given === '') return false;
  const [ours, theirs] = [Buffer.from(expected), Buffer.from(given)];
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}
