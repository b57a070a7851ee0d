import type { DepartmentView } from '@/lib/catalogue/views';
import { methods } from '@/lib/promise/views';
import type { ShopBook } from '@/lib/shops';
import type { Counted, EngineAnswer } from './engine/question';
import { LABEL } from './live/labels';
import { attributeParameters, conditionName, wayName } from './search-query';
import { labels, priceRanges, whenChoices, type SearchQuery, type FacetName, type FacetValueView, type FacetView } from './views';

export type FacetContext = {
  readonly query: SearchQuery;
  readonly departments: readonly DepartmentView[];
  readonly department: DepartmentView | undefined;
  readonly book: ShopBook;
};

type Facet = {
  readonly name: FacetName;
  readonly title?: string;
  readonly counted: readonly Counted[];
  readonly on: readonly string[];
  readonly label?: (value: string) => string;
};

/** Values with something behind them, and the ones that are on however many they leave. */
function facet({ name, title, counted, on, label = (value) => value }: Facet): FacetView {
  const missing = on.filter((value) => !counted.some((row) => row.value === value)).map((value) => ({ value, count: 0 }));
  const values = [...counted, ...missing]
    .filter((row) => row.count > 0 || on.includes(row.value))
    .map(({ value, count }): FacetValueView => ({ value, label: label(value), count, isOn: on.includes(value) }));
  return { name, title, values };
}

const inOrder = (values: readonly string[], counts: readonly number[]): readonly Counted[] =>
  values.map((value, index) => ({ value, count: counts[index] ?? 0 }));

const sortedBy = (order: readonly string[], counted: readonly Counted[]): readonly Counted[] =>
  counted.toSorted((a, b) => order.indexOf(a.value) - order.indexOf(b.value));

/** What the department's things have in common, each attribute a facet of its own; what titles promise is one facet. */
function attributeFacets(found: EngineAnswer, query: SearchQuery): readonly FacetView[] {
  const promised = found.attributes.find(({ name }) => name === LABEL)?.values ?? [];
  const others = found.attributes.filter(({ name }) => name !== LABEL);
  const on = attributeParameters(query.attributes);
  return [
    facet({ name: 'label', counted: sortedBy(labels, promised), on: query.labels }),
    ...others.map(({ name, values }) =>
      facet({
        name: 'carac',
        title: name,
        counted: values.map(({ value, count }) => ({ value: `${name}=${value}`, count })),
        on: on.filter((text) => text.startsWith(`${name}=`)),
        label: (value) => value.slice(name.length + 1),
      }),
    ),
  ];
}

/** Every facet of an answer with its values' names, in the order of the page; without those that would change nothing. */
export function facetsOf(found: EngineAnswer, { query, departments, department, book }: FacetContext): readonly FacetView[] {
  const below = department ? department.children : departments;
  const nodeName = (path: string) => below.find((node) => node.path === path)?.name ?? department?.name ?? path;
  const conditions = query.conditions.map(conditionName);
  const conditionCounts = found.condition.flatMap(({ value, count }) =>
    value === 'new' || value === 'used' || value === 'refurbished' ? [{ value: conditionName(value), count }] : [],
  );
  return [
    facet({ name: 'quand', counted: inOrder(whenChoices, found.when), on: query.when ? [query.when] : [] }),
    facet({ name: 'comment', counted: inOrder(methods.map(wayName), found.ways), on: query.ways.map(wayName) }),
    facet({ name: 'boutique', counted: found.shop, on: query.shops, label: (slug) => book.bySlug(slug)?.name ?? slug }),
    facet({
      name: 'rayon',
      counted: found.department.filter((row) => row.value !== department?.path),
      on: query.departments,
      label: nodeName,
    }),
    facet({ name: 'prix', counted: sortedBy(priceRanges, found.price), on: query.prices }),
    facet({ name: 'marque', counted: found.brand, on: query.brands }),
    facet({ name: 'etat', counted: conditionCounts.length > 1 || conditions.length > 0 ? conditionCounts : [], on: conditions }),
    ...attributeFacets(found, query),
  ].filter((one) => one.values.length > 0);
}
