import { invariant, minor, sumMinor } from '@/lib/kernel';
import type { Minor } from '@/lib/kernel';
import { apportion } from '../apportion';
import type { RoutedTour } from '../routing/case';
import type { PlannedFulfilment, PlannedTour, SourcingProblem } from './problem';

/**
 * The fulfilments of a plan with their shares of the rounds that collect them.
 *
 * Units: minor units, grams. Guarantees: a round's price is shared over its shops in proportion to their goods, to the cent (evenly where the
 *   goods are free); a round is one hand-over. Legal floors of a shop's delivery price come after, with whoever knows the goods.
 */
export function withTours(problem: SourcingProblem, alone: readonly PlannedFulfilment[], routed: readonly RoutedTour[]) {
  const tours: PlannedTour[] = [];
  let fulfilments = alone;
  let parcels = alone.reduce((sum, fulfilment) => sum + fulfilment.parcels, 0);
  let co2Grams = alone.reduce((sum, fulfilment) => sum + fulfilment.co2Grams, 0);
  for (const { id, stops, length } of routed) {
    const tour = problem.tours?.find((candidate) => candidate.id === id);
    invariant(tour, 'the answer is to this problem');
    const priceMinor = minor(tour.baseMinor + tour.perStopMinor * stops.length + tour.perUnitMinor * length);
    fulfilments = shared(fulfilments, id, priceMinor);
    const places = stops.flatMap((stop) => alone.flatMap(({ locationId }) => (locationId === stop ? [locationId] : [])));
    tours.push({ id, stops: places, priceMinor });
    parcels += 1;
    co2Grams += tour.co2PerUnit * length;
  }
  return { fulfilments, tours, parcels, co2Grams };
}

function shared(fulfilments: readonly PlannedFulfilment[], tourId: string, priceMinor: Minor): readonly PlannedFulfilment[] {
  const riders = fulfilments.filter((fulfilment) => fulfilment.tourId === tourId);
  const goods = riders.map((fulfilment) => fulfilment.goodsMinor);
  const shares = apportion(priceMinor, sumMinor(goods) === 0 ? goods.map(() => 1) : goods);
  invariant(shares.ok, 'a round that is ridden has a stop');
  return fulfilments.map((fulfilment) => {
    const share = shares.value[riders.indexOf(fulfilment)];
    return share === undefined ? fulfilment : { ...fulfilment, deliveryMinor: minor(fulfilment.deliveryMinor + share) };
  });
}
