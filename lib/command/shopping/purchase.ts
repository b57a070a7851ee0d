import type { Client, Page } from './client';
import { FailedStep, expected } from './client';
import type { Form } from './html';
import { linksOf } from './html';
import { describedOffers } from './schema-org';

/** An offer as the listing page tells machines (schema.org). */
export type ShownOffer = {
  readonly listingPath: string;
  readonly title: string;
  readonly offerId: string;
  readonly shopName: string;
  readonly priceMinor: number;
  readonly stock: number;
};

/** Offers that can be had now, read from a listing page. */
export function offersOn(page: Page): readonly ShownOffer[] {
  const described = describedOffers(page.html);
  const listingPath = new URL(page.url).pathname;
  return (described?.offers ?? []).map((offer) => ({ ...offer, listingPath, title: described?.title ?? '' }));
}

/** Words that any town's shops answer to. */
const searches = ['savon', 'chocolat', 'café', 'livre', 'tasse', 'jouet', 'thé', 'vis', 'huile', 'bougie', 'carnet', 'miel'];

/** Listing pages with something to be had, found by searching as a shopper does. */
export async function* shownListings(client: Client): AsyncGenerator<{ readonly page: Page; readonly offers: readonly ShownOffer[] }> {
  const seen = new Set<string>();
  for (const words of searches) {
    const results = await client.get(`/recherche?q=${encodeURIComponent(words)}`);
    if (results.status !== 200) throw new FailedStep('search', `the search for "${words}" answered ${results.status}`);
    for (const path of linksOf(results.html, /^\/p\/[^#]+$/).slice(0, 6)) {
      if (seen.has(path)) continue;
      seen.add(path);
      const page = await client.get(path);
      const offers = offersOn(page);
      if (page.status === 200 && offers.length > 0) yield { page, offers };
    }
  }
}

/** The form with these fields; the page's shape is part of what is checked. */
export function formWith(step: string, page: Page, ...names: readonly string[]): Form {
  const found = page.forms.find(({ fields }) => names.every((name) => fields.some((field) => field.name === name)));
  return expected(step, found, `${new URL(page.url).pathname} (${page.status}) has no form with ${names.join(', ')}`);
}

/** Puts the offer into the basket from its listing page. */
export async function addToBasket(client: Client, listing: Page, offerId: string): Promise<Page> {
  return client.submit(listing, formWith('add', listing, 'listingId', 'offerId'), { offerId });
}

/** From the basket to the order page, which holds the units. */
export async function enterCheckout(client: Client): Promise<Page> {
  const basket = await client.get('/panier');
  const form = basket.forms.find(({ text, method }) => method === 'post' && /commander|passer (la )?commande|order|checkout/i.test(text));
  const checkout = await client.submit(basket, expected('basket', form, 'the basket has no button to order'));
  if (!checkout.forms.some(({ fields }) => fields.some(({ name }) => name === 'totalSeenMinor'))) {
    throw new FailedStep('checkout', `the order page did not come: ${saidOn(checkout)}`);
  }
  return checkout;
}

export type Buyer = { readonly email: string; readonly name: string; readonly rescueWish?: 'elsewhere' | 'ask' | 'refund' };

/** Sends the order form; gives the payment page. */
export async function placeOrder(client: Client, checkout: Page, buyer: Buyer): Promise<Page> {
  const form = formWith('order', checkout, 'totalSeenMinor', 'email');
  const asks = (name: string): boolean => form.fields.some((field) => field.name === name);
  const payment = await client.submit(checkout, form, {
    rescueWish: 'refund',
    ...buyer,
    ...(asks('ageConfirmed') ? { ageConfirmed: 'yes' } : {}),
    ...(asks('phone') ? { phone: '06 39 98 12 34' } : {}),
  });
  if (!payment.forms.some(({ fields }) => fields.some(({ name }) => name === 'number'))) {
    throw new FailedStep('order', `the payment page did not come: ${saidOn(payment)}`);
  }
  return payment;
}

/** Pays with the card of the demo bank that succeeds; gives the tracking page. */
export async function pay(client: Client, payment: Page): Promise<Page> {
  const card = { number: '4242 4242 4242 4242', expiry: '12 / 34', code: '123' };
  const tracking = await client.submit(payment, formWith('payment', payment, 'number', 'expiry', 'code'), card);
  if (!/\/(suivi|track)\//.test(tracking.url)) throw new FailedStep('payment', `the order was not confirmed: ${saidOn(tracking)}`);
  return tracking;
}

/** What a page says first, for the sentence about a failed step. */
function saidOn(page: Page): string {
  const main = page.text.slice(0, 4_000);
  const alert = /role="(?:alert|status)"[^>]*>([\s\S]{0,400}?)<\/(?:p|div|section)>/.exec(page.html)?.[1];
  const words = alert === undefined ? main : alert.replaceAll(/<[^>]*>/g, ' ');
  return `${new URL(page.url).pathname} (${page.status}) says "${words.replaceAll(/\s+/g, ' ').trim().slice(0, 200)}"`;
}
