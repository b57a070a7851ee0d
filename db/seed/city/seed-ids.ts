import { createHash } from 'node:crypto';
import type { IdKind, IdOf } from '@/lib/kernel';
import { idPrefixes, invariant, parseId } from '@/lib/kernel';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The time part of every seeded ULID: 1 September 2026. Only the random part differs. */
const timePart = '01M1D47Z00';

/** Ids of the demo city: the same thing has the same id in every seeding with the same seed, so its tile never changes. */
export function seedIds(seed: string): <K extends IdKind>(kind: K, name: string) => IdOf[K] {
  return (kind, name) => {
    const digest = createHash('sha1').update(`${seed}\u0001${kind}\u0001${name}`).digest();
    let body = '';
    for (let at = 0; at < 16; at += 1) body += alphabet.charAt((digest[at] ?? 0) & 31);
    const id = parseId(kind, `${idPrefixes[kind]}_${timePart}${body}`);
    invariant(id !== undefined, 'a seeded id reads back as an id');
    return id;
  };
}
