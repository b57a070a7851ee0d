import { facetLabel } from '@/components/commerce/facets';
import type { AppliedFilter, QuickFilter } from '@/components/commerce/results';
import type { Locale } from '@/lib/kernel';
import {
  conditionName,
  searchParametersOf,
  wayName,
  type FacetName,
  type FacetView,
  type ResultsView,
  type SearchQuery,
} from '@/lib/search';
import { texts } from '@/lib/texts';

/** Where results live: the address without parameters, and its language. */
export type Ground = { readonly locale: Locale; readonly action: string };

/** The address of a query on its ground. */
export function resultsHref(query: SearchQuery, { action }: Ground): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(searchParametersOf(query))) {
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) pairs.append(name, one);
  }
  const text = pairs.toString();
  return text === '' ? action : `${action}?${text}`;
}

/** The query as hidden fields of a form, without the fields the form has itself. */
export function keptFields(query: SearchQuery, without: readonly string[]): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(searchParametersOf(query)).flatMap(([name, value]) =>
    without.includes(name) || value === undefined ? [] : [value].flat().map((one) => ({ name, value: one })),
  );
}

const toggled = <Value>(values: readonly Value[], value: Value): readonly Value[] =>
  values.includes(value) ? values.filter((one) => one !== value) : [...values, value];

/** The one-tap filters that would change something here, or are on. */
export function quickFilters(query: SearchQuery, results: ResultsView, ground: Ground, hasPlace: boolean): readonly QuickFilter[] {
  const t = texts(ground.locale, 'search');
  const to = (change: Partial<SearchQuery>) => resultsHref({ ...query, ...change, page: 1 }, ground);
  const count = (name: FacetName, value: string) =>
    results.facets.find((facet) => facet.name === name)?.values.find((one) => one.value === value)?.count ?? 0;
  const today = query.when === 'aujourdhui';
  const bike = query.ways.includes('courier');
  const used = query.conditions.includes('used');
  const all: readonly (QuickFilter & { readonly isUseful: boolean })[] = [
    {
      key: 'today',
      icon: 'shopping-bag',
      label: t('quick.today'),
      href: to({ when: today ? undefined : 'aujourdhui' }),
      isOn: today,
      isUseful: true,
    },
    {
      key: 'open',
      icon: 'clock',
      label: t('quick.open'),
      href: to({ openNow: !query.openNow }),
      isOn: query.openNow,
      isUseful: results.quick.open > 0,
    },
    {
      key: 'near',
      icon: 'map-pin',
      label: t('quick.near'),
      href: to({ near: !query.near }),
      isOn: query.near,
      isUseful: hasPlace && results.quick.near > 0,
    },
    {
      key: 'bike',
      icon: 'bike',
      label: t('quick.bike'),
      href: to({ ways: toggled(query.ways, 'courier') }),
      isOn: bike,
      isUseful: count('comment', wayName('courier')) > 0,
    },
    {
      key: 'used',
      icon: 'leaf',
      label: t('quick.used'),
      href: to({ conditions: toggled(query.conditions, 'used') }),
      isOn: used,
      isUseful: count('etat', conditionName('used')) > 0,
    },
  ];
  return all.filter((filter) => filter.isUseful || filter.isOn);
}

function withoutValue(query: SearchQuery, name: FacetName, value: string): SearchQuery {
  const without = <Value extends string>(values: readonly Value[], nameOf: (one: Value) => string = (one) => one) =>
    values.filter((one) => nameOf(one) !== value);
  switch (name) {
    case 'quand':
      return { ...query, when: undefined };
    case 'comment':
      return { ...query, ways: without(query.ways, wayName) };
    case 'boutique':
      return { ...query, shops: without(query.shops) };
    case 'rayon':
      return { ...query, departments: without(query.departments) };
    case 'prix':
      return { ...query, prices: without(query.prices) };
    case 'marque':
      return { ...query, brands: without(query.brands) };
    case 'etat':
      return { ...query, conditions: without(query.conditions, conditionName) };
    case 'label':
      return { ...query, labels: without(query.labels) };
    case 'carac': {
      const attributes = query.attributes.map((one) => ({ ...one, values: one.values.filter((text) => `${one.name}=${text}` !== value) }));
      return { ...query, attributes: attributes.filter(({ values }) => values.length > 0) };
    }
  }
}

function applied(facet: FacetView, query: SearchQuery, ground: Ground): readonly AppliedFilter[] {
  return facet.values
    .filter((value) => value.isOn)
    .map((value) => ({
      key: `${facet.name}-${value.value}`,
      label: facetLabel(facet.name, value, ground.locale),
      href: resultsHref({ ...withoutValue(query, facet.name, value.value), page: 1 }, ground),
    }));
}

/** Every filter that is on, as something that can be taken away. */
export function appliedFilters(query: SearchQuery, results: ResultsView, ground: Ground): readonly AppliedFilter[] {
  const t = texts(ground.locale, 'search');
  const switches: readonly AppliedFilter[] = [
    ...(query.openNow ? [{ key: 'open', label: t('quick.open'), href: resultsHref({ ...query, openNow: false, page: 1 }, ground) }] : []),
    ...(query.near ? [{ key: 'near', label: t('quick.near'), href: resultsHref({ ...query, near: false, page: 1 }, ground) }] : []),
  ];
  return [...results.facets.flatMap((facet) => applied(facet, query, ground)), ...switches];
}
