import { asc, eq } from 'drizzle-orm';
import { listings } from '@/db/schema';
import { reader } from '@/lib/platform/transaction';

/** Last parts of the addresses of all published products, oldest first. */
export async function listPublishedSlugs(most: number): Promise<readonly string[]> {
  const rows = await reader()
    .select({ id: listings.id, slug: listings.slug })
    .from(listings)
    .where(eq(listings.isPublished, true))
    .orderBy(asc(listings.id))
    .limit(most);
  return rows.map(({ id, slug }) => `${slug}-${id}`);
}
