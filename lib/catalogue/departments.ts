import { asc, eq, sql } from 'drizzle-orm';
import { categories, listings } from '@/db/schema';
import { childrenOf } from '@/lib/departments';
import type { CategoryId, Locale } from '@/lib/kernel';
import { locales } from '@/lib/kernel';
import { kept } from '@/lib/platform/kept';
import { reader } from '@/lib/platform/transaction';
import type { DepartmentView } from './views';

function readRows() {
  return reader()
    .select({
      id: categories.id,
      parentId: categories.parentId,
      name: categories.name,
      slug: categories.slug,
      family: categories.family,
      glyph: categories.glyph,
      count: sql<number>`count(${listings.id})::int`,
    })
    .from(categories)
    .leftJoin(listings, eq(listings.categoryId, categories.id))
    .groupBy(categories.id)
    .orderBy(asc(categories.position), asc(categories.id));
}

type Row = Awaited<ReturnType<typeof readRows>>[number];

function tree(rows: readonly Row[], locale: Locale, parent: CategoryId | null, above: string): readonly DepartmentView[] {
  return childrenOf(rows, parent).map((row): DepartmentView => {
    const path = above === '' ? row.slug[locale] : `${above}/${row.slug[locale]}`;
    const children = tree(rows, locale, row.id, path);
    const count = children.reduce((sum, child) => sum + child.count, row.count);
    return { id: row.id, name: row.name[locale], path, family: row.family, glyph: row.glyph, count, children };
  });
}

const keptRows = kept(async () => readRows());

/** The tree of departments in a language; words and counts of published products, kept a few seconds. */
export const listDepartments: (locale: Locale) => Promise<readonly DepartmentView[]> = (() => {
  const byLocale = kept(async (key) => {
    const locale = locales.find((one) => one === key) ?? 'fr';
    return tree(await keptRows(), locale, null, '');
  });
  return (locale: Locale) => byLocale(locale);
})();

/** No page shows fewer products than its layout needs (ux §1): what has less is left to the department above it. */
const LEAST_ON_A_PAGE = 8;

/** Has this department enough for a page of its own? */
export function fillsPage({ count }: Pick<DepartmentView, 'count'>): boolean {
  return count >= LEAST_ON_A_PAGE;
}

/** A department and the ones above it, by its path; undefined when there is none. */
export function departmentAt(departments: readonly DepartmentView[], path: string): readonly DepartmentView[] | undefined {
  for (const department of departments) {
    if (department.path === path) return [department];
    if (path.startsWith(`${department.path}/`)) {
      const below = departmentAt(department.children, path);
      if (below) return [department, ...below];
    }
  }
  return undefined;
}

/** A department by its id, with the ones above it. */
export function departmentOf(departments: readonly DepartmentView[], id: string): readonly DepartmentView[] | undefined {
  for (const department of departments) {
    if (department.id === id) return [department];
    const below = departmentOf(department.children, id);
    if (below) return [department, ...below];
  }
  return undefined;
}

/** A department's own id and those of all below it. */
export function idsWithin(department: DepartmentView): readonly string[] {
  return [department.id, ...department.children.flatMap(idsWithin)];
}
