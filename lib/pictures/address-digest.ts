import { createHash } from 'node:crypto';

/** What an address is known by: addresses may be longer than a key. */
export const digestOf = (address: string): string => createHash('sha256').update(address).digest('base64url');
