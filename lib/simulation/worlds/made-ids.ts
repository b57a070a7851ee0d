import { createHash } from 'node:crypto';
import type { IdKind, IdOf } from '@/lib/kernel';
import { idPrefixes, invariant, parseId } from '@/lib/kernel';

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An id that hangs on its name only: a simulation has no clock to make ids of. */
export function madeId<K extends IdKind>(kind: K, name: string): IdOf[K] {
  const hash = createHash('sha256').update(`${kind}:${name}`).digest();
  const body = Array.from(hash.subarray(0, 26), (byte, index) => (index === 0 ? '0' : letters[byte % 32])).join('');
  const id = parseId(kind, `${idPrefixes[kind]}_${body}`);
  invariant(id !== undefined, 'an id made of letters of the alphabet is one');
  return id;
}
