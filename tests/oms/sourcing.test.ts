import { describe, expect, test } from 'vitest';
import type { MerchantId, OfferId, ShopId, StockLocationId } from '@/lib/kernel';
import { HOUR, instant, minor, quantity } from '@/lib/kernel';
import { comparePlans, compile, courierWindows, pickupWindows, sourcePlan } from '@/lib/oms';
import type { SourcingLine, SourcingLocation, SourcingProblem, SourcingService } from '@/lib/oms';

const now = instant(Date.UTC(2026, 5, 2, 8));
const at = (hours: number) => instant(now + hours * HOUR);

const pickup = (hour: number): SourcingService => ({
  method: 'pickup',
  rankingMinor: 0,
  co2Grams: 100,
  prices: [{ maxGrams: 50_000, maxCm3: 500_000, priceMinor: minor(0), parcels: 1, co2Grams: 0 }],
  windows: [{ maxUnits: 50, window: { from: at(hour), to: at(hour + 3) } }],
});
const post: SourcingService = {
  method: 'parcel',
  rankingMinor: 0,
  co2Grams: 0,
  prices: [
    { maxGrams: 1_000, maxCm3: 20_000, priceMinor: minor(490), parcels: 1, co2Grams: 200 },
    { maxGrams: 5_000, maxCm3: 60_000, priceMinor: minor(790), parcels: 1, co2Grams: 300 },
  ],
  windows: [{ maxUnits: 50, window: { from: at(48), to: at(54) } }],
};

function place(name: string, services: readonly SourcingService[], biasMinor = 0): SourcingLocation {
  return {
    id: `loc_${name}` as StockLocationId,
    shopId: `shp_${name}` as ShopId,
    merchantId: `mer_${name}` as MerchantId,
    at: { latitude: 45.19, longitude: 5.72 },
    biasMinor,
    unitBiasMinor: 0,
    services,
  };
}

function line(id: string, prices: Readonly<Record<string, number>>, more: Partial<SourcingLine> = {}, priceSteps = 1): SourcingLine {
  return {
    id,
    quantity: quantity(2),
    weightGrams: 100,
    volumeCm3: 200,
    isSplittable: true,
    chosenShopId: null,
    offers: Object.entries(prices).map(([shop, price]) => ({
      offerId: `off_${id}_${shop}` as OfferId,
      locationId: `loc_${shop}` as StockLocationId,
      available: quantity(1_000),
      priceMinor: minor(price),
      priceSteps,
      riskMinor: 0,
    })),
    ...more,
  };
}

function problem(lines: readonly SourcingLine[], locations: readonly SourcingLocation[]): SourcingProblem {
  const wishes = { deadline: null, maxSources: null, maxParcels: null, allowPartial: false };
  return { id: 'bsk_1', now, home: { latitude: 45.185, longitude: 5.73 }, wishes, lines, locations };
}

describe('a plan', () => {
  const lines = [line('a', { near: 1_000, far: 900 }), line('b', { near: 500, far: 700 })];
  const asked = problem(lines, [place('near', [pickup(2), post]), place('far', [pickup(5), post])]);

  test('serves every unit from offers that have it, and its money is the sum of its parts', () => {
    for (const plan of comparePlans(asked)) {
      const units = plan.fulfilments.flatMap((fulfilment) => fulfilment.items).reduce((sum, item) => sum + item.quantity, 0);
      expect(units).toBe(4);
      expect(plan.goodsMinor + plan.deliveryMinor).toBe(plan.totalMinor);
    }
  });

  test('names each kind it answers, and no plan is shown twice', () => {
    const plans = comparePlans(asked);
    expect(plans.flatMap((plan) => plan.kinds).toSorted()).toEqual(['cheapest', 'fewest', 'greenest', 'soonest', 'suggested']);
    expect(new Set(plans.map((plan) => JSON.stringify(plan.fulfilments))).size).toBe(plans.length);
  });

  test('is cheapest at two shops, fewest and soonest at one', () => {
    const cheapest = sourcePlan(asked, 'cheapest');
    const fewest = sourcePlan(asked, 'fewest');
    expect(cheapest.ok && cheapest.value.totalMinor).toBe(2_800);
    expect(fewest.ok && [fewest.value.parcels, fewest.value.totalMinor]).toEqual([1, 3_000]);
    expect(fewest.ok && fewest.value.completeBy).toBe(at(2));
  });

  test('binds a chosen shop in every kind', () => {
    const bound = problem([line('a', { near: 1_000, far: 900 }, { chosenShopId: 'shp_near' as ShopId }), lines[1]!], asked.locations);
    for (const plan of comparePlans(bound)) {
      expect(plan.fulfilments.find((fulfilment) => fulfilment.items.some((item) => item.lineId === 'a'))?.shopId).toBe('shp_near');
    }
  });

  test('weighs ranking cents where the policy rules, and never shows them as money', () => {
    const biased = problem(lines, [place('near', [pickup(2)]), place('far', [pickup(5)], 150)]);
    const suggested = sourcePlan(biased, 'suggested');
    const cheapest = sourcePlan(biased, 'cheapest');
    expect(suggested.ok && [suggested.value.fulfilments.length, suggested.value.totalMinor]).toEqual([2, 2_800]);
    const strongly = problem(lines, [place('near', [pickup(2)]), place('far', [pickup(5)], 250)]);
    const moved = sourcePlan(strongly, 'suggested');
    expect(moved.ok && [moved.value.fulfilments.length, moved.value.totalMinor]).toEqual([1, 3_000]);
    expect(cheapest.ok && cheapest.value.totalMinor).toBe(2_800);
  });
});

test('a price by the kilogram is rounded once, on what is bought', () => {
  const cheese = line('c', { near: 2_999 }, { quantity: quantity(345), weightGrams: 1, volumeCm3: 1 }, 1_000);
  const plan = sourcePlan(problem([cheese], [place('near', [post])]), 'suggested');
  expect(plan.ok && plan.value.goodsMinor).toBe(1_035); // 29.99 x 0.345 = 10.34655
  expect(plan.ok && plan.value.fulfilments[0]?.items[0]?.quantity).toBe(345);
});

test('a deadline drops what would come later, and says so when nothing is left', () => {
  const asked = problem([line('a', { near: 1_000 })], [place('near', [post])]);
  const late = { ...asked, wishes: { ...asked.wishes, deadline: at(24) } };
  expect(sourcePlan(asked, 'suggested').ok).toBe(true);
  expect(sourcePlan(late, 'suggested')).toMatchObject({ ok: false, error: { kind: 'no-plan', isProven: true } });
});

test('the integers carry no ranking cents for the cheapest plan', () => {
  const asked = problem([line('a', { near: 1_000 })], [place('near', [{ ...post, rankingMinor: 70 }], 300)]);
  const [suggested, cheapest] = [compile(asked, 'suggested').locations[0], compile(asked, 'cheapest').locations[0]];
  expect([suggested?.bias, suggested?.services[0]?.fixed, cheapest?.bias, cheapest?.services[0]?.fixed]).toEqual([300, 70, 0, 0]);
});

describe('windows', () => {
  const rules = {
    opening: [
      { from: at(0), to: at(4) },
      { from: at(24), to: at(28) },
    ],
    now,
    preparationMinutes: 30,
    unitsPerHour: 5,
  };

  test('a pickup promises more units later, across the night', () => {
    expect(pickupWindows(rules, 6).map(({ maxUnits, window }) => [maxUnits, (window.from - now) / HOUR])).toEqual([
      [5, 0.5],
      [10, 1.5],
      [15, 2.5],
      [20, 3.5],
      [25, 24.5],
      [30, 25.5],
    ]);
  });

  test('a courier takes what is ready when the slot begins', () => {
    const slots = [
      { from: at(6), to: at(8) },
      { from: at(1), to: at(3) },
      { from: at(0), to: at(2) },
    ];
    expect(courierWindows({ ...rules, slots }).map(({ maxUnits, window }) => [maxUnits, (window.to - now) / HOUR])).toEqual([
      [5, 3],
      [20, 8],
    ]);
  });
});
