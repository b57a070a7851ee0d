import { MINUTE, parseId, type Instant, type Locale, type Position } from '@/lib/kernel';
import { listDepartments } from '@/lib/catalogue';
import { localDay, type ShopBook } from '@/lib/shops';
import { askEngine } from './ask-engine';
import { currentEngine } from './current-engine';
import { facetNodes, leadTimes } from './grounds';
import { listCards } from './list-cards';
import { ranking } from './ranking';
import { parseSearch } from './search-query';
import { shopWindows } from './shop-windows';
import type { CardView } from './views';

/** What people of a temperate city look for, by month from January; words as one would type them. */
const seasonWords = [
  'soupe galette thé bougie écharpe',
  'crêpe chocolat mandarine moufle thé',
  'graines asperge vélo tulipe ciré',
  'chocolat agneau radis terreau fleurs',
  'fraise muguet arrosoir pique-nique chapeau',
  'cerise abricot glace éventail lunettes',
  'pêche tomate melon glace gourde',
  'tomate melon glace gourde chapeau',
  'raisin figue cahier stylo cartable',
  'potiron châtaigne noix soupe bougie',
  'clémentine noix soupe chocolat bougie écharpe',
  'clémentine chocolat champagne jouet bougie',
] as const;

export type SeasonQuestion = {
  readonly book: ShopBook;
  readonly locale: Locale;
  readonly place: Position | undefined;
  readonly now: Instant;
  readonly count: number;
};

/** A shelf for the time of year, soonest first; fewer than asked only when the city has fewer. */
export async function listSeason({ book, locale, place, now, count }: SeasonQuestion): Promise<readonly CardView[]> {
  const month = Number(localDay(now, book.city.timeZone).slice(5, 7)) - 1;
  const query = parseSearch({ q: seasonWords[month] ?? seasonWords[0] });
  const [departments, leads] = await Promise.all([listDepartments(locale), leadTimes()]);
  const windows = shopWindows({ book, place, now, leadTimes: leads, asked: query, stepMs: ranking.promiseStepMinutes * MINUTE });
  const nodes = facetNodes(departments, undefined);
  const found = await Promise.all(
    query.words
      .split(' ')
      .map((words) => askEngine(currentEngine(), { query: { ...query, words }, windows, nodes, pageSize: count, isPageOnly: true }, '')),
  );
  const listingIds = inTurn(found.map(({ results }) => results.flatMap(({ listingId }) => parseId('listing', listingId) ?? [])));
  return listCards({ listingIds: listingIds.slice(0, count), book, place, now });
}

/** The first of each list, then the second of each: a shelf has some of everything. */
function inTurn<Value>(lists: readonly (readonly Value[])[]): readonly Value[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return [...new Set(Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat())];
}
