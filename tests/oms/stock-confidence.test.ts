import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR } from '@/lib/kernel';
import { confidenceBps, confidenceWord, rememberPicks, sourceGrades, staleAfterMs } from '@/lib/oms';

const picks = fc.record({ found: fc.nat({ max: 200 }), missed: fc.nat({ max: 200 }) });
const evidence = fc.record({
  grade: fc.constantFrom(...sourceGrades),
  ageMs: fc.nat({ max: 400 * DAY }),
  onHand: fc.integer({ min: 1, max: 500 }),
  found: fc.nat({ max: 40 }),
  missed: fc.nat({ max: 40 }),
});

test('a figure is believed less with age and after a miss, more after a find, and never more than nearly surely', () => {
  fc.assert(
    fc.property(evidence, fc.integer({ min: HOUR, max: 60 * DAY }), (known, later) => {
      const now = confidenceBps(known);
      expect(now).toBeGreaterThan(0);
      expect(now).toBeLessThanOrEqual(9_900);
      expect(confidenceBps({ ...known, ageMs: known.ageMs + later })).toBeLessThanOrEqual(now);
      expect(confidenceBps({ ...known, missed: known.missed + 1 })).toBeLessThanOrEqual(now);
      expect(confidenceBps({ ...known, found: known.found + 1 })).toBeGreaterThanOrEqual(now);
      expect(confidenceBps({ ...known, onHand: 0 })).toBe(0);
    }),
  );
});

test('whoever has just looked is believed, whatever the grade; the look wears off, and never makes a record worse', () => {
  fc.assert(
    fc.property(evidence, (known) => {
      expect(confidenceWord(confidenceBps({ ...known, lookedMs: 0 }))).toBe('confirmed');
      expect(confidenceBps({ ...known, lookedMs: 90 * DAY })).toBe(confidenceBps(known));
      expect(confidenceBps({ ...known, lookedMs: 3 * DAY })).toBeGreaterThanOrEqual(confidenceBps(known));
    }),
  );
});

test('a better source may be silent for longer before its figures are no longer sold by', () => {
  const ages = sourceGrades.map(staleAfterMs);
  expect(ages).toEqual(ages.toSorted((a, b) => b - a));
  expect(ages.map((age) => age / DAY)).toEqual([120, 84, 56, 40, 28]);
});

test('picks are remembered in proportion, forty at most, so that a shop may change its ways', () => {
  fc.assert(
    fc.property(picks, picks, (known, added) => {
      const { found, missed } = rememberPicks(known, added);
      expect(Math.min(found, missed)).toBeGreaterThanOrEqual(0);
      expect(found + missed).toBeLessThanOrEqual(40);
    }),
  );
  let known = { found: 0, missed: 40 };
  for (let time = 0; time < 60; time += 1) known = rememberPicks(known, { found: 1, missed: 0 });
  expect(known.found / (known.found + known.missed)).toBeGreaterThan(0.75);
});
