import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@/lib/kernel';
import { MINUTE } from '@/lib/kernel';

/** The headers of a Standard Webhooks message, as they arrived. */
export type SignedHeaders = { readonly id: string; readonly timestamp: string; readonly signature: string };

/** A message of a webhook as it is signed (Standard Webhooks 1.0.0). */
export type SignedMessage = { readonly id: string; readonly timestampSeconds: number; readonly body: string | Uint8Array };

const PREFIX = 'whsec_';

/** A clock may be so far off; older messages may be repeats. */
const TOLERANCE_MS = 5 * MINUTE;

/** A new secret: 192 bits, as the standard writes them. */
export function newWebhookSecret(): string {
  return `${PREFIX}${randomBytes(24).toString('base64')}`;
}

/** The `webhook-signature` header of a message. */
export function signatureOf(secret: string, message: SignedMessage): string {
  return `v1,${digest(secret, message).toString('base64')}`;
}

/**
 * Does one of the signatures fit, and is the message recent? What a receiver of our webhooks does; several signatures mean that the
 * secret is being changed.
 */
export function isSignedBy(secret: string, message: SignedMessage, signatures: string, now: Instant): boolean {
  const age = now - message.timestampSeconds * 1_000;
  if (!Number.isSafeInteger(message.timestampSeconds) || Math.abs(age) > TOLERANCE_MS) return false;
  const expected = digest(secret, message);
  return signatures.split(' ').some((signature) => {
    const [version, text] = signature.split(',');
    const given = Buffer.from(text ?? '', 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function digest(secret: string, { id, timestampSeconds, body }: SignedMessage): Buffer {
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');
  return createHmac('sha256', key).update(`${id}.${timestampSeconds}.`).update(body).digest();
}
