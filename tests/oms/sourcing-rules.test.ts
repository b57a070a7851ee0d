import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MerchantId, OfferId, Position, ShopId, StockLocationId } from '@/lib/kernel';
import { HOUR, instant, minor, quantity } from '@/lib/kernel';
import {
  carriagePrices,
  comparePlans,
  courierWindows,
  isInZone,
  noRules,
  placeAfter,
  rankingOf,
  sourceOwnFirst,
  sourcePlan,
  sourceSplitControlled,
  underRules,
  withExpected,
} from '@/lib/oms';
import type { SourcingLine, SourcingLocation, SourcingPlan, SourcingProblem, SourcingService } from '@/lib/oms';

const now = instant(Date.UTC(2026, 5, 2, 8));
const at = (hours: number) => instant(now + Math.round(hours * HOUR));
const home: Position = { latitude: 45.19, longitude: 5.72 };
const shops = ['s1', 's2', 's3', 's4'] as const;
const shopId = (name: string) => `shp_${name}` as ShopId;
function service(method: 'pickup' | 'courier', hour: number, priceMinor = 0, more: Partial<SourcingService> = {}): SourcingService {
  return {
    method,
    rankingMinor: 0,
    co2Grams: 0,
    prices: [{ maxGrams: 50_000, maxCm3: 500_000, priceMinor: minor(priceMinor), parcels: 1, co2Grams: 0 }],
    windows: [{ maxUnits: 99, window: { from: at(hour), to: at(hour + 2) } }],
    ...more,
  };
}
function place(name: string, services: readonly SourcingService[], more: Partial<SourcingLocation> = {}): SourcingLocation {
  const id = `loc_${name}` as StockLocationId;
  return { id, shopId: shopId(name), merchantId: `mer_${name}` as MerchantId, at: home, biasMinor: 0, unitBiasMinor: 0, services, ...more };
}
function line(id: string, wanted: number, shelves: Readonly<Record<string, readonly [units: number, priceMinor: number]>>): SourcingLine {
  return {
    id,
    quantity: quantity(wanted),
    weightGrams: 100,
    volumeCm3: 100,
    isSplittable: true,
    chosenShopId: null,
    offers: Object.entries(shelves).map(([shop, [units, price]]) => ({
      offerId: `off_${id}_${shop}` as OfferId,
      locationId: `loc_${shop}` as StockLocationId,
      available: quantity(units),
      priceMinor: minor(price),
      priceSteps: 1,
      riskMinor: 0,
    })),
  };
}
function problem(
  lines: readonly SourcingLine[],
  locations: readonly SourcingLocation[],
  more: Partial<SourcingProblem> = {},
): SourcingProblem {
  const wishes = { deadline: null, maxSources: null, maxParcels: null, allowPartial: true };
  return { id: 'bsk_1', now, home, wishes, lines, locations, ...more };
}

const anyProblem = fc
  .array(fc.dictionary(fc.constantFrom(...shops), fc.tuple(fc.nat(3), fc.integer({ min: 100, max: 900 }))), { minLength: 1, maxLength: 3 })
  .chain((shelves) => fc.tuple(fc.constant(shelves), fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 })))
  .map(([shelves, wanted]) =>
    problem(
      shelves.map((shelf, index) => line(`l${index}`, wanted[index] ?? 1, shelf)),
      shops.map((shop, index) => place(shop, [service('pickup', 1 + index), service('courier', 3, 300 + index)])),
    ),
  );
const missing = (plan: SourcingPlan) => plan.missing.reduce((sum, entry) => sum + entry.quantity, 0);
const stepsFrom = (plan: SourcingPlan, isAsked: (shop: ShopId) => boolean) =>
  plan.fulfilments
    .filter((part) => isAsked(part.shopId))
    .flatMap((part) => part.items)
    .reduce((sum, item) => sum + item.quantity, 0);

describe('rules', () => {
  test('excluded shops and offers supply nothing, pickups happen at chosen shops only, and nothing is brought out of a territory', () => {
    fc.assert(
      fc.property(anyProblem, fc.subarray([...shops]), fc.subarray([...shops]), fc.boolean(), (asked, gone, collect, isNear) => {
        const zone = { kind: 'circle', centre: isNear ? home : { latitude: 48.85, longitude: 2.35 }, radiusMetres: 5_000 } as const;
        const rules = {
          ...noRules,
          excludedShops: gone.map(shopId),
          excludedOffers: ['off_l0_s2' as OfferId],
          pickupShops: collect.map(shopId),
          territories: new Map([[shopId('s1'), [zone]]]),
        };
        for (const plan of comparePlans(underRules(asked, rules))) {
          for (const part of plan.fulfilments) {
            expect(rules.excludedShops).not.toContain(part.shopId);
            expect(part.items.map((item) => item.offerId)).not.toContain('off_l0_s2');
            if (part.method === 'pickup') expect(rules.pickupShops).toContain(part.shopId);
            else if (part.shopId === shopId('s1')) expect(isNear).toBe(true);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('a fair share moves the suggested plan by no more than its cap, and the cheapest not at all', () => {
    const asked = problem(
      [line('a', 1, { s1: [1, 500], s2: [1, 540] })],
      [place('s1', [service('pickup', 1)]), place('s2', [service('pickup', 1)])],
    );
    const served = (bias: number, kind: 'suggested' | 'cheapest') => {
      const plan = sourcePlan(underRules(asked, { ...noRules, fairShare: new Map([[shopId('s1'), bias]]) }), kind);
      return plan.ok && [plan.value.fulfilments[0]?.shopId, plan.value.totalMinor];
    };
    expect([served(39, 'suggested'), served(41, 'suggested'), served(41, 'cheapest')]).toEqual([
      ['shp_s1', 500],
      ['shp_s2', 540],
      ['shp_s1', 500],
    ]);
  });

  test('an area holds what is inside it, whatever corner it begins at', () => {
    const ring = [
      { latitude: 45.1, longitude: 5.6 },
      { latitude: 45.3, longitude: 5.6 },
      { latitude: 45.3, longitude: 5.8 },
      { latitude: 45.2, longitude: 5.7 },
      { latitude: 45.1, longitude: 5.8 },
    ];
    const places = [
      { latitude: 45.19, longitude: 5.65 },
      { latitude: 45.2, longitude: 5.75 },
      { latitude: 45.0, longitude: 5.7 },
    ];
    for (let turn = 0; turn < ring.length; turn += 1) {
      const turned = [...ring.slice(turn), ...ring.slice(0, turn)];
      for (const way of [turned, turned.toReversed()])
        expect(places.map((one) => isInZone({ kind: 'area', ring: way }, one))).toEqual([true, false, false]);
    }
  });
});

describe('a network that supplies from its own shops first', () => {
  const own = new Set([shopId('s1'), shopId('s2')]);

  test('hard: takes as few steps from others as any plan that serves as much, in every kind of plan', () => {
    fc.assert(
      fc.property(anyProblem, fc.constantFrom('suggested', 'cheapest', 'soonest', 'fewest'), (asked, kind) => {
        const free = sourcePlan(asked, kind);
        const plan = sourceOwnFirst(asked, kind, [{ own, rule: { kind: 'hard' } }]);
        expect(plan.ok).toBe(free.ok);
        if (!plan.ok || !free.ok) return;
        expect(missing(plan.value)).toBe(missing(free.value));
        if (kind === 'soonest' || kind === 'fewest') return; // there the goal comes first, own shops next
        const needed = asked.lines.reduce((sum, { quantity: wanted, offers }) => {
          const units = (isAsked: boolean) =>
            offers
              .filter((offer) => own.has(shopId(offer.locationId.slice(4))) === isAsked)
              .reduce((total, offer) => total + offer.available, 0);
          return sum + Math.min(units(false), Math.max(0, wanted - units(true)));
        }, 0);
        expect(stepsFrom(plan.value, (shop) => !own.has(shop))).toBe(needed);
      }),
      { numRuns: 50 },
    );
  });

  test('soft: another’s unit is taken once it is cheaper by more than the rule says', () => {
    const served = (price: number) => {
      const asked = problem(
        [line('a', 2, { s1: [2, 500], s3: [2, price] })],
        [place('s1', [service('pickup', 1)]), place('s3', [service('pickup', 1)])],
      );
      const plan = sourceOwnFirst(asked, 'suggested', [{ own, rule: { kind: 'soft', foreignUnitMinor: 60 } }]);
      return plan.ok && plan.value.fulfilments[0]?.shopId;
    };
    expect([served(441), served(439)]).toEqual(['shp_s1', 'shp_s3']);
  });
});

describe('split control', () => {
  test('a small part is not split off when its burden is worth more than it saves', () => {
    const lines = [line('a', 1, { s1: [1, 3_000] }), line('b', 1, { s1: [1, 500], s2: [1, 400] })];
    const asked = problem(lines, [place('s1', [service('pickup', 1)]), place('s2', [service('pickup', 1)])]);
    const parts = (cents: number) => {
      const plan = sourceSplitControlled(asked, 'suggested', { leastPartMinor: 1_000, smallPartCents: cents, mostPlaces: null });
      return plan.ok && plan.value.fulfilments.length;
    };
    expect([parts(99), parts(101)]).toEqual([2, 1]);
  });

  test('never uses more places than allowed, serves as much as any such plan, and is never worse than without the rule', () => {
    fc.assert(
      fc.property(anyProblem, fc.integer({ min: 1, max: 3 }), fc.nat(500), (asked, mostPlaces, smallPartCents) => {
        const rule = { leastPartMinor: 700, smallPartCents, mostPlaces };
        const plan = sourceSplitControlled(asked, 'suggested', rule);
        const bound = sourcePlan({ ...asked, wishes: { ...asked.wishes, maxSources: mostPlaces } }, 'suggested');
        if (!plan.ok || !bound.ok) return expect(plan.ok).toBe(bound.ok);
        const burden = (one: SourcingPlan) =>
          rankingOf(asked, one) +
          (one.fulfilments.length < 2 ? 0 : one.fulfilments.filter((part) => part.goodsMinor < 700).length * smallPartCents);
        expect(plan.value.fulfilments.length).toBeLessThanOrEqual(mostPlaces);
        expect(missing(plan.value)).toBe(missing(bound.value));
        expect(burden(plan.value)).toBeLessThanOrEqual(burden(bound.value));
        return undefined;
      }),
      { numRuns: 40 },
    );
  });
});

describe('carriage', () => {
  const anySteps = fc.array(
    fc.record({
      maxGrams: fc.integer({ min: 1, max: 30_000 }),
      maxCm3: fc.integer({ min: 1, max: 90_000 }),
      priceMinor: fc.nat(3_000).map(minor),
      co2Grams: fc.nat(900),
    }),
    { minLength: 1, maxLength: 5 },
  );

  test('a price list never decreases in any figure, and several parcels carry what their sizes do', () => {
    fc.assert(
      fc.property(anySteps, fc.integer({ min: 1, max: 4 }), (steps, most) => {
        const rows = carriagePrices(steps, most);
        rows.slice(1).forEach((row, index) => {
          const before = rows[index];
          if (!before) return;
          for (const figure of ['maxGrams', 'maxCm3', 'priceMinor', 'parcels', 'co2Grams'] as const)
            expect(row[figure]).toBeGreaterThanOrEqual(before[figure]);
        });
        expect(rows.at(-1)).toMatchObject({ parcels: most, maxGrams: most * Math.max(...steps.map((step) => step.maxGrams)) });
      }),
    );
  });

  test('a slot carries no more than it has room for', () => {
    const opening = [{ from: at(0), to: at(10) }];
    const slots = [
      { from: at(2), to: at(4), unitsLeft: 3 },
      { from: at(5), to: at(7), unitsLeft: 100 },
    ];
    const rows = courierWindows({ opening, now, preparationMinutes: 0, unitsPerHour: 5, slots });
    expect(rows.map((row) => [row.maxUnits, (row.window.to - now) / HOUR])).toEqual([
      [3, 4],
      [30, 7],
    ]);
  });
});

test('what a delivery will bring is promised after it came, once, and what is there today is promised today', () => {
  const asked = problem([line('a', 3, { s1: [1, 500] })], [place('s1', [service('pickup', 1)])]);
  const arrival = { offerId: 'off_a_s1' as OfferId, locationId: 'loc_s1' as StockLocationId, units: 2, arrivesAt: at(48) };
  const plan = sourcePlan(withExpected(asked, [{ ...arrival, services: [service('pickup', 50)] }]), 'suggested');
  expect(plan.ok && plan.value.fulfilments.map((part) => [part.locationId, part.items[0]?.quantity, part.promise.from])).toEqual([
    ['loc_s1', 1, at(1)],
    [placeAfter(arrival.locationId, at(48)), 2, at(50)],
  ]);
});

describe('one round', () => {
  const tour = {
    id: 'round',
    baseMinor: minor(300),
    perStopMinor: minor(50),
    perUnitMinor: minor(2),
    co2PerUnit: 3,
    maxStops: 4,
    maxGrams: 20_000,
    maxCm3: 200_000,
  };
  const along = (name: string, metresNorth: number) =>
    place(
      name,
      [
        service('courier', 3, 0, {
          tourId: 'round',
          prices: [{ maxGrams: 20_000, maxCm3: 200_000, priceMinor: minor(0), parcels: 0, co2Grams: 0 }],
        }),
      ],
      {
        at: { latitude: home.latitude + metresNorth / 111_195, longitude: home.longitude },
      },
    );

  test('brings the goods of several shops as one hand-over, and its price is shared over them to the cent', () => {
    const lines = [line('a', 1, { s1: [1, 1_000] }), line('b', 1, { s2: [1, 500] })];
    const plan = sourcePlan(problem(lines, [along('s1', 2_000), along('s2', 1_000)], { tours: [tour] }), 'suggested');
    if (!plan.ok) throw new Error('there is a plan');
    // 300 for the round, 50 for each stop, 2 for each of the 20 units of way.
    expect(plan.value.tours).toEqual([{ id: 'round', stops: ['loc_s1', 'loc_s2'], priceMinor: 440 }]);
    expect([plan.value.deliveryMinor, plan.value.parcels, plan.value.co2Grams]).toEqual([440, 1, 60]);
    expect(plan.value.fulfilments.map((part) => part.deliveryMinor)).toEqual([293, 147]);
  });
});
