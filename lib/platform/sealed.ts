import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { env } from './env';

/** Which key a sealed text was made with; a second one can be told from the first when there is one. */
const VERSION = 'v1';

/**
 * The key of one purpose, derived from the installation's secret: whoever has a copy of the database alone reads nothing.
 * Source: HKDF, RFC 5869.
 */
function keyFor(purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', env().authSecret, 'halles', `sealed ${VERSION} ${purpose}`, 32));
}

/**
 * Makes a text unreadable without the installation's secret (AES-256-GCM). `owner` names the row it is kept in: a sealed text that is
 * moved to another row does not open there.
 */
export function seal(plain: string, { purpose, owner }: { readonly purpose: string; readonly owner: string }): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return [VERSION, ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.');
}

/** Reads a sealed text again; undefined when it was changed, moved to another row, or made with another installation's secret. */
export function unseal(text: string, { purpose, owner }: { readonly purpose: string; readonly owner: string }): string | undefined {
  const [version, nonce, tag, sealed] = text.split('.');
  if (version !== VERSION || nonce === undefined || tag === undefined || sealed === undefined) return undefined;
  try {
    const key = keyFor(purpose);
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(owner)).setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(sealed, 'base64url')), decipher.final()]).toString('utf8');
  } catch {
    return undefined; // GCM says no more than "not this"
  }
}
