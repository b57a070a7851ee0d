import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Instant, Interval, MerchantId, OfferId, Position, ShopId, StockLocationId } from '@/lib/kernel';
import { HOUR, instant, minor, quantity } from '@/lib/kernel';
import type { SourcingLocation, SourcingProblem } from '@/lib/oms';
import { fetchHours, shortestWalk, walkPast } from '@/lib/oms';

const now = instant(Date.UTC(2026, 5, 2, 8));
const at = (hours: number): Instant => instant(now + Math.round(hours * HOUR));
const home: Position = { latitude: 45.19, longitude: 5.72 };
const MOST = 90;

type Shop = { readonly x: number; readonly y: number; readonly ready: number; readonly closes: number; readonly has: readonly boolean[] };

const anyShop = fc.record({
  x: fc.integer({ min: -12, max: 12 }),
  y: fc.integer({ min: -12, max: 12 }),
  ready: fc.integer({ min: 0, max: 3 }),
  closes: fc.integer({ min: 1, max: 6 }),
  has: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
});

const hoursOf = ({ closes }: Shop): readonly Interval[] => [
  { from: at(0), to: at(closes) },
  { from: at(24), to: at(34) },
];

function problemOf(shops: readonly Shop[]): SourcingProblem {
  const locations = shops.map((shop, index): SourcingLocation => ({
    id: `loc_${index}` as StockLocationId,
    shopId: `shp_${index}` as ShopId,
    merchantId: `mer_${index}` as MerchantId,
    at: { latitude: home.latitude + shop.y / 1_000, longitude: home.longitude + shop.x / 1_000 },
    biasMinor: 0,
    unitBiasMinor: 0,
    services: [
      {
        method: 'pickup',
        rankingMinor: 0,
        co2Grams: 0,
        prices: [{ maxGrams: 9_999, maxCm3: 9_999, priceMinor: minor(0), parcels: 1, co2Grams: 0 }],
        windows: [{ maxUnits: 99, window: readyWindow(shop) }],
      },
    ],
  }));
  const lines = [0, 1, 2].map((line) => ({
    id: `l${line}`,
    quantity: quantity(1),
    weightGrams: 1,
    volumeCm3: 1,
    isSplittable: false,
    chosenShopId: null,
    offers: shops.flatMap((shop, index) =>
      shop.has[line]
        ? [
            {
              offerId: `off_${line}_${index}` as OfferId,
              locationId: `loc_${index}` as StockLocationId,
              available: quantity(1),
              priceMinor: minor(100),
              priceSteps: 1,
              riskMinor: 0,
            },
          ]
        : [],
    ),
  }));
  return { id: 'p', now, home, wishes: { deadline: null, maxParcels: null, maxSources: null, allowPartial: true }, lines, locations };
}

function readyWindow(shop: Shop): Interval {
  return shop.ready < shop.closes ? { from: at(shop.ready), to: at(shop.closes) } : { from: at(24), to: at(34) };
}

/** Every set of shops that has everything, walked past. */
function bruteForce(shops: readonly Shop[], problem: SourcingProblem): number {
  let best = Infinity;
  for (let set = 1; set < 1 << shops.length; set += 1) {
    const chosen = shops.map((shop, index) => ({ shop, index })).filter(({ index }) => set & (1 << index));
    if (![0, 1, 2].every((line) => chosen.some(({ shop }) => shop.has[line]))) continue;
    const stops = chosen.map(({ shop, index }) => ({
      id: `loc_${index}`,
      at: problem.locations[index]?.at ?? home,
      hours: fetchHours(hoursOf(shop), readyWindow(shop).from),
    }));
    const walk = walkPast(home, stops, { from: now, mostMinutes: MOST });
    if (walk) best = Math.min(best, walk.minutes);
  }
  return best;
}

const wishOf = (shops: readonly Shop[]) => ({
  home,
  hours: new Map(shops.map((shop, index) => [`loc_${index}`, hoursOf(shop)])),
  mostMinutes: MOST,
});

describe('the shortest walk that has everything', () => {
  test('is as short as the best of all sets of shops', () => {
    fc.assert(
      fc.property(fc.array(anyShop, { minLength: 1, maxLength: 7 }), (shops) => {
        const problem = problemOf(shops);
        const found = shortestWalk(problem, wishOf(shops));
        expect(found?.walk.minutes ?? Infinity).toBe(bruteForce(shops, problem));
        for (const line of found ? problem.lines : [])
          expect(line.offers.some((offer) => found?.places.includes(offer.locationId))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('may begin at a shop that closes as the next one opens', () => {
    const early = { x: 0, y: 0, ready: 0, closes: 1, has: [false, false, true] };
    const late = { x: 0, y: 0, ready: 1, closes: 2, has: [true, true, false] };
    const found = shortestWalk(problemOf([early, late]), wishOf([early, late]));
    expect(found).toMatchObject({ places: ['loc_0', 'loc_1'], walk: { backAt: at(1 + 4 / 60), minutes: 9 } });
  });

  test('is the same whatever the order of shops and lines', () => {
    fc.assert(
      fc.property(fc.array(anyShop, { minLength: 1, maxLength: 7 }), (shops) => {
        const problem = problemOf(shops);
        const turned = { ...problem, lines: problem.lines.toReversed(), locations: problem.locations.toReversed() };
        expect(shortestWalk(turned, wishOf(shops))).toEqual(shortestWalk(problem, wishOf(shops)));
      }),
      { numRuns: 40 },
    );
  });
});
