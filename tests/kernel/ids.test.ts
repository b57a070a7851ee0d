import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IdKind } from '@/lib/kernel';
import { idPrefixes, parseId } from '@/lib/kernel';

const body = '01JD8Q4V7M3N5P6R8S9T0V1W2X';

describe('ids', () => {
  test('no two kinds share a prefix', () => {
    const prefixes = Object.values(idPrefixes);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });

  test('an id of one kind is never taken for another', () => {
    const kinds = Object.keys(idPrefixes) as IdKind[];
    for (const kind of kinds) {
      for (const other of kinds) {
        expect(parseId(other, `${idPrefixes[kind]}_${body}`) !== undefined).toBe(kind === other);
      }
    }
  });

  test('anything that is no id is undefined, never a throw', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseId('order', text)).toBeUndefined();
      }),
    );
  });
});
