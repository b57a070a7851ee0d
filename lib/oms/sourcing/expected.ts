import { quantity } from '@/lib/kernel';
import type { Instant, OfferId, StockLocationId } from '@/lib/kernel';
import type { SourcingLocation, SourcingProblem, SourcingService } from './problem';

/** Units that will come to a place, and how that place can serve once they came: the same services with windows after the arrival. */
export type ExpectedStock = {
  readonly offerId: OfferId;
  readonly locationId: StockLocationId;
  readonly units: number;
  readonly arrivesAt: Instant;
  readonly services: readonly SourcingService[];
};

/** The engine's name of a place as it will be after a delivery. */
export function placeAfter(locationId: StockLocationId, arrivesAt: Instant): string {
  return `${locationId}~${arrivesAt}`;
}

/**
 * A problem in which expected deliveries can be promised: each place gets a later self for each arrival, with what arrives and no more.
 *
 * Guarantees: what is on the shelf today is offered once, by today's place; what comes is promised after it came. One bag a visit: taking
 *   something today and something later from one shop is two visits, and is counted so. The same for any order of deliveries.
 */
export function withExpected(problem: SourcingProblem, expected: readonly ExpectedStock[]): SourcingProblem {
  const later = new Map<string, SourcingLocation>();
  for (const delivery of expected) {
    const today = problem.locations.find((location) => location.id === delivery.locationId);
    const id = placeAfter(delivery.locationId, delivery.arrivesAt);
    if (today && isPlace(id)) later.set(id, { ...today, id, services: delivery.services });
  }
  const lines = problem.lines.map((line) => ({
    ...line,
    offers: [
      ...line.offers,
      ...line.offers.flatMap((offer) =>
        expected
          .filter((delivery) => delivery.offerId === offer.offerId && delivery.locationId === offer.locationId)
          .flatMap((delivery) => {
            const id = placeAfter(delivery.locationId, delivery.arrivesAt);
            return isPlace(id) ? [{ ...offer, locationId: id, available: quantity(delivery.units), riskMinor: offer.riskMinor }] : [];
          }),
      ),
    ],
  }));
  return { ...problem, lines, locations: [...problem.locations, ...later.values()] };
}

function isPlace(text: string): text is StockLocationId {
  return text.startsWith('loc_');
}
