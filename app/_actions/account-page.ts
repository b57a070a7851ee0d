/** The two pages of a shop's owner that lead to its account at the payment provider. */
export const accountPlaces = ['payouts', 'start'] as const;
export type AccountPlace = (typeof accountPlaces)[number];

/** Asked for by a link that loads the page anew: only the answer to this very address lets the provider's form in (see `proxy.ts`). */
const FILLING = 'account=open';

/** Where that stands, with the provider's form open in it or without. */
export function accountPage(at: AccountPlace, slug: string, { isFilling = false }: { readonly isFilling?: boolean } = {}): string {
  if (at === 'payouts') return `/merchant/${slug}/payouts${isFilling ? `?${FILLING}` : ''}`;
  return `/merchant/start?shop=${slug}&step=money${isFilling ? `&${FILLING}` : ''}`;
}
