import { orderFilterInput, type OrderFilter } from '@/lib/fulfilment';

export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

const blankAsAbsent = (query: SearchParams) =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '' && typeof value === 'string'));

/** The filter an address means; what cannot be read counts as not given. */
export function orderFilterOf(query: SearchParams): OrderFilter {
  return orderFilterInput.parse(blankAsAbsent(query));
}

/** The address of a filter, without the page when it is the first. */
export function orderQuery(filter: Partial<OrderFilter>): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value !== undefined && value !== '' && !(name === 'page' && value === 1)) pairs.set(name, String(value));
  }
  const text = pairs.toString();
  return text === '' ? '' : `?${text}`;
}
