import { demoPeople } from '@/db/seed';

export { CityExistsError, seedDemoCity, type SeedDemoCity } from './seed-demo-city';

/** The mail addresses of the three people the demo's sign-in links are for. */
export const simulationDemoPeople = {
  shopper: demoPeople.shopper.email,
  shop: demoPeople.shopOwner.email,
  city: demoPeople.operator.email,
} as const;
