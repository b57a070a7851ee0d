import { randomBytes, randomFillSync } from 'node:crypto';
import { decodeTime, encodeTime, monotonicFactory } from 'ulid';
import type { IdKind, IdOf, Instant } from '@/lib/kernel';
import { idPrefixes, instant, invariant, parseId } from '@/lib/kernel';
import type { Clock } from './clock';
import { systemClock } from './clock';

/** Maker of new ids; passed into the engine, which must give the same answer for the same ids. */
export type Ids = { make<K extends IdKind>(kind: K): IdOf[K] };

/**
 * Ids that sort by the time of `clock`, also within one millisecond of one process.
 * `random` returns numbers in [0, 1); leave it out for the machine's own source.
 */
export function idsFrom(clock: Clock, random: () => number = secureRandom): Ids {
  const nextUlid = monotonicFactory(random);
  return {
    make<K extends IdKind>(kind: K): IdOf[K] {
      const id = parseId(kind, `${idPrefixes[kind]}_${nextUlid(clock.now())}`);
      invariant(id !== undefined, 'a made id reads back as an id');
      return id;
    },
  };
}

const pool = new Uint8Array(4_096);
let used = pool.length;

/** A number in [0, 1) of the machine's secure source, asked for thousands at once: an id takes sixteen of them. */
function secureRandom(): number {
  if (used >= pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return (pool[used++] ?? 0) / 256;
}

/** Ids by the machine's clock and its secure random source. */
export const systemIds: Ids = idsFrom(systemClock);

/** An unguessable link token: 256 bits, 43 characters that need no escaping in a URL. */
export function token(): string {
  return randomBytes(32).toString('base64url');
}

/** Below every id of a kind made at `moment` or later: what a clock finds by the key that is there anyway. */
export function leastIdAt(kind: IdKind, moment: Instant): string {
  return `${idPrefixes[kind]}_${encodeTime(moment)}`;
}

/** When an id was made: the time its ULID carries. */
export function timeOfId(id: string): Instant {
  return instant(decodeTime(id.slice(id.indexOf('_') + 1)));
}
