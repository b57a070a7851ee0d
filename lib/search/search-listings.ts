import { listDepartments } from '@/lib/catalogue';
import type { DepartmentView } from '@/lib/catalogue/views';
import { MINUTE, parseId, type Instant, type Locale, type Position } from '@/lib/kernel';
import { loadShopBook, type ShopBook } from '@/lib/shops';
import { askEngine } from './ask-engine';
import { currentEngine } from './current-engine';
import type { EngineAnswer } from './engine/question';
import { facetsOf } from './facets-of';
import { facetNodes, leadTimes } from './grounds';
import { listCards } from './list-cards';
import { ranking } from './ranking';
import { recoveryFor } from './recovery';
import type { SearchQuery } from './views';
import { shopWindows, type ShopWindow } from './shop-windows';
import type { ResultShopView, ResultsView } from './views';

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
 * Results of a query or a department: one page of cards, how many there are, in which shops, and what each filter would leave. Which
 * listings and how many is the index's word, at most a moment old; price, stock and promise of the cards are read live. When nothing is
 * found, `recovery` says what would be found otherwise.
 */
export async function searchListings({ query, department, locale, place, now, isPageOnly = false }: SearchQuestion): Promise<ResultsView> {
  const [book, departments, leads] = await Promise.all([loadShopBook(now), listDepartments(locale), leadTimes()]);
  const stepMs = ranking.promiseStepMinutes * MINUTE;
  const windowsFor = (asked: SearchQuery) => shopWindows({ book, place, now, leadTimes: leads, asked, stepMs });
  const windows = windowsFor(query);
  const nodes = facetNodes(departments, department);
  const engine = currentEngine();
  const found = await askEngine(engine, { query, windows, nodes, pageSize: PAGE_SIZE, isPageOnly }, department?.id ?? '');
  const listingIds = found.results.flatMap(({ listingId }) => parseId('listing', listingId) ?? []);
  const cards = await listCards({ listingIds, book, place, now, filter: query });
  const shops = resultShops(found, book, windows);
  const isNothing = found.total === 0 && !isPageOnly;
  return {
    locale,
    cards,
    total: found.total,
    page: query.page,
    pages: Math.ceil(found.total / PAGE_SIZE),
    shopCount: shops.length,
    openShopCount: shops.filter((shop) => shop.isOpen).length,
    shops,
    facets: isPageOnly ? [] : facetsOf(found, { query, departments, department, book }),
    quick: { open: found.open, near: found.near },
    repaired: found.isLoose ? (found.said ?? query.words) : found.said,
    isLoose: found.isLoose,
    recovery: isNothing ? await recoveryFor(query, { engine, departments, nodes, windowsFor }) : undefined,
  };
}

function resultShops(found: EngineAnswer, book: ShopBook, windows: readonly ShopWindow[]): readonly ResultShopView[] {
  const byShop = new Map(windows.map((window) => [String(window.shopId), window]));
  return found.shops.flatMap(({ value, count }) => {
    const window = byShop.get(value);
    const shop = window && book.get(window.shopId);
    if (!shop) return [];
    const { latitude, longitude } = shop.at;
    return [{ slug: shop.slug, name: shop.name, latitude, longitude, isOpen: window.isOpen, count, walkingMinutes: window.walkingMinutes }];
  });
}
