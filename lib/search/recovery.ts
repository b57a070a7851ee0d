import type { DepartmentView } from '@/lib/catalogue/views';
import { engineQuestion } from './ask-engine';
import type { FacetNode } from './grounds';
import type { SearchEngine } from './search-engine';
import type { SearchQuery } from './views';
import type { ShopWindow } from './shop-windows';
import type { RecoveryView } from './views';

export type RecoveryGrounds = {
  readonly engine: SearchEngine;
  readonly departments: readonly DepartmentView[];
  readonly nodes: readonly FacetNode[];
  readonly windowsFor: (query: SearchQuery) => readonly ShopWindow[];
};

const MOST_DEPARTMENTS = 3;

/** The query without filters that look at things rather than at words. */
function bare(query: SearchQuery): SearchQuery {
  return { ...query, departments: [], prices: [], brands: [], conditions: [], attributes: [], labels: [], page: 1 };
}

function departmentsNamed(departments: readonly DepartmentView[], ids: readonly string[]): readonly DepartmentView[] {
  const all = (list: readonly DepartmentView[]): readonly DepartmentView[] => list.flatMap((one) => [one, ...all(one.children)]);
  const known = all(departments);
  return ids.flatMap((id) => known.find((one) => one.id === id) ?? []);
}

/**
 * What would be found otherwise, where nothing was: later, farther, in any shop, without filters, and the departments such things lie in
 * when nobody has them now. Each is tried, none is promised in vain.
 */
export async function recoveryFor(query: SearchQuery, { engine, departments, nodes, windowsFor }: RecoveryGrounds): Promise<RecoveryView> {
  const countOf = async (asked: SearchQuery) => {
    const question = engineQuestion({ query: asked, windows: windowsFor(asked), nodes, pageSize: 1, isPageOnly: true });
    return (await engine.answer(question)).total;
  };
  const first = { ...query, page: 1 };
  const tries: readonly (readonly [RecoveryView['ways'][number]['kind'], boolean, SearchQuery])[] = [
    ['later', query.when !== undefined || query.openNow, { ...first, when: undefined, openNow: false }],
    ['farther', query.near, { ...first, near: false }],
    ['any-shop', query.shops.length > 0, { ...first, shops: [] }],
    ['without-filters', true, { ...bare(first), when: undefined, ways: [], shops: [], openNow: false, near: false }],
  ];
  const ways = await Promise.all(
    tries.filter(([, isOn]) => isOn).map(async ([kind, , asked]) => ({ kind, query: asked, total: await countOf(asked) })),
  );
  const near = query.words === '' ? [] : await engine.categoriesOf(query.words, MOST_DEPARTMENTS);
  return {
    ways: ways.filter(({ total }) => total > 0),
    departments: departmentsNamed(departments, near).map(({ name, path, count }) => ({ name, path, count })),
  };
}
