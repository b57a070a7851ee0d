import { describe, expect, test } from 'vitest';
import { answerLine } from '@/lib/command/route';
import { readLines } from '@/lib/command/read-lines';
import type { InputLine } from '@/lib/command/read-lines';
import { provenCases } from './support/reference';

const good = provenCases().find((routing) => routing.id.startsWith('tiny-06'))!;
const goodLine = JSON.stringify(good);
const [line] = good.lines;
const [location] = good.locations;
const wishes = { wantsAlternatives: false, options: {} };
const withField = (change: object) => JSON.stringify({ ...good, ...change });

/** Lines that are no case, each with why. */
const malformed: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['blanks', '  \t '],
  ['broken JSON', '{"id":"x"'],
  ['NaN', goodLine.replace(/"qty":\d+/, '"qty":NaN')],
  ['a number beyond all numbers', goodLine.replace(/"qty":\d+/, '"qty":1e999')],
  ['a negative price', withField({ locations: [{ ...location, offers: [[line!.id, 1, -5]] }] })],
  ['a negative stock', withField({ locations: [{ ...location, offers: [[line!.id, -1, 5]] }] })],
  ['an unknown line', withField({ locations: [{ ...location, offers: [['nowhere', 1, 5]] }] })],
  ['an unknown tariff', withField({ tariffs: {} })],
  ['the same line twice', withField({ lines: [line, line] })],
  ['a quantity in words', withField({ lines: [{ ...line, qty: '2' }] })],
  ['a case in a list', `[${goodLine}]`],
  ['a bare number', '42'],
  ['null', 'null'],
  ['a list for an id', withField({ id: [1] })],
  ['a very long id', withField({ id: 'x'.repeat(10_000) })],
  ['weights no sum can hold', withField({ lines: [{ ...line, qty: 2 ** 30, grams: 2 ** 40 }] })],
  ['deep nesting', `{"format":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
  ['deep nesting where a text stands', withField({ id: 0 }).replace('"id":0', `"id":${'['.repeat(50_000)}${']'.repeat(50_000)}`)],
];

describe('a line that is no case is refused in one sentence', () => {
  test.each(malformed)('%s', (_, text) => {
    expect(answerLine(text, wishes)).toMatchObject({ status: 'refused', error: expect.stringMatching(/^[A-Z][^\n]+\.$/) });
  });
});

test('unknown fields are ignored wherever they stand', () => {
  const extra = { surprise: { deep: [1, [2]] } };
  const everywhere = {
    ...good,
    ...extra,
    lines: good.lines.map((one) => ({ ...one, ...extra })),
    tours: good.tours.map((one) => ({ ...one, ...extra })),
    locations: good.locations.map((one) => ({ ...one, ...extra, services: one.services.map((service) => ({ ...service, ...extra })) })),
  };
  expect(answerLine(JSON.stringify(everywhere), wishes)).toEqual(answerLine(goodLine, wishes));
});

test('an explanation comes when it is asked for', () => {
  expect(answerLine(goodLine, wishes)).not.toHaveProperty('explain');
  expect(answerLine(goodLine, { ...wishes, wantsExplanation: true })).toMatchObject({ explain: { uses: expect.any(Array) } });
});

describe('lines of a stream', () => {
  async function read(pieces: readonly string[], most = 100): Promise<readonly InputLine[]> {
    const lines: InputLine[] = [];
    const stream = async function* () {
      for (const piece of pieces) yield Buffer.from(piece);
    };
    for await (const one of readLines(stream(), most)) lines.push(one);
    return lines;
  }
  const texts = (lines: readonly InputLine[]) => lines.map((one) => (one.kind === 'line' ? one.text : one.kind));

  test('are the same however the stream is cut', async () => {
    const text = 'one\n\ntwo é\nthree';
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(texts(await read([text.slice(0, cut), text.slice(cut)]))).toEqual(['one', '', 'two é', 'three']);
    }
  });

  test('that are too long are known without being kept, and the next is read', async () => {
    expect(texts(await read(['x'.repeat(60), 'x'.repeat(60), '\nnext\n']))).toEqual(['too-long', 'next']);
  });
});
