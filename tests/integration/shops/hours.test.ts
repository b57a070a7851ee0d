import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeHours, parseHoursCase } from '@/lib/command/hours-case';
import { DAY, instant, plusMs } from '@/lib/kernel';
import { momentOf, readHours } from '@/lib/shops';
import { grenoble } from '../../support/builders';

/** Worked out by hand with a French calendar of 2026 and 2027. */
const cases = [
  {
    values: ['Tu-Sa 09:30-12:30,14:00-19:00'],
    to: '2026-11-26 0:00',
    intervals: [
      ['25', '9:30', '12:30'],
      ['25', '14:00', '19:00'],
    ],
  },
  { values: ['Mo-Su 08:00-20:00; PH off', 'Mo-Su 08:00-20:00; Nov 11 off'], from: '2026-11-11 0:00', to: '2026-11-12 0:00', intervals: [] },
  { values: ['Sa 22:00-02:00'], from: '2026-11-28 0:00', to: '2026-11-30 0:00', stretches: [['2026-11-28 22:00', '2026-11-29 2:00']] },
  { values: ['week 01-53/2 We 10:00-12:00'], to: '2026-11-26 0:00', intervals: [] },
  { values: ['week 02-53/2 We 10:00-12:00'], to: '2026-11-26 0:00', intervals: [['25', '10:00', '12:00']] },
  { values: ['We[-1] 10:00-12:00', 'We[4] 10:00-12:00'], to: '2026-11-26 0:00', intervals: [['25', '10:00', '12:00']] },
  { values: ['Dec 24,Nov 25: 18:00-22:00', 'Nov 25 18:00-22:00'], to: '2026-11-26 0:00', intervals: [['25', '18:00', '22:00']] },
  {
    values: ['Mo-Fr 10:00-12:00; 2026 Nov 20-Dec 02 off', 'Mo-Fr 10:00-12:00; 2026 Nov 20-Jan 02 off'],
    to: '2026-11-26 0:00',
    intervals: [],
  },
  {
    values: ['Mo-Fr 10:00-12:00 || "sur rendez-vous"'],
    from: '2026-11-25 11:00',
    to: '2026-11-25 14:00',
    stretches: [
      ['2026-11-25 11:00', '2026-11-25 12:00'],
      ['2026-11-25 12:00', '2026-11-25 14:00', true, 'sur rendez-vous'],
    ],
  },
].map(({ values, from = '2026-11-25 0:00', to, intervals = [], stretches }) => ({
  kind: 'intervals',
  name: values[0],
  values,
  location: 'fr',
  from,
  to,
  intervals: stretches ?? intervals.map(([day, opens, closes]) => [`2026-11-${day} ${opens}`, `2026-11-${day} ${closes}`]),
}));

describe('opening hours', () => {
  test.each(cases)('$name', (asked) => {
    const parsed = parseHoursCase(JSON.stringify(asked));
    expect(parsed.ok && judgeHours(parsed.value)).toEqual([]);
  });

  test('what differs is said, and a case that is none is a sentence', () => {
    const wrong = parseHoursCase(JSON.stringify({ ...cases[0], intervals: [] }));
    expect(wrong.ok && judgeHours(wrong.value)).toEqual([
      'Tu-Sa 09:30-12:30,14:00-19:00: "Tu-Sa 09:30-12:30,14:00-19:00" gives 2026-11-25 09:30 to 2026-11-25 12:30 as number 1, not nothing.',
    ]);
    expect(parseHoursCase('{"kind":"intervals"}').ok).toBe(false);
    expect(parseHoursCase('no JSON')).toEqual({ ok: false, error: 'This line is not JSON.' });
  });

  test('what cannot be read is a sentence about the text', () => {
    for (const text of [
      '',
      '   ',
      'quand il fait beau',
      'Mo-Tr 17:00-20:00',
      'Mo 25:99',
      '"',
      ';;;',
      'Mo-Fr 10:00-'.repeat(50),
      '20262026;Jan;Fr',
    ]) {
      const read = readHours(text, grenoble);
      expect(read.ok ? undefined : read.error.sentence, text).toMatch(/\S/);
      expect(read.ok ? 0 : read.error.sentence.length).toBeLessThanOrEqual(300);
    }
  });

  test('the sun is the sun of the place, on the clock of the place', () => {
    const read = readHours('sunrise-sunset', grenoble);
    const noon = momentOf({ year: 2026, month: 6, day: 21, hour: 0, minute: 0 }, 'Europe/Paris');
    const found = read.ok ? read.value.intervals(noon, plusMs(noon, DAY)) : undefined;
    const [day] = found?.ok ? found.value : [];
    // Grenoble on the longest day: 05:52 to 21:29, by the almanac.
    expect(Math.abs((day?.from ?? 0) - Date.UTC(2026, 5, 21, 3, 52))).toBeLessThanOrEqual(3 * 60_000);
    expect(Math.abs((day?.to ?? 0) - Date.UTC(2026, 5, 21, 19, 29))).toBeLessThanOrEqual(3 * 60_000);
  });

  test('a sunset where the sun does not set is a sentence, not an end of everything', () => {
    const read = readHours('10:00-sunset', { ...grenoble, timeZone: 'Europe/Oslo', country: 'NO', latitude: 78.2, longitude: 15.6 });
    const found = read.ok ? read.value.intervals(instant(Date.UTC(2026, 5, 20)), instant(Date.UTC(2026, 5, 22))) : read;
    expect(found.ok ? undefined : found.error.sentence).toMatch(/sunset/);
  });

  test('nothing typed is a crash, and the zone of the server is what it was', () => {
    const zone = new Date(2026, 6, 1).getTimezoneOffset();
    const pieces = fc.constantFrom(
      'Mo',
      '-',
      'Fr',
      ' ',
      '10:00',
      '+',
      ',',
      ';',
      'off',
      'PH',
      'SH',
      'week',
      '"x"',
      '[1]',
      '||',
      'Jan',
      '24/7',
      'é',
      '2026',
      '/',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const read = readHours(parts.join(''), grenoble);
        if (read.ok)
          expect(typeof read.value.intervals(instant(Date.UTC(2026, 10, 25)), instant(Date.UTC(2026, 10, 27))).ok).toBe('boolean');
      }),
      { numRuns: 150 },
    );
    expect(new Date(2026, 6, 1).getTimezoneOffset()).toBe(zone);
  });
});
