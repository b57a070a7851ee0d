import { listDepartments } from '@/lib/catalogue';
import type { DepartmentView } from '@/lib/catalogue/views';
import { MINUTE, type Instant, type Locale, type Position } from '@/lib/kernel';
import { loadShopBook, type ShopBook } from '@/lib/shops';
import { methods } from '@/lib/promise/views';
import { findResults, type FoundResults } from './find-results';
import { facetNodes, leadTimes } from './grounds';
import { listCards } from './list-cards';
import { ranking } from './ranking';
import { repairWords } from './repair-words';
import { conditionName, priceRanges, wayName, type SearchQuery } from './search-query';
import { shopWindows, type ShopWindow } from './shop-windows';
import { whenChoices, type FacetName, type FacetValueView, type FacetView, type ResultShopView, type ResultsView } from './views';

export const PAGE_SIZE = 24;

export type SearchQuestion = {
  readonly query: SearchQuery;
  /** The department looked in, for its pages; none searches everything. */
  readonly department: DepartmentView | undefined;
  readonly locale: Locale;
  readonly place: Position | undefined;
  readonly now: Instant;
  /** Only the page: no facets are counted. */
  readonly isPageOnly?: boolean;
};

/**
 * Results of a query or a department: one page of cards, how many there are, in which shops, and what each filter would leave.
 * Only what can be had is shown. When all words together find nothing, any of them may (`repaired` then says what was read).
 */
export async function searchListings({ query, department, locale, place, now, isPageOnly = false }: SearchQuestion): Promise<ResultsView> {
  const [book, departments, leads, repair] = await Promise.all([
    loadShopBook(now),
    listDepartments(locale),
    leadTimes(),
    repairWords(query.words),
  ]);
  const stepMs = ranking.promiseStepMinutes * MINUTE;
  const windows = shopWindows({ book, place, now, leadTimes: leads, asked: query, stepMs });
  const nodes = facetNodes(departments, department);
  const ask = (textQuery: string) => findResults({ query, textQuery, windows, nodes, pageSize: PAGE_SIZE, isPageOnly });
  const isEmptyQuery = query.words !== '' && repair.all === '';
  const strict = isEmptyQuery ? undefined : await ask(repair.all);
  const found = strict && strict.total === 0 && repair.any !== repair.all ? await ask(repair.any) : strict;
  const isLoose = found !== strict;
  const shown = found ?? (await ask("'-'"));
  const cards = await listCards({ listingIds: shown.ids, book, place, now, filter: query });
  const shops = resultShops(shown, book, windows);
  return {
    locale,
    cards,
    total: shown.total,
    page: query.page,
    pages: Math.ceil(shown.total / PAGE_SIZE),
    shopCount: shops.length,
    openShopCount: shops.filter((shop) => shop.isOpen).length,
    shops,
    facets: facetsOf(shown, { query, departments, department, book }),
    quick: { open: shown.open, near: shown.near },
    repaired: isLoose ? (repair.said ?? query.words) : repair.said,
    isLoose,
  };
}

function resultShops(found: FoundResults, book: ShopBook, windows: readonly ShopWindow[]): readonly ResultShopView[] {
  const byShop = new Map(windows.map((window) => [window.shopId, window]));
  return found.shops.flatMap(({ shopId, count }) => {
    const shop = book.get(shopId);
    const window = byShop.get(shopId);
    if (!shop || !window) return [];
    const { latitude, longitude } = shop.at;
    return [{ slug: shop.slug, name: shop.name, latitude, longitude, isOpen: window.isOpen, count, walkingMinutes: window.walkingMinutes }];
  });
}

type FacetContext = {
  readonly query: SearchQuery;
  readonly departments: readonly DepartmentView[];
  readonly department: DepartmentView | undefined;
  readonly book: ShopBook;
};

type Counted = readonly { readonly value: string; readonly count: number }[];

/** Values with something behind them, and the ones that are on however many they leave. */
function facet(name: FacetName, counted: Counted, on: readonly string[], label: (value: string) => string): FacetView {
  const missing = on.filter((value) => !counted.some((row) => row.value === value)).map((value) => ({ value, count: 0 }));
  const values = [...counted, ...missing]
    .filter((row) => row.count > 0 || on.includes(row.value))
    .map(({ value, count }): FacetValueView => ({ value, label: label(value), count, isOn: on.includes(value) }));
  return { name, values };
}

const inOrder = (values: readonly string[], counts: readonly number[]): Counted =>
  values.map((value, index) => ({ value, count: counts[index] ?? 0 }));
const sortedBy = (order: readonly string[], counted: Counted): Counted =>
  counted.toSorted((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
const same = (value: string) => value;

function facetsOf(found: FoundResults, { query, departments, department, book }: FacetContext): readonly FacetView[] {
  const below = department ? department.children : departments;
  const nodeName = (path: string) => below.find((node) => node.path === path)?.name ?? department?.name ?? path;
  const departmentCounts = found.department.filter((row) => row.value !== department?.path);
  const conditions = query.conditions.map(conditionName);
  const conditionCounts = found.condition.flatMap(({ value, count }) =>
    value === 'new' || value === 'used' || value === 'refurbished' ? [{ value: conditionName(value), count }] : [],
  );
  return [
    facet('quand', inOrder(whenChoices, found.when), query.when ? [query.when] : [], same),
    facet('comment', inOrder(methods.map(wayName), found.ways), query.ways.map(wayName), same),
    facet('boutique', found.shop, query.shops, (slug) => book.bySlug(slug)?.name ?? slug),
    facet('rayon', departmentCounts, query.departments, nodeName),
    facet('prix', sortedBy(priceRanges, found.price), query.prices, same),
    facet('marque', found.brand, query.brands, same),
    facet('etat', conditionCounts.length > 1 || conditions.length > 0 ? conditionCounts : [], conditions, same),
  ].filter((one) => one.values.length > 0);
}
