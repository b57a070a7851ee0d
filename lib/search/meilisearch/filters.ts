import { conditions, type Condition } from '../engine/city-index';
import type { EngineQuestion, PlaceWindow } from '../engine/question';
import { offerToken } from './documents';

/** Filters by what they look at; a facet is counted without its own. */
export type FilterName =
  'window' | 'shop' | 'department' | 'price' | 'brand' | 'condition' | 'open' | 'near' | { readonly attribute: string };

export type Narrowing = {
  /** The filter left out. */
  readonly but?: FilterName;
  readonly window?: (window: PlaceWindow) => boolean;
  readonly range?: string;
  readonly condition?: Condition;
};

const quoted = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`;

/** `field IN [...]`; of no values nothing is left, which `IN []` says too. */
const isIn = (field: string, values: readonly string[]) => `${field} IN [${values.map(quoted).join(', ')}]`;

function passes(window: PlaceWindow, { filters }: EngineQuestion, { but, window: extra }: Narrowing): boolean {
  return (
    (but === 'window' || window.rank !== undefined) &&
    (but === 'shop' || filters.shops.length === 0 || filters.shops.includes(window.slug)) &&
    (but === 'open' || !filters.isOpenOnly || window.isOpen) &&
    (but === 'near' || !filters.isNearOnly || window.isNear) &&
    (extra === undefined || extra(window))
  );
}

/** Windows that pass the filters on shops and hours. */
export function passingWindows(question: EngineQuestion, narrowing: Narrowing): readonly PlaceWindow[] {
  return question.windows.filter((window) => passes(window, question, narrowing));
}

/** Which offers may answer: by place alone where that is enough, else by place, price range and condition together. */
function offerFilter(question: EngineQuestion, narrowing: Narrowing): string {
  const { filters, priceRanges } = question;
  const { but, range, condition } = narrowing;
  const places = passingWindows(question, narrowing).map(({ key }) => key);
  const chosenRanges = but === 'price' || filters.prices.length === 0 ? undefined : filters.prices;
  const chosenConditions = but === 'condition' || filters.conditions.length === 0 ? undefined : filters.conditions;
  const ranges = priceRanges
    .map(({ name }) => name)
    .filter((name) => (range === undefined || name === range) && (chosenRanges?.includes(name) ?? true));
  const states = conditions.filter((one) => (condition === undefined || one === condition) && (chosenConditions?.includes(one) ?? true));
  if (ranges.length === priceRanges.length && states.length === conditions.length) return isIn('places', places);
  return isIn(
    'offers',
    places.flatMap((place) => ranges.flatMap((name) => states.map((state) => offerToken(place, name, state)))),
  );
}

/** The filters of a question, all of which must hold, as Meilisearch takes them. */
export function filtersOf(question: EngineQuestion, narrowing: Narrowing = {}): string[] {
  const { filters, nodes } = question;
  const { but } = narrowing;
  const categories = nodes
    .filter(({ node }) => but === 'department' || filters.departments.length === 0 || filters.departments.includes(node))
    .map(({ categoryId }) => categoryId);
  const attributes = filters.attributes.filter(({ name }) => !(typeof but === 'object' && but.attribute === name));
  return [
    offerFilter(question, narrowing),
    isIn('categoryId', [...new Set(categories)]),
    ...(but === 'brand' || filters.brands.length === 0 ? [] : [isIn('brand', filters.brands)]),
    ...attributes.map(({ name, values }) =>
      isIn(
        'attributes',
        values.map((value) => `${name}=${value}`),
      ),
    ),
  ];
}
