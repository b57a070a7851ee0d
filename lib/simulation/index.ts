import { demoPeople } from '@/db/seed';

export { worldNames, type WorldName } from './worlds/choose';
export { compareWorlds, type Compared, type Simulation, type SimulationWish, type SweepPoint } from './worlds/compare-worlds';
export { measureNames, type Estimate, type Measure } from './worlds/tally';
export { demoVouchers } from './issue-demo-vouchers';
export { CityExistsError, seedDemoCity, type SeedDemoCity } from './seed-demo-city';

/** The mail addresses of the three people the demo's sign-in links are for. */
export const simulationDemoPeople = {
  shopper: demoPeople.shopper.email,
  shop: demoPeople.shopOwner.email,
  city: demoPeople.operator.email,
} as const;
