import type { RoutingCase, RoutingGoal, RoutingLocation, RoutingService } from '@/lib/oms';
import { seeded } from './random-case';

const goals: readonly RoutingGoal[] = ['cheapest', 'fewest', 'greenest', 'fastest'];

/**
 * A random case whose plans are rides: many shops with little each, couriers almost everywhere, tours of up to eight seats that cost
 * next to nothing or more than all the rest, hold everything or hardly anything, and overlap.
 */
export function ridersCase(seed: number, shape: { readonly lines: number; readonly locations: number }): RoutingCase {
  const random = seeded(seed * 53 + 11);
  for (let skip = 0; skip < 3; skip += 1) random(2);
  const oneIn = (chances: number) => random(chances) === 0;
  const unit = [1, 1, 10, 77][random(4)]!;
  const reach = [2, 6, 20][random(3)]!;
  const perUnit = [0, 1, 3, 12][random(4)]!;
  const isDearAlone = oneIn(2);
  const lines = Array.from({ length: 2 + random(shape.lines - 1) }, (_, index) => ({
    id: `L${index}`,
    product: `P${index}`,
    qty: 1 + (oneIn(5) ? 1 : 0),
    grams: random(4),
    cm3: random(3),
    split: !oneIn(4),
  }));
  const tours = Array.from({ length: 1 + (oneIn(2) ? random(3) : 0) }, (_, index) => ({
    id: `T${index}`,
    base: unit * random(40),
    perStop: unit * random(6),
    perUnit: unit * perUnit,
    co2PerUnit: random(4),
    maxStops: 1 + random(8),
    maxGrams: oneIn(3) ? 1 + random(12) : 1_000,
    maxCm3: oneIn(4) ? 1 + random(8) : 1_000,
  }));
  const promise = [[50, 1 + random(3)]] as const;
  const locations = Array.from({ length: 2 + random(shape.locations - 1) }, (_, index): RoutingLocation => {
    const rides = tours
      .filter(() => !oneIn(4))
      .map((tour): RoutingService => ({
        id: `by-${tour.id}`,
        mode: 'courier',
        tariff: oneIn(4) ? 'steps' : 'stop',
        fixed: unit * random(5),
        co2: random(3),
        tour: tour.id,
        promise: oneIn(3) ? [[1 + random(3), 1 + random(3)]] : promise,
      }));
    const alone: RoutingService = {
      id: 'alone',
      mode: 'parcel',
      tariff: 'steps',
      fixed: unit * (isDearAlone ? 60 : 5) * random(4),
      co2: random(isDearAlone ? 60 : 6),
      tour: null,
      promise,
    };
    return {
      id: `S${index}`,
      merchant: `M${index}`,
      at: [random(reach), random(reach)],
      bias: 0,
      unitBias: 0,
      offers: lines.filter(() => oneIn(3)).map((line) => [line.id, 1 + random(2), unit * random(6)] as const),
      services: rides.length > 0 && !oneIn(3) ? [...rides, ...(oneIn(2) ? [alone] : [])] : [alone, ...rides],
    };
  });
  return {
    format: 'routing-case/1',
    id: `riders-${seed}`,
    goal: goals[random(4)]!,
    home: [random(reach), random(reach)],
    deadline: null,
    maxParcels: oneIn(6) ? 1 + random(3) : null,
    maxSources: oneIn(6) ? 1 + random(5) : null,
    allowPartial: oneIn(4),
    tariffs: {
      stop: [[1_000, 1_000, 0, 0, 0]],
      steps: [
        [4, 4, unit * 3, 1, 2],
        [1_000, 1_000, unit * 9, 1, 5],
      ],
    },
    tours,
    lines,
    locations,
  };
}
