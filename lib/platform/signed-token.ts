import { createHmac, timingSafeEqual } from 'node:crypto';
import { env } from './env';

const SIGNATURE_LENGTH = 22;

/** A text that may be public and our signature of it, for one purpose: a token of one purpose opens nothing of another. */
export function signedToken(purpose: string, text: string): string {
  return `${text}.${signatureOf(purpose, text)}`;
}

/** The text of a token of ours; undefined when it was never signed by us for this purpose. */
export function readSignedToken(purpose: string, token: string): string | undefined {
  const [, text, signature] = /^([\w-]{1,60})\.([\w-]{22})$/.exec(token.trim()) ?? [];
  if (text === undefined || signature === undefined) return undefined;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(purpose, text))) ? text : undefined;
}

function signatureOf(purpose: string, text: string): string {
  return createHmac('sha256', env().authSecret).update(`${purpose} ${text}`).digest('base64url').slice(0, SIGNATURE_LENGTH);
}
