import { sql } from 'drizzle-orm';
import { stockLocations } from '@/db/schema';
import { idsWithin } from '@/lib/catalogue';
import type { DepartmentView } from '@/lib/catalogue/views';
import { parseId, type CategoryId } from '@/lib/kernel';
import { kept } from '@/lib/platform/kept';
import { reader } from '@/lib/platform/transaction';

/** Which node of the department facet a category counts for. */
export type FacetNode = { readonly categoryId: CategoryId; readonly node: string };

/** Lead times that exist: zero and those of warehouses and suppliers. Changes when a place is opened. */
export const leadTimes = kept(async () => {
  const rows = await reader().execute<{ minutes: number }>(
    sql`select distinct ${stockLocations.leadTimeMinutes} as minutes from ${stockLocations}`,
  );
  return [...new Set([0, ...[...rows].map((row) => row.minutes)])].toSorted((a, b) => a - b);
});

/** Each category counts for the node just below where one looks. */
export function facetNodes(departments: readonly DepartmentView[], within: DepartmentView | undefined): readonly FacetNode[] {
  const node = (department: DepartmentView, path: string): readonly FacetNode[] =>
    idsWithin(department).flatMap((id) => {
      const categoryId = parseId('category', id);
      return categoryId ? [{ categoryId, node: path }] : [];
    });
  if (!within) return departments.flatMap((department) => node(department, department.path));
  const own = parseId('category', within.id);
  return [...(own ? [{ categoryId: own, node: within.path }] : []), ...within.children.flatMap((child) => node(child, child.path))];
}
