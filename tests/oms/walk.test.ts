import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Position } from '@/lib/kernel';
import { HOUR, MINUTE, instant, metresBetween, walkingMinutes } from '@/lib/kernel';
import { walkPast } from '@/lib/oms';
import type { WalkStop } from '@/lib/oms';

const now = instant(Date.UTC(2026, 5, 2, 8));
const at = (hours: number) => instant(now + Math.round(hours * HOUR));
const home: Position = { latitude: 45.19, longitude: 5.72 };

describe('one walk', () => {
  const anyStops = fc.array(
    fc.record({
      north: fc.integer({ min: -900, max: 900 }),
      east: fc.integer({ min: -900, max: 900 }),
      opens: fc.nat(120),
      open: fc.integer({ min: 20, max: 200 }),
    }),
    { minLength: 1, maxLength: 5 },
  );
  const stopOf = ({ north, east, opens, open }: { north: number; east: number; opens: number; open: number }, index: number): WalkStop => ({
    id: `stop ${index}`,
    at: { latitude: home.latitude + north / 111_195, longitude: home.longitude + east / 78_500 },
    open: { from: at(opens / 60), to: at((opens + open) / 60) },
  });

  /** Home again when one leaves now and passes them in this order; undefined when a shop has closed. */
  function homeBy(order: readonly WalkStop[], leave: number): number | undefined {
    let clock = leave;
    let here = home;
    for (const stop of order) {
      clock = Math.max(stop.open.from, clock + walkingMinutes(metresBetween(here, stop.at)) * MINUTE) + 3 * MINUTE;
      if (clock > stop.open.to) return undefined;
      here = stop.at;
    }
    return clock + walkingMinutes(metresBetween(here, home)) * MINUTE;
  }

  const orders = (stops: readonly WalkStop[]): readonly (readonly WalkStop[])[] =>
    stops.length === 0 ? [[]] : stops.flatMap((stop) => orders(stops.filter((other) => other !== stop)).map((rest) => [stop, ...rest]));

  test('is the one that is home first of all orders, keeps every closing time, and is left as late as that allows', () => {
    fc.assert(
      fc.property(anyStops, (rows) => {
        const stops = rows.map(stopOf);
        const walk = walkPast(home, stops, now);
        const best = orders(stops)
          .flatMap((order) => homeBy(order, now) ?? [])
          .toSorted((a, b) => a - b)[0];
        expect(walk?.backAt).toBe(best);
        if (!walk) return;
        const order = walk.order.flatMap((id) => stops.find((stop) => stop.id === id) ?? []);
        expect(homeBy(order, walk.leaveAt)).toBe(walk.backAt);
        expect(homeBy(order, walk.leaveAt + MINUTE) ?? Infinity).toBeGreaterThan(walk.backAt);
      }),
      { numRuns: 60 },
    );
  });

  test('does not exist past a shop that closes before its bag is ready to be reached, or past nothing', () => {
    const closing = stopOf({ north: 5_000, east: 0, opens: 0, open: 20 }, 0);
    expect([walkPast(home, [closing], now), walkPast(home, [], now)]).toEqual([undefined, undefined]);
  });
});
