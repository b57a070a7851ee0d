import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { categories } from '@/db/schema';
import type { CategoryId } from '@/lib/kernel';
import { parseId } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';

/**
 * In SQL: `below (root, id)`, a common table of each department that `roots` names with itself and all below it, once each. It stands in a
 * `with recursive`; `roots` gives the pairs it begins with. A tree that bites its own tail ends too.
 */
export function allBelow(roots: SQL): SQL {
  return sql`below (root, id) as (
      ${roots}
      union select below.root, child.id from below join ${categories} child on child.parent_id = below.id
    )`;
}

/** A department and all below it. */
export async function departmentsBelow(from: Reader, categoryId: CategoryId): Promise<ReadonlySet<CategoryId>> {
  const roots = sql`select ${categoryId}::text, ${categoryId}::text`;
  const rows = await from.execute(sql`with recursive ${allBelow(roots)} select id from below`);
  return new Set(rows.flatMap((row) => parseId('category', String(row['id'])) ?? []));
}

/** Each of these departments with the ones above it, the nearest first. */
export async function lineagesOf(from: Reader, ids: readonly CategoryId[]): Promise<ReadonlyMap<CategoryId, readonly CategoryId[]>> {
  if (ids.length === 0) return new Map();
  const rows = await from.select({ id: categories.id, parentId: categories.parentId }).from(categories);
  const parents = new Map(rows.map((row) => [row.id, row.parentId]));
  return new Map(
    ids.map((id) => {
      const lineage: CategoryId[] = [];
      for (let at: CategoryId | null | undefined = id; at !== null && at !== undefined && !lineage.includes(at); at = parents.get(at))
        lineage.push(at);
      return [id, lineage];
    }),
  );
}

type InTree = { readonly id: CategoryId; readonly parentId: CategoryId | null };

/** Departments each under the one it belongs to, those of one in the order they came in; `depth` counts the ones above it. Pure. */
export function inTreeOrder<Row extends InTree>(
  rows: readonly Row[],
  parent: CategoryId | null = null,
  depth = 0,
): readonly (Row & { readonly depth: number })[] {
  return childrenOf(rows, parent).flatMap((row) => [{ ...row, depth }, ...inTreeOrder(rows, row.id, depth + 1)]);
}

/** Those right below one, or at the top. Pure. */
export function childrenOf<Row extends InTree>(rows: readonly Row[], parent: CategoryId | null): readonly Row[] {
  return rows.filter(({ parentId }) => parentId === parent);
}
