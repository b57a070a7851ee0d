import { getTableColumns } from 'drizzle-orm';
import { citySettings } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import { HOUR, invariant } from '@/lib/kernel';
import { systemClock } from '@/lib/platform/clock';
import { kept } from '@/lib/platform/kept';
import { reader } from '@/lib/platform/transaction';
import { reached, stageOf, thresholdsMet } from './city-stage';
import type { CityPageView } from './city-views';

/** How long a full city is taken to be full: counting its products is work, and it does not empty in an hour. One that grows is counted at each reading. */
const FULL_MS = HOUR;
let fullUntil = Number.NEGATIVE_INFINITY;

/** The city's name, place, zone, stage and the identity of whoever runs it; words, so they may be a few seconds old. One statement. */
export const getCity: () => Promise<CityPageView> = kept(async () => {
  const { shops, products } = performance.now() < fullUntil ? thresholdsMet : reached;
  const isCounted = products === reached.products;
  const [row] = await reader()
    .select({ ...getTableColumns(citySettings), liveShops: shops, orderable: products })
    .from(citySettings);
  invariant(row, 'the city is set up: run the migrations and the seed');
  const stage = stageOf({ shops: row.liveShops, products: row.orderable }, row);
  if (isCounted && stage === 'full') fullUntil = performance.now() + FULL_MS;
  return {
    name: row.name,
    at: { latitude: row.latitude, longitude: row.longitude },
    timeZone: row.timeZone,
    country: row.country,
    region: row.region,
    currency: row.currency,
    operator: row.operator,
    isDemo: row.isDemo,
    stage,
  };
});

/** What time it is, for whoever shows the city or writes down what was seen in it. */
export function cityMoment(): Instant {
  return systemClock.now();
}
