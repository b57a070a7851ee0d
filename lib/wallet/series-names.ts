import { inArray } from 'drizzle-orm';
import { categories, shops } from '@/db/schema';
import type { Locale } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { SeriesRow } from './tender-rules';

/** Names of the shops a series is bound to; none where it is good in all. */
export async function shopNames({ shopIds }: Pick<SeriesRow, 'shopIds'>): Promise<readonly string[]> {
  if (shopIds === null || shopIds.length === 0) return [];
  const rows = await reader()
    .select({ name: shops.name })
    .from(shops)
    .where(inArray(shops.id, [...shopIds]))
    .orderBy(shops.name);
  return rows.map(({ name }) => name);
}

/** Names of the departments a series is bound to; none where it pays for anything. */
export async function departmentNames({ categoryIds }: Pick<SeriesRow, 'categoryIds'>, locale: Locale): Promise<readonly string[]> {
  if (categoryIds === null || categoryIds.length === 0) return [];
  const rows = await reader()
    .select({ name: categories.name })
    .from(categories)
    .where(inArray(categories.id, [...categoryIds]))
    .orderBy(categories.position);
  return rows.map(({ name }) => name[locale]);
}
