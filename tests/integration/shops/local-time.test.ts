import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayKey, instant } from '@/lib/kernel';
import { momentOf, wallTimeAt } from '@/lib/shops';

const zones = [
  'Europe/Paris',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Africa/Casablanca',
  'UTC',
];
const anyMoment = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2080, 0, 1) });

/** The slow way, asking the zone's rules each time. */
function read(moment: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(moment);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return [of('year'), of('month'), of('day'), of('hour'), of('minute')].join(' ');
}

test('the wall clock read by quarters is the one read each time, in every zone, across every change of the clocks', () => {
  fc.assert(
    fc.property(anyMoment, fc.constantFrom(...zones), fc.integer({ min: -40, max: 40 }), (moment, zone, minutes) => {
      const near = instant(moment + minutes * 60_000);
      const { year, month, day, hour, minute } = wallTimeAt(near, zone);
      expect([year, month, day, hour, minute].join(' ')).toBe(read(near, zone));
      expect(dayKey(near, zone)).toBe(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
    }),
    { numRuns: 800 },
  );
});

test('around the change of the clocks in Paris every minute is right, and reading back gives the moment or its twin', () => {
  for (const change of [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)]) {
    for (let minutes = -130; minutes <= 130; minutes += 1) {
      const moment = instant(change + minutes * 60_000);
      const wall = wallTimeAt(moment, 'Europe/Paris');
      expect([wall.year, wall.month, wall.day, wall.hour, wall.minute].join(' ')).toBe(read(moment, 'Europe/Paris'));
      expect([0, -3_600_000]).toContain(momentOf(wall, 'Europe/Paris') - moment);
    }
  }
});
