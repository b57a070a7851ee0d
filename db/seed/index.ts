import type postgres from 'postgres';
import { buildCity } from './city/index';
import type { City } from './city/index';
import { seedOffers, seedProducts } from './seed-catalogue';
import { seedFrame } from './seed-frame';
import { seedPeople } from './seed-people';
import { seedShops } from './seed-shops';
import { seedStock } from './seed-stock';

export { reference } from './reference';
export { demoPeople } from './seed-people';
export { buildCity } from './city/index';
export type { City } from './city/index';
export { chanceOf } from './city/chance';
export type { Chance } from './city/chance';
export { mobileOf } from './city/legal';
export { readAddresses } from './city/shops';
export { readNames } from './city/source-files';
export { countedAt, shelvesOf } from './seed-stock';
export { at, copyRows } from '../copy-rows';

export type SeedOptions = {
  /** A pool to a migrated, empty database. */
  readonly sql: postgres.Sql;
  /** The same seed gives the same city, to the id. */
  readonly seed: string;
  /** Epoch milliseconds: when the stock was counted hangs on it. */
  readonly now: number;
  /** When the city opened; all stock is then counted at that moment, for a history to follow. Without it, stock has mixed ages. */
  readonly openedAt?: number;
  readonly onProgress?: (step: string) => void;
};

/** Writes the whole demo city, without history, in one transaction. Throws when the database is not empty. */
export async function seedCity({ sql, seed, now, openedAt, onProgress = () => {} }: SeedOptions): Promise<City> {
  const city = buildCity(seed);
  const since = openedAt ?? now - 21 * 86_400_000;
  await sql.begin(async (tx) => {
    onProgress('shops');
    await seedFrame(tx, since);
    await seedShops(tx, city, seed, since);
    onProgress('products');
    await seedProducts(tx, city, since);
    onProgress('offers');
    await seedOffers(tx, city, since);
    onProgress('stock');
    await seedStock(tx, city, seed, { now, openedAt });
    onProgress('people');
    await seedPeople(tx, city, since);
  });
  onProgress('statistics');
  await sql`analyze`;
  return city;
}
