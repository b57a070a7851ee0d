import { z } from 'zod';
import type { ShopOfferView } from '@/lib/catalogue/views';
import { changeOffer, getListing, getShopOffer, listShopOffers, saveOffer } from '@/lib/catalogue';
import { err, ok } from '@/lib/kernel';
import { findByBarcode } from '@/lib/search';
import { listingIdFrom } from '@/lib/catalogue';
import type { Endpoint } from '../_door/endpoint';
import { endpoint, shopEndpoint } from '../_door/endpoint';
import { currency, idOf, idText, iso, minorUnits, moment, nothing, pageOf, pageQuery, paged, salesUnit } from '../_door/fields';
import { inShop } from './shops';

const condition = z.enum(['new', 'used', 'refurbished']);
const sku = z.string().trim().min(1).max(80);
const gtinIn = z.string().regex(/^\d{8}$|^\d{12,14}$/, { error: 'must be a barcode of 8, 12, 13 or 14 digits' });
const price = minorUnits.min(1);
const shelf = z.string().trim().max(60);

const offer = z
  .object({
    offerId: idText('offer'),
    listingId: idText('listing'),
    title: z.string(),
    gtin: z.string().nullable(),
    merchantSku: z.string(),
    priceMinor: minorUnits,
    priceSteps: z.int().meta({ description: 'How many steps of the sales unit the price buys: 1000 is a price per kilogram or metre.' }),
    currency,
    salesUnit,
    condition,
    vatCategory: z.string(),
    shelf: z.string().nullable(),
    isActive: z.boolean(),
    updatedAt: moment,
  })
  .meta({ id: 'ShopOffer' });

function offerBody(view: ShopOfferView): z.input<typeof offer> {
  return { ...view, gtin: view.gtin ?? null, shelf: view.shelf ?? null, updatedAt: iso(view.updatedAt) };
}

const product = z
  .object({
    listingId: idText('listing'),
    title: z.string(),
    brand: z.string().nullable(),
    description: z.string().nullable(),
    gtin: z.string().nullable(),
    salesUnit,
    attributes: z.array(z.object({ name: z.string(), value: z.string() })).readonly(),
    department: z.array(z.string()).readonly(),
    minimumAge: z.int().nullable(),
    source: z.string(),
    licence: z.string(),
  })
  .meta({ id: 'Product' });

const inOffer = inShop.extend({ offerId: idOf('offer') });

export const offerEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/products',
    id: 'findProduct',
    tag: 'Products',
    summary: 'The product of the commons with a barcode',
    needs: 'catalogue:read',
    refuses: ['product-not-found'],
    params: nothing,
    query: z.object({ gtin: gtinIn, locale: z.enum(['fr', 'en']).default('fr') }),
    body: nothing,
    answer: product,
    handle: async (_caller, { query }) => {
      const slugId = await findByBarcode(query.gtin);
      const listingId = slugId === undefined ? undefined : listingIdFrom(slugId);
      const listing = listingId && (await getListing(listingId, query.locale));
      if (!listing) return err({ kind: 'product-not-found' });
      const { title, attributes, source, licence, departments } = listing;
      return ok({
        listingId: listing.listingId,
        title,
        attributes,
        source,
        licence,
        salesUnit: listing.salesUnit,
        brand: listing.brand ?? null,
        description: listing.description ?? null,
        gtin: listing.gtin ?? null,
        department: departments.map(({ name }) => name),
        minimumAge: listing.minimumAge ?? null,
      });
    },
  }),
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}/offers',
    id: 'listOffers',
    tag: 'Offers',
    summary: 'What the shop sells, a page at a time',
    needs: 'catalogue:read',
    refuses: [],
    params: inShop,
    query: pageQuery.extend({ merchantSku: sku.optional(), gtin: gtinIn.optional() }),
    body: nothing,
    answer: pageOf(offer).meta({ id: 'ShopOffers' }),
    handle: async (scope, { query: { limit, cursor, merchantSku, gtin } }) => {
      const rows = await listShopOffers(scope, { limit, after: cursor, merchantSku, gtin });
      return ok(paged(rows, limit, { idOf: (row) => row.offerId, show: offerBody }));
    },
  }),
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/offers',
    id: 'saveOffer',
    tag: 'Offers',
    summary: 'Puts a thing of the commons on sale under the shop’s own code; the same code again changes price, shelf and condition',
    needs: 'catalogue:write',
    refuses: ['product-not-found', 'sku-taken'],
    params: inShop,
    query: nothing,
    body: z.object({
      of: z.union([z.object({ listingId: idOf('listing') }), z.object({ gtin: gtinIn })]),
      merchantSku: sku,
      priceMinor: price,
      condition: condition.default('new'),
      shelf: shelf.optional(),
    }),
    answer: z.object({ offerId: idText('offer'), isNew: z.boolean() }),
    handle: (scope, { body }) => saveOffer(scope, body),
  }),
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}/offers/{offerId}',
    id: 'getOffer',
    tag: 'Offers',
    summary: 'One offer of the shop',
    needs: 'catalogue:read',
    refuses: ['offer-not-found'],
    params: inOffer,
    query: nothing,
    body: nothing,
    answer: offer,
    handle: async (scope, { params }) => {
      const found = await getShopOffer(scope, params.offerId);
      return found ? ok(offerBody(found)) : err({ kind: 'offer-not-found' });
    },
  }),
  shopEndpoint({
    method: 'PATCH',
    path: '/shops/{shopId}/offers/{offerId}',
    id: 'changeOffer',
    tag: 'Offers',
    summary: 'Changes the price, the shelf, or whether it is sold',
    needs: 'catalogue:write',
    refuses: ['offer-not-found'],
    params: inOffer,
    query: nothing,
    body: z.object({ priceMinor: price.optional(), shelf: shelf.nullable().optional(), isActive: z.boolean().optional() }),
    answer: z.object({ offerId: idText('offer') }),
    handle: (scope, { params, body }) => changeOffer(scope, params.offerId, body),
  }),
];
