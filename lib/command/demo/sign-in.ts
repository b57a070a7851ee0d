import { createSignInLink } from '@/lib/identity';
import { closeDatabase, useDatabase } from '@/lib/platform/database';
import { simulationDemoPeople } from '@/lib/simulation';

export type DemoLink = { readonly who: string; readonly url: string };

/** A one-click link for each of the three kinds of people; good once, for a day. */
export async function demoLinks(databaseUrl: string, baseUrl: string): Promise<readonly DemoLink[]> {
  const { shopper, shop, city } = simulationDemoPeople;
  await useDatabase(databaseUrl, { connections: 1 });
  try {
    const link = async (who: string, email: string, callbackPath: string): Promise<DemoLink> => ({
      who,
      url: await createSignInLink({ email, callbackPath, baseUrl }),
    });
    return [await link('a shopper', shopper, '/'), await link('a shop', shop, '/merchant'), await link('the city', city, '/admin')];
  } finally {
    await closeDatabase();
  }
}
