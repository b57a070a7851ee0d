import { z } from 'zod';
import type { OwnProductView, ProductWords } from '@/lib/catalogue';
import { getOwnProduct, legalFields } from '@/lib/catalogue';
import type { OfferId, Result, ShopScope } from '@/lib/kernel';
import { err, ok, parseGtin } from '@/lib/kernel';
import { addPictures, listPictures, removePicture, showFirst } from '@/lib/pictures';
import { MOST_VARIANTS, saveProduct } from '@/lib/products';
import type { Endpoint, Refusal } from '../_door/endpoint';
import { shopEndpoint } from '../_door/endpoint';
import { fileBytes, idOf, idText, minorUnits, nothing, salesUnit } from '../_door/fields';
import { inShop } from './shops';

const words = (most: number) => z.string().trim().min(1).max(most);
const responsible = z.object({ name: words(120), address: words(200), email: z.email().max(200) });
const content = z.object({ amount: z.int().min(1).max(1_000_000), unit: z.enum(['g', 'ml', 'mm']) });
const options = z.array(z.object({ name: words(60), value: words(60) })).max(3);

/** What the law asks and no field of its own says: ingredients, allergens, composition, age, hazards… */
const attributes = z.partialRecord(
  z.enum(legalFields.filter((field) => field !== 'manufacturer' && field !== 'netContent' && field !== 'warnings')),
  words(2_000),
);

const gtinIn = z.string().transform((text, context) => {
  const read = parseGtin(text);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: 'must be a barcode of 8, 12, 13 or 14 digits whose last one agrees' });
  return z.NEVER;
});

const variantIn = z.object({
  offerId: idOf('offer').optional().meta({ description: 'The offer it is already; none for a variant that is added.' }),
  options: options.default([]),
  gtin: gtinIn.optional(),
  merchantSku: z.string().trim().max(80).default(''),
  priceMinor: minorUnits.min(1),
  content: content.optional(),
  isActive: z.boolean().default(true),
});

const wordsIn = z.object({
  title: words(200),
  brand: words(80).optional(),
  description: words(4_000).optional(),
  categoryId: idOf('category'),
  vatRateBps: z.int().min(0).max(9_999).optional().meta({ description: 'Where it is not what the department usually has.' }),
  salesUnit: salesUnit.default('each'),
  condition: z.enum(['new', 'used', 'refurbished']).default('new'),
  shelf: words(60).optional(),
  labels: words(300).optional(),
  manufacturer: responsible.optional(),
  responsiblePerson: responsible.optional(),
  warnings: words(2_000).optional(),
  attributes: attributes.default({}),
  variants: z.array(variantIn).min(1).max(MOST_VARIANTS),
});

function wordsOf(body: z.output<typeof wordsIn>): ProductWords {
  const { labels, manufacturer, responsiblePerson, warnings, attributes: said, variants, ...rest } = body;
  const told = Object.fromEntries(Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  return {
    ...rest,
    brand: rest.brand,
    description: rest.description,
    vatRateBps: rest.vatRateBps,
    shelf: rest.shelf,
    facts: { manufacturer, responsiblePerson, warnings, attributes: { ...told, ...(labels !== undefined && { labels }) } },
    variants: variants.map(({ merchantSku, offerId, gtin, content: net, ...one }) => ({ ...one, offerId, gtin, sku: merchantSku, content: net })), // prettier-ignore
  };
}

const picture = z.object({ pictureKey: z.string(), isOwn: z.boolean(), path: z.string() });

const product = z
  .object({
    title: z.string(),
    brand: z.string().nullable(),
    description: z.string().nullable(),
    categoryId: z.string(),
    vatRateBps: z.int().nullable().meta({ description: 'Where it is not what the department usually has.' }),
    salesUnit,
    condition: z.enum(['new', 'used', 'refurbished']),
    shelf: z.string().nullable(),
    isShared: z.boolean().meta({ description: 'Other shops sell it too: its words are only completed.' }),
    source: z.string(),
    licence: z.string(),
    attributes: z.record(z.string(), z.string()),
    manufacturer: responsible.partial().nullable(),
    responsiblePerson: responsible.partial().nullable(),
    warnings: z.string().nullable(),
    variants: z
      .array(
        z.object({
          offerId: idText('offer'),
          options,
          gtin: z.string().nullable(),
          merchantSku: z.string(),
          priceMinor: minorUnits,
          priceSteps: z.int(),
          content: content.nullable(),
          isActive: z.boolean(),
          isPublic: z.boolean(),
          missing: z.array(z.string()).readonly().meta({ description: 'What the law still asks before everybody sees it.' }),
        }),
      )
      .readonly(),
    pictures: z.array(picture).readonly(),
  })
  .meta({ id: 'OwnProduct' });

const picturesOf = async (scope: ShopScope, { productId }: OwnProductView) =>
  (await listPictures(scope, productId)).map(({ key, isOwn }) => ({ pictureKey: key, isOwn, path: `/api/pictures/${key}` }));

async function show(scope: ShopScope, offerId: OfferId): Promise<Result<z.input<typeof product>, Refusal>> {
  const found = await getOwnProduct(scope, offerId, 'fr');
  if (!found) return err({ kind: 'offer-not-found' });
  const { title, categoryId, salesUnit: unit, condition, isShared, source, licence, variants } = found;
  return ok({
    title,
    categoryId,
    salesUnit: unit,
    condition,
    isShared,
    source,
    licence,
    attributes: found.attributes,
    brand: found.brand ?? null,
    description: found.description ?? null,
    vatRateBps: found.vatRateBps ?? null,
    shelf: found.shelf ?? null,
    manufacturer: found.manufacturer ?? null,
    responsiblePerson: found.responsiblePerson ?? null,
    warnings: found.warnings ?? null,
    variants: variants.map((one) => ({
      offerId: one.offerId,
      options: [...one.options],
      gtin: one.gtin ?? null,
      merchantSku: one.sku,
      priceMinor: one.priceMinor,
      priceSteps: one.priceSteps,
      content: one.content ?? null,
      isActive: one.isActive,
      isPublic: one.isPublic,
      missing: one.missing,
    })),
    pictures: await picturesOf(scope, found),
  });
}

type Saving = { readonly offerId: OfferId | undefined; readonly body: z.output<typeof wordsIn>; readonly key: string };

async function save(scope: ShopScope, { offerId, body, key }: Saving): Promise<Result<z.input<typeof product>, Refusal>> {
  const saved = await saveProduct(scope, { words: wordsOf(body), counts: [], offerId, key });
  return saved.ok ? show(scope, saved.value.offerId) : saved;
}

const refuses = ['department-not-found', 'variant-twice', 'sku-taken', 'gtin-yours', 'gtin-elsewhere', 'product-shared'] as const;
const inOffer = inShop.extend({ offerId: idOf('offer') });
const onPicture = inShop.extend({ pictureKey: z.string().max(90) });
const pictures = z.object({ pictures: z.array(picture).readonly() }).meta({ id: 'Pictures' });
const MOST_PICTURE = 8_000_000;

export const productEndpoints: readonly Endpoint[] = [
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/products',
    id: 'addProduct',
    tag: 'Products',
    summary: 'Writes a product with its variants and prices; its page is shown once it lacks nothing the law asks',
    more: 'Counts come by `recordStock`, departments by `listDepartments`.',
    needs: 'catalogue:write',
    refuses,
    status: 201,
    params: inShop,
    query: nothing,
    body: wordsIn,
    answer: product,
    handle: (scope, { body, key }) => save(scope, { offerId: undefined, body, key }),
  }),
  shopEndpoint({
    method: 'GET',
    path: '/shops/{shopId}/products/{offerId}',
    id: 'getProduct',
    tag: 'Products',
    summary: 'The product one of the shop’s offers belongs to, as its form shows it',
    needs: 'catalogue:read',
    refuses: ['offer-not-found'],
    params: inOffer,
    query: nothing,
    body: nothing,
    answer: product,
    handle: (scope, { params }) => show(scope, params.offerId),
  }),
  shopEndpoint({
    method: 'PUT',
    path: '/shops/{shopId}/products/{offerId}',
    id: 'changeProduct',
    tag: 'Products',
    summary: 'Writes the product anew; one that other shops sell too is completed only, and variants that are left out stay as they are',
    needs: 'catalogue:write',
    refuses: ['offer-not-found', ...refuses],
    params: inOffer,
    query: nothing,
    body: wordsIn,
    answer: product,
    handle: (scope, { params, body, key }) => save(scope, { offerId: params.offerId, body, key }),
  }),
  shopEndpoint({
    method: 'POST',
    path: '/shops/{shopId}/products/{offerId}/pictures',
    id: 'addPicture',
    tag: 'Products',
    summary: 'Adds a picture behind those that are there; the body is the file: JPEG, PNG, WebP, AVIF, GIF or TIFF',
    needs: 'catalogue:write',
    refuses: ['offer-not-found', 'photo-too-large', 'photo-unreadable', 'too-many-pictures'],
    status: 201,
    takesFile: MOST_PICTURE,
    params: inOffer,
    query: nothing,
    body: fileBytes,
    answer: pictures,
    handle: async (scope, { params, body }) => {
      const added = await addPictures(scope, { offerId: params.offerId, pictures: [body] });
      if (!added.ok) return added;
      const found = await getOwnProduct(scope, params.offerId, 'fr');
      return found ? ok({ pictures: await picturesOf(scope, found) }) : err({ kind: 'offer-not-found' });
    },
  }),
  shopEndpoint({
    method: 'PUT',
    path: '/shops/{shopId}/pictures/{pictureKey}/first',
    id: 'showPictureFirst',
    tag: 'Products',
    summary: 'Puts one of the shop’s pictures before the others',
    needs: 'catalogue:write',
    refuses: ['no-picture'],
    params: onPicture,
    query: nothing,
    body: nothing,
    answer: z.object({ pictureKey: z.string() }),
    handle: async (scope, { params: { pictureKey } }) => {
      const moved = await showFirst(scope, pictureKey);
      return moved.ok ? ok({ pictureKey }) : moved;
    },
  }),
  shopEndpoint({
    method: 'DELETE',
    path: '/shops/{shopId}/pictures/{pictureKey}',
    id: 'removePicture',
    tag: 'Products',
    summary: 'Takes a picture back that this shop gave',
    needs: 'catalogue:write',
    refuses: ['no-picture'],
    params: onPicture,
    query: nothing,
    body: nothing,
    answer: z.object({ pictureKey: z.string() }),
    handle: async (scope, { params: { pictureKey } }) => {
      const removed = await removePicture(scope, pictureKey);
      return removed.ok ? ok({ pictureKey }) : removed;
    },
  }),
];
