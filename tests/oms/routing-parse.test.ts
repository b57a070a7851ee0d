import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerLine } from '@/lib/command/route';
import { parseCase, solve } from '@/lib/oms';
import { provenCases } from './support/reference';

const good = provenCases().find((routing) => routing.id.startsWith('tiny-06'))!;
const [line] = good.lines;
const [location] = good.locations;

function reasonFor(change: object): string | undefined {
  const parsed = parseCase({ ...good, ...change });
  return parsed.ok ? undefined : parsed.error.reason;
}

describe('a malformed case is refused in one sentence', () => {
  test.each([
    ['a negative quantity', { lines: [{ ...line, qty: -1 }] }],
    ['a quantity that is not a number', { lines: [{ ...line, qty: Number.NaN }] }],
    ['half a unit', { lines: [{ ...line, qty: 0.5 }] }],
    ['nothing wanted', { lines: [{ ...line, qty: 0 }] }],
    ['the same line twice', { lines: [line, line] }],
    ['the same location twice', { locations: [location, location] }],
    ['an offer for an unknown line', { lines: [] }],
    ['an unknown tour', { tours: [] }],
    ['an unknown tariff', { tariffs: {} }],
    [
      'a tariff named like a property of every object',
      { tariffs: {}, locations: [{ ...location, services: [{ ...location!.services[0]!, tariff: 'constructor' }] }] },
    ],
    [
      'tariff rows that decrease',
      {
        tariffs: {
          ...good.tariffs,
          post: [
            [5_000, 5_000, 900, 1, 0],
            [1_000, 5_000, 900, 1, 0],
          ],
        },
      },
    ],
    ['an unknown goal', { goal: 'best' }],
    ['a tour of nine stops', { tours: good.tours.map((tour) => ({ ...tour, maxStops: 9 })) }],
    [
      'amounts no sum can hold',
      {
        locations: good.locations.map((place) => ({
          ...place,
          bias: 2 ** 40,
          unitBias: 2 ** 40,
          offers: place.offers.map(([id]) => [id, 1, 2 ** 40]),
        })),
        lines: good.lines.map((one) => ({ ...one, qty: 2 ** 30 })),
      },
    ],
    ['a million lines', { lines: Array.from({ length: 1_000_000 }, (_, index) => ({ ...line, id: `L${index}` })) }],
    ['lines that are no list', { lines: 'many' }],
  ])('%s', (_, change) => {
    expect(reasonFor(change)).toMatch(/^[^.]+\.$/);
  });

  test.each([null, 7, 'case', [], {}])('%j', (input) => {
    expect(parseCase(input)).toMatchObject({ ok: false, error: { kind: 'malformed-case' } });
  });

  test('whatever comes, it is read or refused, and what is read can be solved', () => {
    const keys = Object.keys(good);
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 2 }), (key, value) => {
        const parsed = parseCase({ ...good, [key]: value });
        if (parsed.ok) expect(solve(parsed.value).caseId).toBe(parsed.value.id);
        else expect(parsed.error.reason).toMatch(/\.$/);
      }),
    );
  });
});

test('unknown fields are dropped and known ones kept', () => {
  const parsed = parseCase({ ...good, surprise: 1 });
  expect(parsed.ok && 'surprise' in parsed.value).toBe(false);
  expect(parsed.ok && parsed.value.locations.length).toBe(good.locations.length);
});

describe('a line of the pipe', () => {
  const wishes = { wantsAlternatives: false, options: {} };

  test("is answered with its case's id", () => {
    expect(answerLine(JSON.stringify(good), wishes)).toMatchObject({ caseId: good.id, status: 'optimal', value: { cents: 2_550 } });
  });

  test('that is no case is refused with one sentence and whatever id it has', () => {
    expect(answerLine('{"id":"x"', wishes)).toEqual({ caseId: null, status: 'refused', error: 'The line is not JSON.' });
    expect(answerLine('{"id":"x"}', wishes)).toMatchObject({ caseId: 'x', status: 'refused' });
  });

  test('can ask for alternatives, and for little work', () => {
    expect(answerLine(JSON.stringify(good), { ...wishes, wantsAlternatives: true })).toMatchObject({ caseId: good.id, isProven: true });
    expect(answerLine(JSON.stringify(good), { ...wishes, options: { maxNodes: 1 } })).toMatchObject({ caseId: good.id });
  });
});
