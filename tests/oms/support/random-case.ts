import type { RoutingCase, RoutingGoal, RoutingLocation, RoutingService, RoutingTour, TariffRow } from '@/lib/oms';

/** A small linear congruential generator: the same seed gives the same cases on every machine. */
export function seeded(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export type CaseShape = { readonly lines: number; readonly locations: number; readonly quantity: number };

const goals: readonly RoutingGoal[] = ['cheapest', 'fewest', 'greenest', 'fastest'];

/** A random case in which every rule of the model has a chance to bind. */
export function randomCase(seed: number, shape: CaseShape = { lines: 4, locations: 5, quantity: 3 }): RoutingCase {
  const random = seeded(seed);
  const oneIn = (chances: number) => random(chances) === 0;
  const isDear = oneIn(2);
  const lines = Array.from({ length: 1 + random(shape.lines) }, (_, index) => ({
    id: `L${index}`,
    product: `P${index}`,
    qty: 1 + random(shape.quantity),
    grams: oneIn(4) ? 0 : 100 * (1 + random(9)),
    cm3: oneIn(4) ? 0 : 500 * random(6),
    split: !oneIn(4),
  }));
  const steps = (): readonly TariffRow[] => {
    let [grams, cm3, cents, parcels, co2] = [300 + 100 * random(5), 2_000 + 500 * random(5), 50 * random(8), random(2), 10 * random(5)];
    return Array.from({ length: 1 + random(3) }, () => {
      const row: TariffRow = [grams, cm3, cents, parcels, co2];
      grams += 200 * (1 + random(6));
      cm3 += 1_000 * (1 + random(6));
      cents += 50 * random(8);
      parcels += random(2);
      co2 += 10 * random(4);
      return row;
    });
  };
  const tariffs = { post: steps(), relay: steps(), free: [[1e6, 1e7, 0, 1, 0]] as const, stop: [[1e6, 1e7, 0, 0, 0]] as const };
  const tours: readonly RoutingTour[] = oneIn(2)
    ? Array.from({ length: 1 + random(2) }, (_, index) => ({
        id: `T${index}`,
        base: 50 * random(6),
        perStop: 20 * random(5),
        perUnit: random(20),
        co2PerUnit: random(5),
        maxStops: 1 + random(3),
        maxGrams: 600 + 400 * random(8),
        maxCm3: 3_000 + 2_000 * random(8),
      }))
    : [];
  const promise = (): RoutingService['promise'] => {
    let [units, minute] = [1 + random(4), 60 * (1 + random(4))];
    return Array.from({ length: 1 + random(3) }, () => {
      const row = [units, minute] as const;
      units += 1 + random(6);
      minute += 60 * (1 + random(3));
      return row;
    });
  };
  const services = (): readonly RoutingService[] => {
    const tour = tours[random(Math.max(1, tours.length))];
    const all: readonly RoutingService[] = [
      { id: 'pickup', mode: 'pickup', tariff: 'free', fixed: 50 * random(8), co2: random(50), tour: null, promise: promise() },
      {
        id: 'post',
        mode: 'parcel',
        tariff: oneIn(2) ? 'post' : 'relay',
        fixed: 20 * random(5),
        co2: random(20),
        tour: null,
        promise: promise(),
      },
      ...(tour
        ? [{ id: 'bike', mode: 'courier', tariff: 'stop', fixed: 10 * random(3), co2: 0, tour: tour.id, promise: promise() } as const]
        : []),
    ];
    const some = all.filter(() => !oneIn(3));
    return some.length > 0 ? some : all.slice(0, 1);
  };
  const locations: readonly RoutingLocation[] = Array.from({ length: 1 + random(shape.locations) }, (_, index) => ({
    id: `S${index}`,
    merchant: `M${index % 3}`,
    at: [random(12), random(12)],
    bias: oneIn(3) ? 50 * random(4) : 0,
    unitBias: oneIn(5) ? random(40) : 0,
    offers: lines
      .filter(() => !oneIn(3))
      .map((line) => [line.id, random(shape.quantity + 2), (isDear ? 10 : 100) * (1 + random(8)), oneIn(3) ? random(60) : 0] as const),
    services: services(),
  }));
  return {
    format: 'routing-case/1',
    id: `random-${seed}`,
    goal: goals[random(4)]!,
    home: [random(12), random(12)],
    deadline: oneIn(4) ? 120 + 60 * random(6) : null,
    maxParcels: oneIn(4) ? 1 + random(3) : null,
    maxSources: oneIn(4) ? 1 + random(3) : null,
    allowPartial: oneIn(3),
    tariffs,
    tours,
    lines,
    locations,
  };
}
