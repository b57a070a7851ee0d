import { z } from 'zod';
import { ok } from '@/lib/kernel';
import type { Connector, SourceItem } from '../../connector';
import { addressField, choiceField, secretField } from '../../field';
import { readEach } from '../../read-each';
import { parseMoment, pictureAddress } from '../../values';

/** Source of all shapes: the Medusa Admin API (2.x), products with their variants, prices and inventory levels. */
const level = z.object({ stocked_quantity: z.number(), reserved_quantity: z.number().nullish() });

const variant = z.object({
  id: z.string(),
  title: z.string().nullish(),
  sku: z.string().nullish(),
  barcode: z.string().nullish(),
  ean: z.string().nullish(),
  upc: z.string().nullish(),
  weight: z.number().nullish(),
  manage_inventory: z.boolean(),
  updated_at: z.string().nullish(),
  options: z.array(z.object({ value: z.string(), option: z.object({ title: z.string() }).nullish() })).nullish(),
  prices: z.array(z.object({ amount: z.number(), currency_code: z.string() })),
  inventory_items: z.array(z.object({ inventory: z.object({ location_levels: z.array(level).nullish() }).nullish() })).nullish(),
});

const product = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string().nullish(),
  status: z.string(),
  type: z.object({ value: z.string() }).nullish(),
  thumbnail: pictureAddress,
  images: z.array(z.object({ url: pictureAddress })).nullish(),
  variants: z.array(variant).nullish(),
});

const answer = z.object({ products: z.array(z.unknown()), count: z.number().int(), offset: z.number().int(), limit: z.number().int() });
const stores = z.object({ stores: z.array(z.object({ name: z.string() })) });

const FIELDS =
  'id,title,description,status,type.value,thumbnail,images.url,*variants,variants.prices.amount,variants.prices.currency_code,*variants.options,*variants.options.option,*variants.inventory_items.inventory.location_levels';

/** A single variant of a product is named by a word of the program's, not of the shop's. */
const PROGRAMS_WORD = /^default /i;

/** Units in all places; undefined where nothing is counted. */
function unitsOf({ manage_inventory: isCounted, inventory_items: kept }: z.output<typeof variant>): number | undefined {
  if (!isCounted) return undefined;
  const levels = (kept ?? []).flatMap(({ inventory }) => inventory?.location_levels ?? []);
  return levels.reduce((sum, one) => sum + one.stocked_quantity - (one.reserved_quantity ?? 0), 0);
}

function itemsOf(row: z.output<typeof product>, includesVat: boolean): readonly SourceItem[] {
  return (row.variants ?? []).map((one) => {
    const price = one.prices.find(({ currency_code: code }) => code === 'eur') ?? one.prices[0];
    return {
      externalId: one.id,
      productRef: row.id,
      title: row.title,
      options: (one.options ?? []).flatMap(({ value, option }) =>
        PROGRAMS_WORD.test(value) ? [] : [{ name: option?.title ?? '', value }],
      ),
      description: row.description ?? undefined,
      category: row.type?.value,
      gtin: one.ean ?? one.upc ?? one.barcode ?? undefined,
      sku: one.sku ?? undefined,
      price: { amount: price && { decimal: price.amount }, currency: price?.currency_code, includesVat },
      weightGrams: one.weight ? Math.round(one.weight) : undefined,
      images: [...new Set([row.thumbnail ?? [], ...(row.images ?? []).map(({ url }) => url ?? [])].flat())],
      isActive: row.status === 'published',
      quantity: unitsOf(one),
      countedAt: parseMoment(one.updated_at),
    };
  });
}

/** Medusa: a secret API key of the shop's own server. A sale there does not touch the product, so every pull is a whole one. */
export const medusa: Connector = {
  kind: 'medusa',
  name: 'Medusa',
  grade: 'C',
  capabilities: { changesSince: false, tellsDeletions: false },
  fields: [addressField('site', 'https://api.ma-boutique.fr'), secretField('key', 'sk_…'), choiceField('vat', ['yes', 'no'])],
  baseUrl: ({ site = '' }) => site,
  auth: { headers: ({ key = '' }) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` }) },
  check: async (call) => {
    const said = await call.json(stores, { path: '/admin/stores' });
    return said.ok ? ok({ shopName: said.value.value.stores[0]?.name ?? 'Medusa' }) : said;
  },
  pull: async (call, { cursor, pageSize }) => {
    const query = { limit: Math.min(pageSize, 100), offset: Number(cursor ?? 0), order: 'id', fields: FIELDS };
    const said = await call.json(answer, { path: '/admin/products', query });
    if (!said.ok) return said;
    const read = readEach(said.value.value.products, product, (row) => itemsOf(row, call.settings['vat'] !== 'no'));
    if (!read.ok) return read;
    const { offset, limit, count } = said.value.value;
    return ok({ ...read.value, gone: [], next: offset + limit < count ? String(offset + limit) : undefined });
  },
};
