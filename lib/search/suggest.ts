import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { listDepartments } from '@/lib/catalogue';
import type { DepartmentView } from '@/lib/catalogue/views';
import { pathTo, type Locale } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { folded, gtinOf, wordsOf } from './fold';

export type Suggestion = { readonly label: string; readonly href: string; readonly kind: 'department' | 'product' | 'shop' };

const MOST = 8;

const row = z.object({ kind: z.enum(['product', 'shop']), label: z.string(), slug: z.string() });

function departmentsLike(departments: readonly DepartmentView[], words: string): readonly DepartmentView[] {
  return departments.flatMap((department) => [
    ...(folded(department.name)
      .split(/[^a-z0-9]+/)
      .some((word) => word.startsWith(words)) && department.count > 0
      ? [department]
      : []),
    ...departmentsLike(department.children, words),
  ]);
}

/** What one may mean by the letters typed so far: departments, products, shops; eight at most. */
export async function suggest(typed: string, locale: Locale): Promise<readonly Suggestion[]> {
  const words = wordsOf(typed);
  const last = words.at(-1);
  if (last === undefined || typed.trim().length < 2) return [];
  const textQuery = words.map((word, index) => (index === words.length - 1 ? `'${word}':*` : `'${word}'`)).join(' & ');
  const beginning = `${folded(typed.trim()).replace(/[%_\\]/g, '')}%`;
  const [departments, rows] = await Promise.all([
    listDepartments(locale),
    reader().execute(sql`
      (select 'shop' as kind, name as label, slug from shops where unaccent(lower(name)) like ${`%${beginning}`} order by name limit 2)
      union all
      (select 'product', l.title, l.slug || '-' || l.id from (
        select d.listing_id, ts_rank(d.vector, t.q) as relevance from search_documents d, (select to_tsquery('fr_unaccent', ${textQuery}) as q) t
        where d.vector @@ t.q order by 2 desc, 1 limit ${MOST}) m
        join listings l on l.id = m.listing_id order by m.relevance desc, l.title)`),
  ]);
  const found = z.array(row).parse([...rows]);
  const inDepartments = departmentsLike(departments, folded(typed.trim())).slice(0, 3);
  return [
    ...inDepartments.map((department): Suggestion => ({
      kind: 'department',
      label: department.name,
      href: pathTo(locale, 'department', { slug: department.path }),
    })),
    ...found.map(({ kind, label, slug }): Suggestion => ({
      kind,
      label,
      href: kind === 'shop' ? pathTo(locale, 'shop', { slug }) : pathTo(locale, 'listing', { slugId: slug }),
    })),
  ].slice(0, MOST);
}

/** The product with a barcode, as the last part of its address. */
export async function findByBarcode(typed: string): Promise<string | undefined> {
  const gtin = gtinOf(typed);
  if (gtin === undefined) return undefined;
  const rows = await reader().execute(sql`
    select l.slug || '-' || l.id as slug from listings l join variants v on v.id = l.variant_id where v.gtin = ${gtin} and l.is_published limit 1`);
  return z.array(z.object({ slug: z.string() })).parse([...rows])[0]?.slug;
}
