import { minor } from '@/lib/kernel';
import type { SourcingLocation, SourcingProblem, SourcingTour } from '@/lib/oms';
import type { ShopBook } from '@/lib/shops';
import { courierReach } from '@/lib/shops';
import { carriage, emissions } from './settings';

/** A rider stops at so many shops on one round at most. */
const MOST_STOPS = 8;
const METRES_PER_UNIT = 100;

/**
 * A question in which what the city's couriers bring may share a round: one price for the door, a little for each further shop, one hand-over.
 *
 * Guarantees: pure; a round with one shop costs what that shop's delivery would; where no zone holds the place nothing changes.
 */
export function withRounds(problem: SourcingProblem, book: ShopBook): SourcingProblem {
  const place = problem.home ?? undefined;
  const rounds = new Map<string, SourcingTour>();
  const locations = problem.locations.map((location): SourcingLocation => {
    const shop = book.get(location.shopId);
    const reach = shop && courierReach(shop, place);
    if (!reach?.zone) return location;
    const { slug, furtherShopMinor } = reach.zone;
    rounds.set(slug, {
      id: slug,
      baseMinor: minor(Math.max(0, reach.priceMinor - furtherShopMinor)),
      perStopMinor: minor(Math.min(reach.priceMinor, furtherShopMinor)),
      perUnitMinor: minor(0),
      co2PerUnit: Math.ceil((emissions.perKilometreRidden * METRES_PER_UNIT) / 1_000),
      maxStops: MOST_STOPS,
      ...carriage.bike,
    });
    const onRound = { tourId: slug, co2Grams: 0, prices: [{ ...carriage.bike, priceMinor: minor(0), parcels: 0, co2Grams: 0 }] };
    const services = location.services.map((service) => (service.method === 'courier' ? { ...service, ...onRound } : service));
    return { ...location, services };
  });
  return rounds.size === 0 ? problem : { ...problem, locations, tours: [...rounds.values()] };
}

/** The same question with nothing but one shared round; undefined where none is ridden to the place. */
export function onOneRound(problem: SourcingProblem): SourcingProblem | undefined {
  const [round] = problem.tours ?? [];
  if (!round) return undefined;
  const locations = problem.locations.map((location) => ({
    ...location,
    services: location.services.filter((service) => service.tourId === round.id),
  }));
  return { ...problem, locations, wishes: { ...problem.wishes, maxParcels: 1 } };
}
