import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MerchantId, OfferId, ShopId, StockLocationId } from '@/lib/kernel';
import { HOUR, instant, minor, quantity } from '@/lib/kernel';
import { resolveRemainder, switchChannel } from '@/lib/oms';
import type { LostLine, RemainderQuestion, SourcingLine, SourcingLocation, SourcingService } from '@/lib/oms';

const now = instant(Date.UTC(2026, 5, 2, 8) + 17_345);
const at = (hours: number) => instant(Date.UTC(2026, 5, 2, 8) + hours * HOUR);

function pickup(hour: number, rows: readonly number[] = [0]): SourcingService {
  return {
    method: 'pickup',
    rankingMinor: 0,
    co2Grams: 0,
    prices: rows.map((priceMinor, index) => ({
      maxGrams: 1_000 * (index + 1),
      maxCm3: 10_000 * (index + 1),
      priceMinor: minor(priceMinor),
      parcels: 1,
      co2Grams: 0,
    })),
    windows: [{ maxUnits: 50, window: { from: at(hour), to: at(hour + 3) } }],
  };
}

const bike = (hour: number, priceMinor = 300): SourcingService => ({
  ...pickup(hour, [priceMinor, priceMinor, priceMinor]),
  method: 'courier',
});

function place(name: string, services: readonly SourcingService[]): SourcingLocation {
  return {
    id: `loc_${name}` as StockLocationId,
    shopId: `shp_${name}` as ShopId,
    merchantId: `mer_${name}` as MerchantId,
    at: { latitude: 45.19, longitude: 5.72 },
    biasMinor: 0,
    unitBiasMinor: 0,
    services,
  };
}

type Shelves = Readonly<Record<string, readonly [units: number, priceMinor: number]>>;

function line(id: string, wanted: number, shelves: Shelves): SourcingLine {
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

function lost(asked: SourcingLine, more: Partial<LostLine> = {}): LostLine {
  const told = { method: 'pickup', by: at(4), within: null } as const;
  return { line: asked, told, paidMinor: minor(1_000), reroutes: 0, substitutes: [], transfers: [], awaited: [], ...more };
}

function question(
  lines: readonly LostLine[],
  places: readonly SourcingLocation[],
  more: Partial<RemainderQuestion> = {},
): RemainderQuestion {
  const problem = { id: 'ord_1', now, home: null, locations: places };
  const excluded = { shopIds: [], offers: [] };
  return { problem, lost: lines, committed: [], excluded, wish: 'elsewhere', budgetMinor: minor(500), ...more };
}

describe('a line whose shop refused', () => {
  const places = [place('gone', [pickup(1)]), place('near', [pickup(2)]), place('late', [pickup(30)])];
  const asked = line('a', 1, { gone: [9, 900], near: [1, 1_200], late: [9, 800] });
  const refused = { shopIds: ['shp_gone' as ShopId], offers: [] };

  test('comes from another shop at the promise that was told, and the rescue account bears the difference', () => {
    const { rescued, asked: questions, refunded } = resolveRemainder(question([lost(asked)], places, { excluded: refused }));
    expect(rescued.map(({ plan, lineIds, extraMinor }) => [plan.fulfilments[0]?.shopId, lineIds, extraMinor])).toEqual([
      ['shp_near', ['a'], 200],
    ]);
    expect([questions, refunded]).toEqual([[], []]);
  });

  test('is asked about when keeping the promise would cost more than the account may add', () => {
    const { rescued, asked: questions } = resolveRemainder(question([lost(asked)], places, { excluded: refused, budgetMinor: minor(199) }));
    expect(rescued).toEqual([]);
    expect(questions[0]?.options.map((option) => [option.kind, option.differenceMinor])).toEqual([
      ['elsewhere', 200],
      ['later', -200],
    ]);
  });

  test('keeps a promise told for the very minute another shop can keep', () => {
    const exact = lost(asked, { told: { method: 'pickup', by: at(2), within: null } });
    expect(resolveRemainder(question([exact], places, { excluded: refused })).rescued).toHaveLength(1);
  });

  test('is offered later, in another way, as a substitute or from a delivery, never as a worse copy of a better option', () => {
    const only = line('a', 1, { late: [9, 800], bike: [9, 800], later: [9, 900], soon: [5, 700] });
    const town = [place('late', [pickup(30)]), place('later', [pickup(31)]), place('bike', [bike(3)]), place('other', [pickup(2)])];
    const substitute = line('a-instead', 1, { other: [3, 950] });
    const entry = lost(only, { substitutes: [substitute], awaited: [place('soon', [pickup(72)])] });
    const { asked: questions } = resolveRemainder(question([entry], town));
    expect(questions[0]?.options.map((option) => [option.kind, option.lateMs / HOUR])).toEqual([
      ['substitute', 0],
      ['otherwise', 2], // a courier's window ends three hours after it begins
      ['later', 26],
      ['wait', 68],
    ]);
  });

  test('is brought to the shop where the shopper collects when a transfer is the way', () => {
    const far = place('far', [bike(90)]);
    const carried = { ...place('carried', [pickup(20)]), shopId: 'shp_near' as ShopId };
    const entry = lost(line('a', 1, { far: [2, 500], carried: [2, 500] }), { transfers: [carried] });
    const { asked: questions } = resolveRemainder(question([entry], [far]));
    expect(questions[0]?.options.map((option) => option.kind)).toEqual(['transfer', 'otherwise']);
  });

  test('is refunded when nobody has it, when the shopper wanted that, and after two re-routes', () => {
    const nobody = lost(line('a', 2, { gone: [9, 900] }));
    expect(resolveRemainder(question([nobody], places, { excluded: refused })).refunded).toEqual([{ lineId: 'a', quantity: 2 }]);
    expect(resolveRemainder(question([lost(asked)], places, { wish: 'refund' })).refunded).toEqual([{ lineId: 'a', quantity: 1 }]);
    const tired = lost(asked, { reroutes: 2 });
    expect(resolveRemainder(question([tired], places)).refunded).toEqual([{ lineId: 'a', quantity: 1 }]);
  });

  test('asks first when the shopper said so, though the promise could be kept', () => {
    const { rescued, asked: questions } = resolveRemainder(question([lost(asked)], places, { excluded: refused, wish: 'ask' }));
    expect([rescued.length, questions[0]?.options[0]?.kind]).toEqual([0, 'elsewhere']);
  });

  test('joins a bag that is still open at the price of the larger bag alone', () => {
    const shop = place('bag', [bike(3, 0), pickup(1, [400, 600])]);
    const standing = { locationId: shop.id, method: 'pickup', isOpen: true, units: 3, grams: 950, cm3: 300 } as const;
    const entry = lost(line('a', 1, { bag: [5, 900] }));
    const { rescued } = resolveRemainder(question([entry], [shop], { committed: [standing] }));
    expect([rescued[0]?.plan.deliveryMinor, rescued[0]?.plan.parcels, rescued[0]?.extraMinor]).toEqual([200, 0, 100]);
  });
});

describe('a line of a network that supplies from its own shops first', () => {
  const places = [place('own', [pickup(3)]), place('ownlate', [pickup(30)]), place('cheap', [pickup(2)])];
  const rule = { own: new Set(['shp_own' as ShopId, 'shp_ownlate' as ShopId]), lineIds: new Set(['a']), rule: { kind: 'hard' } } as const;
  const shopsFor = (shelves: Shelves, id = 'a') =>
    resolveRemainder(question([lost(line(id, 2, shelves))], places, { ownFirst: [rule] })).rescued.flatMap(({ plan }) =>
      plan.fulfilments.map((part) => [part.shopId, part.items[0]?.quantity]),
    );

  test('is rescued by them where they can keep the promise, by others only for what they cannot', () => {
    expect(shopsFor({ own: [2, 600], cheap: [2, 400] })).toEqual([['shp_own', 2]]);
    expect(shopsFor({ ownlate: [2, 400], cheap: [2, 400] })).toEqual([['shp_cheap', 2]]);
    expect(new Map(shopsFor({ own: [1, 600], cheap: [2, 400] }).map(([shop, units]) => [shop, units]))).toEqual(
      new Map<unknown, unknown>([
        ['shp_own', 1],
        ['shp_cheap', 1],
      ]),
    );
  });

  test('binds no other line', () => {
    expect(shopsFor({ own: [2, 600], cheap: [2, 400] }, 'b')).toEqual([['shp_cheap', 2]]);
  });
});

describe('whatever is lost', () => {
  const shops = ['s1', 's2', 's3', 's4'] as const;
  const anyShelves = fc
    .array(fc.record({ shop: fc.constantFrom(...shops), units: fc.nat(4), price: fc.integer({ min: 100, max: 900 }) }), { maxLength: 4 })
    .map((rows): Shelves => Object.fromEntries(rows.map(({ shop, units, price }) => [shop, [units, price]])));
  const anyLost = fc
    .array(
      fc.record({ wanted: fc.integer({ min: 1, max: 4 }), shelves: anyShelves, by: fc.integer({ min: 1, max: 6 }), paid: fc.nat(3_000) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((rows) =>
      rows.map(({ wanted, shelves, by, paid }, index) =>
        lost(line(`l${index}`, wanted, shelves), { told: { method: 'pickup', by: at(by), within: null }, paidMinor: minor(paid) }),
      ),
    );
  const anyQuestion = fc
    .record({
      entries: anyLost,
      hours: fc.tuple(...shops.map(() => fc.integer({ min: 1, max: 9 }))),
      budget: fc.nat(2_000),
      gone: fc.subarray([...shops]),
    })
    .map(({ entries, hours, budget, gone }) =>
      question(
        entries,
        shops.map((shop, index) => place(shop, [pickup(hours[index] ?? 1), bike(5)])),
        { budgetMinor: minor(budget), excluded: { shopIds: gone.map((shop) => `shp_${shop}` as ShopId), offers: [] } },
      ),
    );

  test('every unit is rescued, asked about or refunded, once; promises, budget, shelves and exclusions hold', () => {
    fc.assert(
      fc.property(anyQuestion, (asked) => {
        const { rescued, asked: questions, refunded } = resolveRemainder(asked);
        const given = new Map<string, number>();
        for (const { plan } of rescued) {
          for (const { shopId, locationId, method, promise, items } of plan.fulfilments) {
            expect(asked.excluded.shopIds).not.toContain(shopId);
            expect(method).toBe('pickup');
            for (const item of items) {
              const entry = asked.lost.find((candidate) => candidate.line.id === item.lineId);
              expect(promise.from).toBeLessThanOrEqual(entry?.told.by ?? 0);
              const key = `${item.offerId} ${locationId}`;
              given.set(key, (given.get(key) ?? 0) + item.quantity);
            }
          }
        }
        for (const offer of asked.lost.flatMap((entry) => entry.line.offers))
          expect(given.get(`${offer.offerId} ${offer.locationId}`) ?? 0).toBeLessThanOrEqual(offer.available);
        expect(rescued.reduce((sum, { extraMinor }) => sum + Math.max(0, extraMinor), 0)).toBeLessThanOrEqual(asked.budgetMinor);
        for (const { line: wanted } of asked.lost) {
          const units = [
            ...rescued.flatMap(({ plan }) => plan.fulfilments.flatMap((part) => part.items)),
            ...questions,
            ...refunded,
          ].filter((entry) => entry.lineId === wanted.id);
          expect(units.reduce((sum, entry) => sum + entry.quantity, 0)).toBe(wanted.quantity);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('the order in which things are listed changes nothing', () => {
    fc.assert(
      fc.property(anyQuestion, (asked) => {
        const turned = {
          ...asked,
          lost: asked.lost.toReversed(),
          problem: { ...asked.problem, locations: asked.problem.locations.toReversed() },
        };
        expect(resolveRemainder(turned)).toEqual(resolveRemainder(asked));
      }),
      { numRuns: 25 },
    );
  });
});

describe('a paid sub-order received otherwise', () => {
  const shop = place('near', [pickup(2), bike(5, 400)]);
  const other = place('other', [pickup(1)]);
  const lines = [line('a', 2, { near: [2, 500], other: [1, 400] })];
  const problem = { id: 'ord_1', now, home: null, locations: [shop, other] };
  const asked = { state: 'accepted', problem, lines, paidMinor: minor(1_000) } as const;

  test('costs or gives back what the new way differs by', () => {
    const dearer = switchChannel({ ...asked, to: { shopId: shop.shopId, method: 'courier' } });
    expect(dearer).toMatchObject({ ok: true, value: { differenceMinor: 400, settledBy: 'paying-more' } });
    const back = switchChannel({ ...asked, paidMinor: minor(1_400), to: { shopId: shop.shopId, method: 'pickup' } });
    expect(back).toMatchObject({ ok: true, value: { differenceMinor: -400, settledBy: 'giving-back' } });
  });

  test('is refused once picking began, where the way is not offered, and where not all of it can be had', () => {
    const to = { shopId: shop.shopId, method: 'courier' } as const;
    expect(switchChannel({ ...asked, state: 'preparing', to })).toEqual({ ok: false, error: { kind: 'already-picked' } });
    expect(switchChannel({ ...asked, to: { ...to, method: 'parcel' } })).toEqual({ ok: false, error: { kind: 'not-offered' } });
    const elsewhere = switchChannel({ ...asked, to: { shopId: other.shopId, method: 'pickup' } });
    expect(elsewhere).toEqual({ ok: false, error: { kind: 'not-available' } });
  });
});
