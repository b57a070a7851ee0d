import { createHash, randomBytes } from 'node:crypto';

/** Says what it is, so that a key found in a log or a repository is known for one. */
const PREFIX = 'halles_';

const shape = /^halles_[\w-]{43}$/;

/** A new key: 256 bits of chance. Shown once; only its hash is kept. */
export function newKeyText(): string {
  return `${PREFIX}${randomBytes(32).toString('base64url')}`;
}

/** Is this text shaped like a key at all? Spares the database a question. */
export function isKeyText(text: string): boolean {
  return shape.test(text);
}

/** What is kept of a key. A key is all chance, so one round of SHA-256 cannot be guessed back. */
export function keyHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** By what a person knows the key again. */
export function keyHint(text: string): string {
  return text.slice(-4);
}
