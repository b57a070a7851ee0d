import { asc, eq, sql } from 'drizzle-orm';
import { categories, merchants, networks, shops } from '@/db/schema';
import type { CategoryId, OperatorScope } from '@/lib/kernel';
import { parseId } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import type { CommissionDepartmentView, CommissionSubjectView } from './views';

/** For whom a rate can be scheduled: the city, its networks, its shops. */
export async function listSubjects(_scope: OperatorScope): Promise<readonly CommissionSubjectView[]> {
  const [ofNetworks, ofShops] = await Promise.all([
    reader().select({ id: networks.id, name: networks.name }).from(networks).orderBy(asc(networks.name)),
    reader()
      .select({ id: shops.id, name: shops.name })
      .from(shops)
      .innerJoin(merchants, eq(merchants.id, shops.merchantId))
      .orderBy(asc(shops.name)),
  ]);
  return [
    { subject: 'city', scope: 'city', name: undefined },
    ...ofNetworks.map(({ id, name }) => ({ subject: id, scope: 'network' as const, name })),
    ...ofShops.map(({ id, name }) => ({ subject: id, scope: 'shop' as const, name })),
  ];
}

/** The departments a rate can be limited to, each under the one it belongs to, in the order of the shelves. */
export async function listDepartmentSubjects(_scope: OperatorScope): Promise<readonly CommissionDepartmentView[]> {
  const rows = await reader()
    .select({ id: categories.id, parentId: categories.parentId, name: categories.name })
    .from(categories)
    .orderBy(asc(categories.position), asc(categories.id));
  const below = (parent: CategoryId | null, depth: number): readonly CommissionDepartmentView[] =>
    rows.filter((row) => row.parentId === parent).flatMap(({ id, name }) => [{ categoryId: id, name, depth }, ...below(id, depth + 1)]);
  return below(null, 0);
}

/** A department and all below it. */
export async function categoriesBelow(categoryId: CategoryId): Promise<ReadonlySet<CategoryId>> {
  const rows = await reader().execute(sql`with recursive below (id) as (
      select ${categoryId}::text union select child.id from below join ${categories} child on child.parent_id = below.id
    ) select id from below`);
  return new Set(rows.flatMap((row) => parseId('category', String(row['id'])) ?? []));
}

/** Whether there is such a department. */
export async function isDepartment(from: Reader, categoryId: CategoryId): Promise<boolean> {
  const [row] = await from.select({ id: categories.id }).from(categories).where(eq(categories.id, categoryId));
  return row !== undefined;
}
