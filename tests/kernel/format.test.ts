import { describe, expect, test } from 'vitest';
import {
  daysAhead,
  formatDay,
  formatDistance,
  formatMoney,
  formatMoneyDifference,
  formatTime,
  formatTimeRange,
  instant,
  minor,
  moneyOf,
  NBSP,
  priceParts,
  sentenceCase,
  startOfDay,
  walkingMinutes,
} from '@/lib/kernel';

const paris = 'Europe/Paris';
const at = (iso: string) => instant(Date.parse(iso));

describe('money', () => {
  test('a French price keeps its sign beside it, an English one before it', () => {
    expect(formatMoney(moneyOf(minor(3490)), 'fr')).toBe(`34,90${NBSP}€`);
    expect(formatMoney(moneyOf(minor(3490)), 'en')).toBe('€34.90');
  });

  test('the parts of a displayed price joined are the price', () => {
    for (const amount of [0, 5, 99, 100, 3490, 123_456_789]) {
      for (const locale of ['fr', 'en'] as const) {
        const { before, units, cents, after } = priceParts(moneyOf(minor(amount)), locale);
        expect(before + units + cents + after).toBe(formatMoney(moneyOf(minor(amount)), locale));
      }
    }
  });

  test('a difference says its sign, and nothing when there is none', () => {
    expect(formatMoneyDifference(moneyOf(minor(160)), 'fr')).toBe(`+${NBSP}1,60${NBSP}€`);
    expect(formatMoneyDifference(moneyOf(minor(-390)), 'fr')).toBe(`\u2212${NBSP}3,90${NBSP}€`);
    expect(formatMoneyDifference(moneyOf(minor(0)), 'fr')).toBe(`0,00${NBSP}€`);
  });
});

describe('time', () => {
  test('a French hour is written with h, without minutes on the hour', () => {
    expect(formatTime(at('2026-11-24T15:30:00Z'), 'fr', paris)).toBe(`16${NBSP}h${NBSP}30`);
    expect(formatTime(at('2026-11-24T08:00:00Z'), 'fr', paris)).toBe(`9${NBSP}h`);
  });

  test('an English hour has its half of the day', () => {
    expect(formatTime(at('2026-11-24T15:30:00Z'), 'en', paris)).toBe(`4:30${NBSP}pm`);
    expect(formatTime(at('2026-11-24T23:05:00Z'), 'en', paris)).toBe(`12:05${NBSP}am`);
    expect(formatTime(at('2026-11-24T11:00:00Z'), 'en', paris)).toBe(`12${NBSP}pm`);
  });

  test('a window stays on one line', () => {
    expect(formatTimeRange(at('2026-11-24T08:00:00Z'), at('2026-11-24T11:00:00Z'), 'fr', paris)).not.toMatch(/[ \n]/);
  });

  test('days are those of the city, not of the server', () => {
    const now = at('2026-11-24T22:30:00Z'); // 23 h 30 in Paris
    expect(daysAhead(at('2026-11-24T23:30:00Z'), now, paris)).toBe(1);
    expect(formatDay(at('2026-11-24T23:30:00Z'), now, 'fr', paris)).toBe('demain');
    expect(sentenceCase(formatDay(now, now, 'fr', paris), 'fr')).toBe('Aujourd’hui');
    expect(formatDay(at('2026-11-26T11:00:00Z'), now, 'fr', paris)).toBe('jeudi');
    expect(formatDay(at('2026-12-03T11:00:00Z'), now, 'fr', paris)).toBe('jeudi 3 décembre');
    expect(formatDay(at('2026-12-01T11:00:00Z'), now, 'fr', paris)).toBe('mardi 1er décembre');
    expect(formatDay(at('2026-12-11T11:00:00Z'), now, 'fr', paris)).toBe('vendredi 11 décembre');
  });

  test('a day begins at its own midnight, also when the clocks change in it', () => {
    expect(startOfDay(at('2026-03-29T10:00:00Z'), paris)).toBe(at('2026-03-28T23:00:00Z'));
    expect(startOfDay(at('2026-10-25T10:00:00Z'), paris)).toBe(at('2026-10-24T22:00:00Z'));
    expect(startOfDay(at('2026-11-24T10:20:30Z'), paris)).toBe(at('2026-11-23T23:00:00Z'));
  });
});

test('a distance is said in the unit a walker thinks in', () => {
  expect(formatDistance(447, 'fr')).toMatch(/^450\sm$/);
  expect(formatDistance(1240, 'fr')).toMatch(/^1,2\skm$/);
  expect(walkingMinutes(10)).toBe(1);
  expect(walkingMinutes(400)).toBe(7);
});
