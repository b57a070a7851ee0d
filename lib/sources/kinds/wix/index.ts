import { z } from 'zod';
import { ok } from '@/lib/kernel';
import type { Connector, SourceItem } from '../../connector';
import { choiceField, secretField, textField } from '../../field';
import { readEach } from '../../read-each';
import { parseMoment, pictureAddress } from '../../values';

/** Source of all shapes: Wix Stores, Catalog V1 (stores-reader/v1/products/query) and site properties. Sites on Catalog V3 answer otherwise and are refused. */
const price = z.object({ currency: z.string(), price: z.number() });

const product = z.object({
  id: z.string(),
  name: z.string(),
  visible: z.boolean(),
  productType: z.string(),
  description: z.string().nullish(),
  brand: z.string().nullish(),
  media: z.object({ items: z.array(z.object({ image: z.object({ url: pictureAddress }).nullish() })).nullish() }).nullish(),
  sku: z.string().nullish(),
  weight: z.number().nullish(),
  priceData: price,
  stock: z.object({ trackInventory: z.boolean(), quantity: z.number().nullish(), inStock: z.boolean().nullish() }),
  manageVariants: z.boolean(),
  lastUpdated: z.string().nullish(),
  variants: z
    .array(
      z.object({
        id: z.string(),
        choices: z.record(z.string(), z.string()),
        variant: z.object({ priceData: price, sku: z.string().nullish(), weight: z.number().nullish(), visible: z.boolean() }),
        stock: z.object({ trackQuantity: z.boolean(), quantity: z.number().nullish() }).nullish(),
      }),
    )
    .nullish(),
});

const answer = z.object({ products: z.array(z.unknown()), totalResults: z.number().int() });
const site = z.object({ properties: z.object({ siteDisplayName: z.string().nullish(), businessName: z.string().nullish() }) });

function itemsOf(row: z.output<typeof product>, includesVat: boolean): readonly SourceItem[] {
  if (row.productType !== 'physical') return []; // a download is not handed over
  const images = (row.media?.items ?? []).flatMap(({ image }) => image?.url ?? []);
  const base = { productRef: row.id, title: row.name, brand: row.brand ?? undefined, description: row.description ?? undefined, images };
  const priced = ({ currency, price: decimal }: z.output<typeof price>) => ({ amount: { decimal }, currency, includesVat });
  const grams = (kilograms: number | null | undefined) => (kilograms ? Math.round(kilograms * 1_000) : undefined);
  if (!row.manageVariants || !row.variants?.length) {
    const quantity = row.stock.trackInventory ? (row.stock.quantity ?? 0) : undefined;
    const only = { externalId: row.id, sku: row.sku ?? undefined, isActive: row.visible, weightGrams: grams(row.weight) };
    return [{ ...base, ...only, price: priced(row.priceData), quantity, countedAt: parseMoment(row.lastUpdated) }];
  }
  return row.variants.map(({ id, choices, variant, stock }) => ({
    ...base,
    externalId: `${row.id}:${id}`,
    options: Object.entries(choices).map(([name, value]) => ({ name, value })),
    sku: variant.sku ?? undefined,
    price: priced(variant.priceData),
    weightGrams: grams(variant.weight),
    isActive: row.visible && variant.visible,
    quantity: stock?.trackQuantity ? (stock.quantity ?? 0) : undefined,
    countedAt: parseMoment(row.lastUpdated),
  }));
}

/** Wix: an API key of the account and the id of the site. Webhooks there belong to applications of its market, so it is polled. */
export const wix: Connector = {
  kind: 'wix',
  name: 'Wix',
  grade: 'C',
  capabilities: { changesSince: false, tellsDeletions: false },
  fields: [textField('siteId'), secretField('key'), choiceField('vat', ['yes', 'no'])],
  baseUrl: () => 'https://www.wixapis.com',
  auth: { headers: ({ key = '', siteId = '' }) => ({ authorization: key, 'wix-site-id': siteId }) },
  check: async (call) => {
    const said = await call.json(site, { path: '/site-properties/v4/properties' });
    if (!said.ok) return said;
    const { siteDisplayName, businessName } = said.value.value.properties;
    return ok({ shopName: businessName ?? siteDisplayName ?? 'Wix' });
  },
  pull: async (call, { cursor, pageSize }) => {
    const offset = Number(cursor ?? 0);
    const limit = Math.min(pageSize, 100);
    const body = { query: { paging: { limit, offset } }, includeVariants: true, includeHiddenProducts: true };
    const said = await call.json(answer, { path: '/stores-reader/v1/products/query', body });
    if (!said.ok) return said;
    const read = readEach(said.value.value.products, product, (row) => itemsOf(row, call.settings['vat'] !== 'no'));
    if (!read.ok) return read;
    const next = offset + limit;
    return ok({ ...read.value, gone: [], next: next < said.value.value.totalResults ? String(next) : undefined });
  },
};
