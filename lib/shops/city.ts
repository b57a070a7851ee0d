import { citySettings } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import { invariant } from '@/lib/kernel';
import { systemClock } from '@/lib/platform/clock';
import { kept } from '@/lib/platform/kept';
import { reader } from '@/lib/platform/transaction';
import type { CityPageView } from './city-views';

/** The city's name, place, zone and the identity of whoever runs it; words, so they may be a few seconds old. */
export const getCity: () => Promise<CityPageView> = kept(async () => {
  const [row] = await reader().select().from(citySettings);
  invariant(row, 'the city is set up: run the migrations and the seed');
  return {
    name: row.name,
    at: { latitude: row.latitude, longitude: row.longitude },
    timeZone: row.timeZone,
    country: row.country,
    region: row.region,
    currency: row.currency,
    operator: row.operator,
    isDemo: row.isDemo,
  };
});

/** What time it is, for whoever shows the city or writes down what was seen in it. */
export function cityMoment(): Instant {
  return systemClock.now();
}
