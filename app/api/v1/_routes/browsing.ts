import { z } from 'zod';
import { departmentAt, getListing, listDepartments } from '@/lib/catalogue';
import type { DepartmentView, EnergyLabelView } from '@/lib/catalogue/views';
import { listAddresses } from '@/lib/checkout';
import type { Position } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { listOffers, parseSearch, searchListings } from '@/lib/search';
import { sortChoices } from '@/lib/search/views';
import { loadShopBook } from '@/lib/shops';
import type { Endpoint } from '../_door/endpoint';
import { endpoint } from '../_door/endpoint';
import { callMoment, currency, idOf, idText, iso, method, minorUnits, moment, nothing, salesUnit } from '../_door/fields';
import { promise, promiseBody } from './promise-bodies';

const locale = z.enum(['fr', 'en']).default('fr');

const point = z.object({
  latitude: z.coerce.number().min(-90).max(90).optional(),
  longitude: z.coerce.number().min(-180).max(180).optional(),
});

function placeOf({ latitude, longitude }: z.output<typeof point>): Position | undefined {
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}

const card = z
  .object({
    listingId: idText('listing'),
    title: z.string(),
    keyAttribute: z.string().nullable(),
    offer: z
      .object({ offerId: idText('offer'), shopName: z.string(), priceMinor: minorUnits, currency, quantity: z.int(), salesUnit, promise })
      .nullable(),
    otherShops: z.int(),
  })
  .meta({ id: 'Card' });

const listing = z
  .object({
    listingId: idText('listing'),
    title: z.string(),
    brand: z.string().nullable(),
    description: z.string().nullable(),
    gtin: z.string().nullable(),
    salesUnit,
    minimumAge: z.int().nullable(),
    departments: z.array(z.object({ name: z.string(), path: z.string() })).readonly(),
    energy: z.object({ class: z.string(), best: z.string(), worst: z.string(), sheet: z.string().nullable() }).nullable().meta({
      description:
        'Its energy label: the class, the ends of the scale in force for such a thing, the product sheet. Show it beside the price.',
    }),
    source: z.string(),
    licence: z.string(),
    offers: z
      .array(
        z.object({
          offerId: idText('offer'),
          shopId: idText('shop'),
          shopName: z.string(),
          merchantName: z.string().nullable(),
          priceMinor: minorUnits,
          currency,
          quantity: z.int().meta({ description: 'Steps of the sales unit this price is for.' }),
          condition: z.enum(['new', 'used', 'refurbished']),
          available: z.int(),
          stockAsOf: moment,
          promises: z.array(promise).readonly(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'Listing' });

const department = z.object({ path: z.string(), name: z.string(), listings: z.int() });

const flat = (departments: readonly DepartmentView[]): readonly z.input<typeof department>[] =>
  departments.flatMap(({ path, name, count, children }) => [{ path, name, listings: count }, ...flat(children)]);

const energyOf = ({ letter, best, worst, sheet }: EnergyLabelView) => ({ class: letter, best, worst, sheet: sheet ?? null });

export const browsingEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/search',
    id: 'search',
    tag: 'Search',
    summary: 'What the city’s shops have for these words, the earliest in hand first',
    needs: 'nobody',
    refuses: ['not-found'],
    params: nothing,
    query: point.extend({
      q: z.string().trim().max(120).default(''),
      department: z.string().max(200).optional(),
      shop: z.string().max(80).optional().meta({ description: 'Slug of a shop.' }),
      method: method.optional(),
      openNow: z.stringbool().default(false),
      sort: z.enum(['soonest', 'nearest', 'cheapest', 'relevance']).default('soonest'),
      page: z.coerce.number().int().min(1).max(200).default(1),
      locale,
    }),
    body: nothing,
    answer: z
      .object({ total: z.int(), page: z.int(), pages: z.int(), repaired: z.string().nullable(), data: z.array(card).readonly() })
      .meta({ id: 'SearchResults' }),
    handle: async (_caller, { query: asked }) => {
      const sorts = { soonest: sortChoices[0], nearest: sortChoices[1], cheapest: sortChoices[2], relevance: sortChoices[3] };
      const looked =
        asked.department === undefined ? undefined : departmentAt(await listDepartments(asked.locale), asked.department)?.at(-1);
      if (asked.department !== undefined && !looked) return err({ kind: 'not-found' });
      const query = {
        ...parseSearch({}),
        words: asked.q,
        ways: asked.method === undefined ? [] : [asked.method],
        shops: asked.shop === undefined ? [] : [asked.shop],
        openNow: asked.openNow,
        sort: sorts[asked.sort],
        page: asked.page,
      };
      const found = await searchListings({
        query,
        department: looked,
        locale: asked.locale,
        place: placeOf(asked),
        now: callMoment(),
        isPageOnly: true,
      });
      const data = found.cards.map(({ listingId, title, keyAttribute, offer, otherShops }) => ({
        listingId,
        title,
        keyAttribute: keyAttribute ?? null,
        otherShops,
        offer: offer
          ? {
              offerId: offer.offerId,
              shopName: offer.shopName,
              priceMinor: offer.price.amountMinor,
              currency: offer.price.currency,
              quantity: offer.quantity,
              salesUnit: offer.salesUnit,
              promise: promiseBody(offer.promise),
            }
          : null,
      }));
      return ok({ total: found.total, page: found.page, pages: found.pages, repaired: found.repaired ?? null, data });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/departments',
    id: 'listDepartments',
    tag: 'Search',
    summary: 'The departments of the city, with how many things each has',
    needs: 'nobody',
    refuses: [],
    params: nothing,
    query: z.object({ locale }),
    body: nothing,
    answer: z.object({ data: z.array(department).readonly() }).meta({ id: 'Departments' }),
    handle: async (_caller, { query }) => ok({ data: flat(await listDepartments(query.locale)) }),
  }),
  endpoint({
    method: 'GET',
    path: '/listings/{listingId}',
    id: 'getListing',
    tag: 'Search',
    summary: 'One thing with every shop’s offer, live: price, stock and promise',
    needs: 'nobody',
    refuses: ['not-found'],
    params: z.object({ listingId: idOf('listing') }),
    query: point.extend({ locale }),
    body: nothing,
    answer: listing,
    handle: async (_caller, { params: { listingId }, query }) => {
      const now = callMoment();
      const [words, book] = await Promise.all([getListing(listingId, query.locale), loadShopBook(now)]);
      if (!words) return err({ kind: 'not-found' });
      const { offers, merchants } = await listOffers({ listingId, book, place: placeOf(query), now });
      return ok({
        listingId,
        title: words.title,
        brand: words.brand ?? null,
        description: words.description ?? null,
        gtin: words.gtin ?? null,
        salesUnit: words.salesUnit,
        minimumAge: words.minimumAge ?? null,
        departments: words.departments,
        energy: words.energy ? energyOf(words.energy) : null,
        source: words.source,
        licence: words.licence,
        offers: offers.map((offer, index) => ({
          offerId: offer.offerId,
          shopId: offer.shopId,
          shopName: offer.shopName,
          merchantName: merchants[index]?.legalName ?? null,
          priceMinor: offer.price.amountMinor,
          currency: offer.price.currency,
          quantity: offer.quantity,
          condition: offer.condition,
          available: offer.available,
          stockAsOf: iso(offer.stockAsOf),
          promises: offer.promises.map(promiseBody),
        })),
      });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/addresses',
    id: 'listAddresses',
    tag: 'Search',
    summary: 'Addresses of the city most like what was typed, best first',
    needs: 'nobody',
    refuses: [],
    params: nothing,
    query: z.object({ q: z.string().trim().min(3).max(200), limit: z.coerce.number().int().min(1).max(20).default(6) }),
    body: nothing,
    answer: z
      .object({
        data: z.array(z.object({ addressId: z.string(), label: z.string(), latitude: z.number(), longitude: z.number() })).readonly(),
      })
      .meta({ id: 'Addresses' }),
    handle: async (_caller, { query }) => ok({ data: await listAddresses(query.q, query.limit) }),
  }),
];
