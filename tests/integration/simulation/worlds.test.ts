import { expect, test } from 'vitest';
import { buildCity } from '@/db/seed';
import { compareWorlds } from '@/lib/simulation';
import { newAgenda } from '@/lib/simulation/worlds/agenda';
import { live } from '@/lib/simulation/worlds/live';
import { type Parameters, usualParameters } from '@/lib/simulation/worlds/parameters';
import { advance, availableOn, count, handOver, newShelf, pick } from '@/lib/simulation/worlds/shelf';
import { estimate, gini } from '@/lib/simulation/worlds/tally';
import { buildTown } from '@/lib/simulation/worlds/town';
import { DAY, instant, plusMs } from '@/lib/kernel';

const monday = instant(Date.UTC(2026, 4, 31, 22));
const wish = { seed: 7, days: 1, shops: 30, runs: 2, sweeps: false, until: Infinity, onProgress: () => {} };
const city = buildCity('7');
const town = buildTown(city, { seed: '7', shops: 5 }, usualParameters);

test('the same wish gives the same answer, and every line that was wanted is accounted for', () => {
  const [first, second] = [compareWorlds(wish), compareWorlds(wish)];
  expect(second).toEqual(first);
  for (const world of Object.values(first.worlds)) {
    expect(world.perceivedStockOuts.mean + world.fill.mean).toBeCloseTo(1, 9);
    expect(world.hadByNobody.mean).toBeLessThanOrEqual(1);
  }
  expect(first.compared.find((one) => one.measure === 'perceivedStockOuts' && one.against === 'isolated')?.claimed).toBe(-0.41);
});

test('within a network what a shelf lacks is carried to its counter, by the site’s own rule; shops that stand alone live as before', () => {
  const parameters = { ...usualParameters, wrongRecords: 0.9, broughtShare: 0, askedShare: 0, networkShare: 1 };
  const alone = { ...parameters, networkShare: 0 };
  const inTown = (seed: string, given: Parameters) => ({
    name: `${seed}/0`,
    town: buildTown(city, { seed, shops: 87 }, given),
    from: monday,
    days: 2,
    parameters: given,
  });
  const carries = (seed: string, given: Parameters) => live('ours', inTown(seed, given)).rescuedByCarrying > 0;
  // A carry is rare: one of a few towns has one, whatever the shops of the demo city sell.
  const seed = ['2', '7', '1', '3', '4', '5'].find((one) => carries(one, parameters));
  expect(seed).toBeDefined();
  expect(carries(seed!, alone)).toBe(false);
  expect(live('nearest', inTown(seed!, parameters))).toEqual(live('nearest', inTown(seed!, alone)));
});

test('a shelf never gives a unit twice, and a bag that left is off the shelf and the books', () => {
  const offer = [...town.offersOf.values()].flat().find((one) => one.onHand >= 4)!;
  const shelf = newShelf('run', offer, {
    grade: 'A',
    parameters: { ...usualParameters, turnoverDays: 1e9 },
    span: { from: monday, days: 3 },
  });
  shelf.claimed = 3;
  expect(pick(shelf, 3, monday)).toBe(true);
  expect(pick(shelf, shelf.truth - 2, monday)).toBe(false);
  expect([shelf.told, shelf.till]).toEqual([shelf.truth, shelf.truth]); // a miss puts the record right
  handOver(shelf, 3);
  expect([shelf.truth, shelf.claimed, shelf.setAside]).toEqual([offer.onHand - 3, 0, 0]);
  expect(availableOn(shelf)).toBe(shelf.truth);
});

test('what happens on a shelf does not hang on how often somebody looks', () => {
  const offer = [...town.offersOf.values()].flat().find((one) => one.onHand >= 10)!;
  const make = () => newShelf('run', offer, { grade: 'D', parameters: usualParameters, span: { from: monday, days: 9 } });
  const [once, often] = [make(), make()];
  for (let hour = 1; hour <= 8 * 24; hour += 1) advance(often, plusMs(monday, (hour * DAY) / 24), usualParameters);
  advance(once, plusMs(monday, 8 * DAY), usualParameters);
  expect([often.truth, often.till, often.told, often.asOf]).toEqual([once.truth, once.till, once.told, once.asOf]);
  count(once, plusMs(monday, 8 * DAY));
  expect(once.told).toBe(once.truth);
});

test('things happen in the order of time, and of two at one moment the one noted first', () => {
  const agenda = newAgenda();
  const seen: string[] = [];
  for (const [name, minutes] of [
    ['c', 5],
    ['a', 1],
    ['d', 5],
    ['b', 3],
  ] as const)
    agenda.note(plusMs(monday, minutes), (now) => {
      seen.push(name);
      if (name === 'a') agenda.note(plusMs(now, 1), () => seen.push('a2'));
    });
  agenda.run();
  expect(seen.join(' ')).toBe('a a2 b c d');
});

test('an interval has its mean in the middle and Student’s width; unevenness is none among equals', () => {
  const values = Array.from({ length: 30 }, (_, index) => index);
  const { mean, low, high } = estimate(values);
  expect(mean).toBe(14.5);
  expect(high - mean).toBeCloseTo(1.6991 * (8.8034 / Math.sqrt(30)), 2);
  expect(mean - low).toBeCloseTo(high - mean, 9);
  expect(gini([5, 5, 5])).toBeCloseTo(0, 9);
  expect(gini([0, 0, 9])).toBeCloseTo(2 / 3, 9);
});
