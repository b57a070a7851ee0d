import { asc, eq } from 'drizzle-orm';
import { categories, merchants, networks, shops } from '@/db/schema';
import { inTreeOrder } from '@/lib/departments';
import type { CategoryId, OperatorScope } from '@/lib/kernel';
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
  return inTreeOrder(rows).map(({ id, name, depth }) => ({ categoryId: id, name, depth }));
}

/** Whether there is such a department. */
export async function isDepartment(from: Reader, categoryId: CategoryId): Promise<boolean> {
  const [row] = await from.select({ id: categories.id }).from(categories).where(eq(categories.id, categoryId));
  return row !== undefined;
}
