import { minor } from '@/lib/kernel';
import type { CarriagePrice, SourcingLocation, SourcingService } from '../sourcing/problem';
import type { CommittedPart } from './remainder-question';

/**
 * The places of a market as they are once parts of the order stand.
 *
 * Guarantees: a place with an open part offers only the way that part goes, and joining it costs only what the larger bag costs more;
 *   work it has promised already comes off its windows. Every other place is untouched: a second bag there is a second hand-over.
 */
export function besideCommitted(locations: readonly SourcingLocation[], committed: readonly CommittedPart[]): readonly SourcingLocation[] {
  return locations.map((location) => {
    const part = committed.find((candidate) => candidate.isOpen && candidate.locationId === location.id);
    if (!part) return location;
    const services = location.services
      .filter((service) => service.method === part.method)
      .flatMap((service): readonly SourcingService[] => {
        const joined = joining(service, part);
        return joined ? [joined] : [];
      });
    return services.length === 0 ? location : { ...location, biasMinor: 0, services };
  });
}

function joining(service: SourcingService, part: CommittedPart): SourcingService | undefined {
  const carried = service.prices.find((row) => part.grams <= row.maxGrams && part.cm3 <= row.maxCm3);
  if (!carried) return undefined; // it was priced otherwise: what comes later travels by itself
  const prices = service.prices
    .filter((row) => row.maxGrams > part.grams && row.maxCm3 > part.cm3)
    .map((row): CarriagePrice => ({
      maxGrams: row.maxGrams - part.grams,
      maxCm3: row.maxCm3 - part.cm3,
      priceMinor: minor(row.priceMinor - carried.priceMinor),
      parcels: row.parcels - carried.parcels,
      co2Grams: row.co2Grams - carried.co2Grams,
    }));
  const windows = service.windows
    .filter((row) => row.maxUnits > part.units)
    .map((row) => ({ ...row, maxUnits: row.maxUnits - part.units }));
  if (prices.length === 0 || windows.length === 0) return undefined;
  return { ...service, rankingMinor: 0, co2Grams: 0, prices, windows };
}
