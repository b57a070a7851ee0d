import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EXACT_STOPS, orderRun } from '@/lib/oms';

type Point = readonly [number, number];
const anyPoint = fc.tuple(fc.integer({ min: -80, max: 80 }), fc.integer({ min: -80, max: 80 }));
const anyStops = fc.array(anyPoint, { maxLength: 14 });

const between = (a: Point, b: Point): number => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);

function lengthOf(way: readonly Point[]): number {
  return way.slice(1).reduce((sum, point, index) => sum + between(way[index]!, point), 0);
}

test('every stop is visited once, and what is said of the length is the length', () => {
  fc.assert(
    fc.property(anyStops, anyStops, (pickUps, doors) => {
      const order = orderRun(pickUps, doors);
      expect(order.pickUps.toSorted((a, b) => a - b)).toEqual(pickUps.map((_, index) => index));
      expect(order.doors.toSorted((a, b) => a - b)).toEqual(doors.map((_, index) => index));
      const way = [...order.pickUps.map((index) => pickUps[index]!), ...order.doors.map((index) => doors[index]!)];
      expect(order.length).toBe(lengthOf(way));
    }),
    { numRuns: 60 },
  );
});

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

test('no order of the same stops is shorter', () => {
  const few = fc.array(anyPoint, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(few, few, (pickUps, doors) => {
      const lengths = permutations(pickUps).flatMap((first) => permutations(doors).map((second) => lengthOf([...first, ...second])));
      expect(orderRun(pickUps, doors).length).toBe(Math.min(...lengths));
    }),
    { numRuns: 100 },
  );
});

test('a long run is no longer than going to the nearest each time', () => {
  const many = fc.array(anyPoint, { minLength: EXACT_STOPS + 1, maxLength: 20 });
  fc.assert(
    fc.property(many, (doors) => {
      const greedy = [doors[0]!];
      const left = doors.slice(1);
      while (left.length > 0) {
        const here = greedy.at(-1)!;
        const closest = left.reduce((best, point, index) => (between(here, point) < between(here, left[best]!) ? index : best), 0);
        greedy.push(...left.splice(closest, 1));
      }
      expect(orderRun([], doors).length).toBeLessThanOrEqual(lengthOf(greedy));
    }),
    { numRuns: 60 },
  );
});
