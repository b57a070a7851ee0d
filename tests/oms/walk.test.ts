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
    { minLength: 1, maxLength: 4 },
  );
  type Row = { readonly north: number; readonly east: number; readonly opens: number; readonly open: number };
  const stopOf = ({ north, east, opens, open }: Row, index: number): WalkStop => ({
    id: `stop ${index}`,
    at: { latitude: home.latitude + north / 111_195, longitude: home.longitude + east / 78_500 },
    hours: [opens, opens + open + 60].map((from) => ({ from: at(from / 60), to: at((from + open) / 60) })),
  });

  /** Home again when one leaves then and passes them in this order; undefined when a shop has closed for good. */
  function homeBy(order: readonly WalkStop[], leave: number): number | undefined {
    let clock = leave;
    let here = home;
    for (const stop of order) {
      const arrived = clock + walkingMinutes(metresBetween(here, stop.at)) * MINUTE;
      const open = stop.hours.find(({ from, to }) => Math.max(from, arrived) + 3 * MINUTE <= to);
      if (!open) return undefined;
      clock = Math.max(open.from, arrived) + 3 * MINUTE;
      here = stop.at;
    }
    return clock + walkingMinutes(metresBetween(here, home)) * MINUTE;
  }

  const orders = (stops: readonly WalkStop[]): readonly (readonly WalkStop[])[] =>
    stops.length === 0 ? [[]] : stops.flatMap((stop) => orders(stops.filter((other) => other !== stop)).map((rest) => [stop, ...rest]));
  const everyMinute = Array.from({ length: 600 }, (_, minute) => now + minute * MINUTE);

  test('is the briefest of all orders and hours to leave at, waiting included, and of those the one that is home first', () => {
    fc.assert(
      fc.property(anyStops, fc.integer({ min: 10, max: 90 }), (rows, mostMinutes) => {
        const stops = rows.map(stopOf);
        const walk = walkPast(home, stops, { from: now, mostMinutes });
        const all = orders(stops).flatMap((order) =>
          everyMinute.flatMap((leave) => ((homeBy(order, leave) ?? Infinity) - leave <= mostMinutes * MINUTE ? [{ order, leave }] : [])),
        );
        const lasting = all.map(({ order, leave }) => ({ back: homeBy(order, leave) ?? 0, took: (homeBy(order, leave) ?? 0) - leave }));
        const best = lasting.toSorted((a, b) => a.took - b.took || a.back - b.back)[0];
        expect(walk && { back: walk.backAt, took: walk.backAt - walk.leaveAt }).toEqual(best);
        if (!walk) return;
        const order = walk.order.flatMap((id) => stops.find((stop) => stop.id === id) ?? []);
        expect(homeBy(order, walk.leaveAt)).toBe(walk.backAt);
      }),
      { numRuns: 40 },
    );
  });

  test('does not exist past a shop that closes before its bag can be reached, or past nothing', () => {
    const limits = { from: now, mostMinutes: 300 };
    const closing = { ...stopOf({ north: 5_000, east: 0, opens: 0, open: 20 }, 0) };
    const today = { ...closing, hours: closing.hours.slice(0, 1) };
    expect([walkPast(home, [today], limits), walkPast(home, [], limits)]).toEqual([undefined, undefined]);
  });
});
