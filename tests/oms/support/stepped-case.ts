import type { RoutingCase, RoutingGoal, RoutingLocation, RoutingService, TariffRow } from '@/lib/oms';
import { seeded } from './random-case';

const goals: readonly RoutingGoal[] = ['cheapest', 'fewest', 'greenest', 'fastest'];

/**
 * A random case of heavy goods in quantities: parcels whose tariff steps bite by weight or by volume, one after the other, shops that
 * prepare few units in time, and carriers' rows of several boxes. Every few cases all prices are the same.
 */
export function steppedCase(seed: number): RoutingCase {
  const random = seeded(seed * 97 + 5);
  for (let skip = 0; skip < 3; skip += 1) random(2);
  const oneIn = (chances: number) => random(chances) === 0;
  const isLevel = oneIn(3);
  const step = [1, 10, 455][random(3)] ?? 1;
  const lines = Array.from({ length: 1 + random(3) }, (_, index) => ({
    id: `L${index}`,
    product: `P${index}`,
    qty: 1 + random(6),
    grams: oneIn(5) ? 0 : 100 + 50 * random(40),
    cm3: oneIn(5) ? 0 : 100 + 50 * random(40),
    split: !oneIn(4),
  }));
  const tariff = (): readonly TariffRow[] => {
    const rows: TariffRow[] = [];
    let [grams, cm3, cents, parcels, co2] = [200 + 100 * random(10), 200 + 100 * random(10), step * random(9), 1, 30];
    for (let index = 0, count = 2 + random(7); index < count; index += 1) {
      rows.push([grams, cm3, cents, parcels, co2]);
      // By turns a step of weight alone, of volume alone, or of both.
      const kind = random(3);
      if (kind !== 1) grams += 100 * random(20);
      if (kind !== 0) cm3 += 100 * random(20);
      cents += step * random(4);
      parcels += oneIn(3) ? 1 : 0;
      co2 += 10 * random(3);
    }
    return [...rows, [1e6, 1e6, cents + step * random(9), parcels + 1, co2 + 90]];
  };
  const tariffs = { a: tariff(), b: tariff(), free: [[1e7, 1e7, 0, 1, 0]] as const };
  const names = ['a', 'b', 'free'] as const;
  const rows = (): RoutingService['promise'] => {
    const first = 1 + random(4);
    return [[first, 60 * (1 + random(3))], ...(oneIn(2) ? [] : [[first + 1 + random(5), 300 + 60 * random(3)] as const])];
  };
  const locations = Array.from({ length: 2 + random(3) }, (_, index): RoutingLocation => ({
    id: `S${index}`,
    merchant: `M${index}`,
    at: [random(9), random(9)],
    bias: 0,
    unitBias: 0,
    offers: lines
      .filter(() => !oneIn(5))
      .map((line) => [line.id, 1 + random(line.qty), isLevel ? step * 20 : step * (15 + random(10))] as const),
    services: Array.from({ length: 1 + random(2) }, (_one, at): RoutingService => {
      const name = names[random(3)] ?? 'a';
      return {
        id: `V${at}`,
        mode: name === 'free' ? 'pickup' : 'parcel',
        tariff: name,
        fixed: isLevel ? step : step * random(5),
        co2: random(9),
        tour: null,
        promise: rows(),
      };
    }),
  }));
  return {
    format: 'routing-case/1',
    id: `stepped-${seed}`,
    goal: goals[random(4)] ?? 'cheapest',
    home: [random(9), random(9)],
    deadline: oneIn(4) ? 60 + 60 * random(6) : null,
    maxParcels: oneIn(4) ? 1 + random(5) : null,
    maxSources: oneIn(4) ? 1 + random(3) : null,
    allowPartial: oneIn(3),
    tariffs,
    tours: [],
    lines,
    locations,
  };
}
