import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { listDepartments } from '@/lib/catalogue';
import type { DepartmentView } from '@/lib/catalogue/views';
import { MINUTE, folded, parseId, pathTo, type Instant, type Locale } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { loadShopBook, type ShopBook } from '@/lib/shops';
import { askEngine } from './ask-engine';
import { currentEngine } from './current-engine';
import { frequentQueries } from './demand';
import { gtinOf } from './fold';
import { facetNodes, leadTimes } from './grounds';
import { listCards } from './list-cards';
import { ranking } from './ranking';
import { parseSearch } from './search-query';
import { shopWindows } from './shop-windows';
import type { SuggestionView } from './views';

const MOST = 8;
const MOST_PRODUCTS = 4;
const MOST_OTHERS = 2;
const SHORTEST = 2;

const wordsOf = (text: string) => folded(text).split(/[^a-z0-9]+/);

/** Do the words of a name go on as the typed ones begin? */
function begins(name: string, typed: string): boolean {
  const asked = wordsOf(typed).filter((word) => word !== '');
  return asked.every((word) => wordsOf(name).some((one) => one.startsWith(word)));
}

function departmentsLike(departments: readonly DepartmentView[], typed: string): readonly DepartmentView[] {
  return departments.flatMap((department) => [
    ...(begins(department.name, typed) && department.count > 0 ? [department] : []),
    ...departmentsLike(department.children, typed),
  ]);
}

async function productsLike(
  typed: string,
  { book, departments, now }: { book: ShopBook; departments: readonly DepartmentView[]; now: Instant },
) {
  const query = parseSearch({ q: typed, tri: 'pertinence' });
  const windows = shopWindows({
    book,
    place: undefined,
    now,
    leadTimes: await leadTimes(),
    asked: query,
    stepMs: ranking.promiseStepMinutes * MINUTE,
  });
  const nodes = facetNodes(departments, undefined);
  const found = await askEngine(currentEngine(), { query, windows, nodes, pageSize: MOST_PRODUCTS, isPageOnly: true, isGlance: true }, '');
  const listingIds = found.isLoose ? [] : found.results.flatMap(({ listingId }) => parseId('listing', listingId) ?? []);
  return listCards({ listingIds, book, place: undefined, now });
}

/** What one may mean by the letters typed so far: queries of others, departments, products with their promise, shops; eight at most. */
export async function suggest(typed: string, locale: Locale, now: Instant): Promise<readonly SuggestionView[]> {
  const text = typed.trim();
  if (text.length < SHORTEST || wordsOf(text).every((word) => word === '')) return [];
  const [book, departments, queries] = await Promise.all([loadShopBook(now), listDepartments(locale), frequentQueries()]);
  const cards = await productsLike(text, { book, departments, now });
  const shops = book.all().filter((shop) => begins(shop.name, text));
  const asked = queries.filter((words) => words !== folded(text) && words.startsWith(folded(text)));
  const others: readonly SuggestionView[] = [
    ...asked
      .slice(0, MOST_OTHERS)
      .map((words): SuggestionView => ({ kind: 'query', label: words, href: pathTo(locale, 'search', {}, { q: words }) })),
    ...departmentsLike(departments, text)
      .slice(0, MOST_OTHERS)
      .map(({ name, path }): SuggestionView => ({ kind: 'department', label: name, href: pathTo(locale, 'department', { slug: path }) })),
  ];
  const products = cards.map((card): SuggestionView => ({
    kind: 'product',
    label: card.title,
    href: pathTo(locale, 'listing', { slugId: card.slugId }),
    promise: card.offer?.promise,
    shopName: card.offer?.shopName,
  }));
  const named = shops
    .slice(0, MOST_OTHERS)
    .map(({ name, slug }): SuggestionView => ({ kind: 'shop', label: name, href: pathTo(locale, 'shop', { slug }) }));
  return [...others, ...products, ...named].slice(0, MOST);
}

/** The product with a barcode, as the last part of its address. */
export async function findByBarcode(typed: string): Promise<string | undefined> {
  const gtin = gtinOf(typed);
  if (gtin === undefined) return undefined;
  const rows = await reader().execute(sql`
    select l.slug || '-' || l.id as slug from listings l join variants v on v.id = l.variant_id where v.gtin = ${gtin} and l.is_published limit 1`);
  return z.array(z.object({ slug: z.string() })).parse([...rows])[0]?.slug;
}
