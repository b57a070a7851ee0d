import type { RoutingCase } from '@/lib/oms';
import { seeded } from './random-case';

function shuffled<T>(items: readonly T[], random: (below: number) => number): readonly T[] {
  const result = [...items];
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = random(index + 1);
    [result[index], result[other]] = [result[other]!, result[index]!];
  }
  return result;
}

/** The same case with everything that has no order in another order. */
export function permuted(routing: RoutingCase, seed: number): RoutingCase {
  const random = seeded(seed + 77);
  const locations = shuffled(routing.locations, random).map((location) => ({
    ...location,
    offers: shuffled(location.offers, random),
    services: shuffled(location.services, random),
  }));
  const tariffs = Object.fromEntries(shuffled(Object.entries(routing.tariffs), random));
  return { ...routing, locations, tariffs, lines: shuffled(routing.lines, random), tours: shuffled(routing.tours, random) };
}
