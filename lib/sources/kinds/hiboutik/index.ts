import { z } from 'zod';
import type { Result } from '@/lib/kernel';
import { HOUR, ok } from '@/lib/kernel';
import type { Connector, Settings, SourceCall, SourceItem } from '../../connector';
import type { SourceFault } from '../../fault';
import { keyedPicture } from '../../ask/keyed-picture';
import { secretField, textField } from '../../field';
import { readEach } from '../../read-each';

/** Source of all shapes: the Hiboutik REST API (products, sizes, stock_available). Pages have 250 rows, `Content-Range` tells how many there are. */
const product = z.object({
  product_id: z.number().int(),
  product_model: z.string(),
  product_barcode: z.string().nullish(),
  product_price: z.union([z.string(), z.number()]),
  product_size_type: z.number().int().nullish(),
  product_stock_management: z.number().int().nullish(),
  product_supplier_reference: z.string().nullish(),
  products_ref_ext: z.string().nullish(),
  products_desc: z.string().nullish(),
  product_arch: z.number().int().nullish(),
});

const stock = z.object({
  product_id: z.number().int(),
  product_size: z.number().int(),
  stock_available: z.union([z.string(), z.number()]).transform(Number),
});
const size = z.object({ size_id: z.number().int(), size_name: z.string() });
const store = z.object({ store_id: z.number().int(), store_name: z.string() });

type Product = z.output<typeof product>;

const baseOf = ({ account = '' }: Settings): string => `https://${account.toLowerCase().replaceAll(/[^a-z0-9-]/g, '')}.hiboutik.com/api`;

/** What is on the shelves: the figure of each size of each product. */
async function stocks(call: SourceCall): Promise<Result<ReadonlyMap<number, ReadonlyMap<number, number>>, SourceFault>> {
  const said = await call.json(z.array(stock), { path: '/stock_available/warehouse_id/1/' });
  if (!said.ok) return said;
  const byProduct = Map.groupBy(said.value.value, ({ product_id: id }) => id);
  return ok(new Map([...byProduct].map(([id, rows]) => [id, new Map(rows.map((row) => [row.product_size, row.stock_available]))])));
}

/** The words of the sizes that occur on a page. */
async function sizeNames(call: SourceCall, rows: readonly Product[]): Promise<Result<ReadonlyMap<number, string>, SourceFault>> {
  const names = new Map<number, string>();
  for (const type of new Set(rows.flatMap(({ product_size_type: one }) => one ?? []))) {
    if (type === 0) continue;
    const said = await call.json(z.array(size), { path: `/sizes/${type}/` });
    if (!said.ok) return said;
    for (const { size_id: id, size_name: name } of said.value.value) names.set(id, name);
  }
  return ok(names);
}

type Beside = { readonly figures: ReadonlyMap<number, number>; readonly names: ReadonlyMap<number, string> };

function itemsOf(row: Product, { figures, names }: Beside, settings: Settings): readonly SourceItem[] {
  const isCounted = row.product_stock_management !== 0;
  const base = {
    productRef: String(row.product_id),
    title: row.product_model,
    description: row.products_desc ?? undefined,
    price: { amount: { decimal: row.product_price }, includesVat: true },
    images: [pictureAt(settings, row.product_id, 1)],
    isActive: row.product_arch !== 1,
  };
  const reference = row.products_ref_ext || row.product_supplier_reference || undefined;
  if ((row.product_size_type ?? 0) === 0) {
    const only = {
      externalId: `${row.product_id}-0`,
      gtin: row.product_barcode ?? undefined,
      sku: reference ?? row.product_barcode ?? undefined,
    };
    return [{ ...base, ...only, quantity: isCounted ? (figures.get(0) ?? 0) : undefined }];
  }
  // The bar code of a product with sizes is that of none of them.
  return [...figures].map(([id, quantity]) => ({
    ...base,
    externalId: `${row.product_id}-${id}`,
    sku: reference === undefined ? undefined : `${reference}-${names.get(id) ?? id}`,
    options: [{ name: 'Taille', value: names.get(id) ?? String(id) }],
    quantity: isCounted ? quantity : undefined,
  }));
}

/** Pictures lie at a number behind the product's own, from 1 on. The list does not say how many there are: the first shows the second. */
const pictureAt = (settings: Settings, product: number | string, place: number): string =>
  `${baseOf(settings)}/products_images/big_${product}-${place}.jpg`;

/** Where no picture is, an answer of a few bytes stands for one. */
const SMALLEST_PICTURE = 1_000;

/** `1-250/2000`: whether rows follow. */
function hasMore(range: string | undefined): boolean {
  const [, to, all] = /(\d+)\/(\d+)/.exec(range ?? '') ?? [];
  return to !== undefined && all !== undefined && Number(to) < Number(all);
}

/**
 * Hiboutik: the e-mail address of an account and its API key. Ten thousand calls a month are all a shop has, so it is asked once an hour;
 * its callbacks are not signed, so they are not listened to.
 */
export const hiboutik: Connector = {
  kind: 'hiboutik',
  name: 'Hiboutik',
  grade: 'C',
  capabilities: { changesSince: false, tellsDeletions: false, everyMs: HOUR },
  fields: [textField('account', 'ma-boutique'), textField('user', 'caisse@ma-boutique.fr'), secretField('key')],
  baseUrl: baseOf,
  auth: { headers: ({ user = '', key = '' }) => ({ authorization: `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}` }) },
  check: async (call) => {
    const said = await call.json(z.array(store), { path: '/stores/' });
    return said.ok ? ok({ shopName: said.value.value[0]?.store_name ?? 'Hiboutik' }) : said;
  },
  pull: async (call, { cursor }) => {
    const page = Number(cursor ?? 1);
    const said = await call.json(z.array(z.unknown()), { path: '/products/', query: { p: page } });
    if (!said.ok) return said;
    const rows: Product[] = [];
    const read = readEach(said.value.value, product, (row) => {
      rows.push(row);
      return [];
    });
    if (!read.ok) return read;
    const [figures, names] = [await stocks(call), await sizeNames(call, rows)];
    if (!figures.ok) return figures;
    if (!names.ok) return names;
    const items = rows.flatMap((row) =>
      itemsOf(row, { figures: figures.value.get(row.product_id) ?? new Map<number, number>(), names: names.value }, call.settings),
    );
    const next = hasMore(said.value.headers['content-range']) ? String(page + 1) : undefined;
    return ok({ items, refused: read.value.refused, gone: [], next });
  },
  picture: async (call, address) => {
    const said = await keyedPicture(call, address);
    if (!said.ok) return said.error.kind === 'not-found' ? ok(undefined) : said;
    if (said.value === undefined || said.value.bytes.length < SMALLEST_PICTURE) return ok(undefined);
    const [, product, place] = /big_(\d+)-(\d+)\.jpg$/.exec(address) ?? [];
    if (product === undefined || place === undefined) return said;
    return ok({ ...said.value, more: [pictureAt(call.settings, product, Number(place) + 1)] });
  },
};
