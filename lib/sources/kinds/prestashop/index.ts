import { z } from 'zod';
import type { Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import type { Connector, Settings, SourceCall, SourceItem } from '../../connector';
import type { SourceFault } from '../../fault';
import { addressField, secretField } from '../../field';
import { readEach } from '../../read-each';
import { keyedPicture } from '../../ask/keyed-picture';
import { pictureList, readJson } from '../../values';

/** Source of all shapes: the PrestaShop web service (1.7 to 9), JSON output. Numbers come as text; an empty list is `[]`. */
const id = z.union([z.string(), z.number()]).transform(String);
const linked = z.array(z.object({ id })).optional();

const product = z.object({
  id,
  name: z.string(),
  price: z.string(),
  reference: z.string().nullish(),
  ean13: z.string().nullish(),
  active: z.union([z.string(), z.number(), z.boolean()]),
  description: z.string().nullish(),
  manufacturer_name: z.union([z.string(), z.literal(false)]).nullish(),
  id_tax_rules_group: id.nullish(),
  id_default_image: id.nullish().catch(undefined),
  associations: z.object({ combinations: linked, images: pictureList(z.object({ id })) }).optional(),
});

const combination = z.object({
  id,
  id_product: id,
  price: z.string(),
  reference: z.string().nullish(),
  ean13: z.string().nullish(),
  associations: z.object({ product_option_values: linked }).optional(),
});

const stock = z.object({ id_product: id, id_product_attribute: id, quantity: z.union([z.string(), z.number()]).transform(Number) });
const value = z.object({ id, name: z.string() });

type Product = z.output<typeof product>;
type Combination = z.output<typeof combination>;

/** The rows of a resource, whether there are some (`{products: […]}`) or none (`[]`). */
async function rowsOf<Row>(
  call: SourceCall,
  resource: string,
  row: z.ZodType<Row>,
  query: Readonly<Record<string, string>>,
): Promise<Result<readonly Row[], SourceFault>> {
  const shape = z.union([z.array(z.never()).transform(() => ({})), z.record(z.string(), z.array(row))]);
  const asked = { display: 'full', ...query, output_format: 'JSON', language: '1' };
  const said = await call.json(shape, { path: `/api/${resource}`, query: asked });
  return said.ok ? ok(new Map(Object.entries(said.value.value)).get(resource) ?? []) : said;
}

const anyOf = (ids: readonly string[]): string => `[${ids.join('|')}]`;

type Around = {
  readonly combinations: readonly Combination[];
  readonly stocks: ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, string>;
};

/** What stands beside the products of a page: their combinations, the words of these, the figures of both. */
async function around(call: SourceCall, rows: readonly Product[]): Promise<Result<Around, SourceFault>> {
  const ids = rows.map((row) => row.id);
  const none: Around = { combinations: [], stocks: new Map(), values: new Map() };
  if (ids.length === 0) return ok(none);
  const stocks = await rowsOf(call, 'stock_availables', stock, { 'filter[id_product]': anyOf(ids) });
  if (!stocks.ok) return stocks;
  const figures = new Map(stocks.value.map((one) => [`${one.id_product}-${one.id_product_attribute}`, one.quantity]));
  const withSome = rows.filter(({ associations }) => (associations?.combinations ?? []).length > 0).map((row) => row.id);
  if (withSome.length === 0) return ok({ ...none, stocks: figures });
  const combinations = await rowsOf(call, 'combinations', combination, { 'filter[id_product]': anyOf(withSome) });
  if (!combinations.ok) return combinations;
  const wanted = [
    ...new Set(combinations.value.flatMap(({ associations }) => (associations?.product_option_values ?? []).map((one) => one.id))),
  ];
  const values = wanted.length === 0 ? ok([]) : await rowsOf(call, 'product_option_values', value, { 'filter[id]': anyOf(wanted) });
  if (!values.ok) return values;
  return ok({ combinations: combinations.value, stocks: figures, values: new Map(values.value.map((one) => [one.id, one.name])) });
}

/** Prices of the two add up, in millionths, without a float. */
function sum(price: string, impact: string): string {
  const millionths = (text: string): bigint => {
    const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
    const scaled = BigInt(whole || '0') * 1_000_000n + BigInt((fraction + '000000').slice(0, 6));
    return text.startsWith('-') ? -scaled : scaled;
  };
  const total = millionths(price) + millionths(impact);
  const digits = String(total < 0n ? -total : total).padStart(7, '0');
  return `${total < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/** Where its pictures lie, the one of its list first: in the web service, behind the key. */
function imagesOf({ id: product, id_default_image: first, associations }: Product, { site = '' }: Settings): readonly string[] {
  const ids = (associations?.images ?? []).map((image) => image.id);
  const inOrder = first !== undefined && first !== null && ids.includes(first) ? [first, ...ids.filter((one) => one !== first)] : ids;
  return inOrder.map((image) => `${site}/api/images/products/${product}/${image}`);
}

const rates = z.record(z.string(), z.number().int());

function itemsOf(row: Product, { combinations, stocks, values }: Around, settings: Settings): readonly SourceItem[] {
  const vat = rates.safeParse(readJson(settings['rates'] ?? '{}')).data ?? {};
  const vatRateBps = vat[row.id_tax_rules_group ?? ''];
  const base = {
    productRef: row.id,
    title: row.name,
    brand: row.manufacturer_name === false ? undefined : (row.manufacturer_name ?? undefined),
    description: row.description ?? undefined,
    images: imagesOf(row, settings),
    isActive: String(row.active) === '1' || row.active === true,
  };
  const priced = (amount: string) => ({ amount: { decimal: amount }, includesVat: false, vatRateBps });
  const own = combinations.filter((one) => one.id_product === row.id);
  if (own.length === 0) {
    const only = { externalId: `${row.id}-0`, gtin: row.ean13 ?? undefined, sku: row.reference ?? undefined };
    return [{ ...base, ...only, price: priced(row.price), quantity: stocks.get(`${row.id}-0`) }];
  }
  return own.map((one) => ({
    ...base,
    externalId: `${row.id}-${one.id}`,
    gtin: one.ean13 ?? undefined,
    sku: one.reference ?? undefined,
    options: (one.associations?.product_option_values ?? []).map((option) => ({ name: '', value: values.get(option.id) ?? option.id })),
    price: priced(sum(row.price, one.price)),
    quantity: stocks.get(`${row.id}-${one.id}`),
  }));
}

const rateRow = z.object({ id, rate: z.union([z.string(), z.number()]).transform(Number) });
const ruleRow = z.object({ id_tax_rules_group: id, id_country: id, id_tax: id });
const countryRow = z.object({ id, iso_code: z.string() });

/** The rate of each group of tax rules in France, in basis points; a key that may not read them leaves the standard rate to be assumed. */
async function learnRates(call: SourceCall): Promise<string> {
  const [taxes, rules, countries] = [
    await rowsOf(call, 'taxes', rateRow, {}),
    await rowsOf(call, 'tax_rules', ruleRow, {}),
    await rowsOf(call, 'countries', countryRow, { 'filter[iso_code]': '[FR]' }),
  ];
  if (!taxes.ok || !rules.ok || !countries.ok) return '{}';
  const france = countries.value[0]?.id;
  const byId = new Map(taxes.value.map((tax) => [tax.id, Math.round(tax.rate * 100)]));
  const found = rules.value.flatMap((rule) =>
    rule.id_country === france ? [[rule.id_tax_rules_group, byId.get(rule.id_tax) ?? 0] as const] : [],
  );
  return JSON.stringify(Object.fromEntries(found));
}

/**
 * PrestaShop: a web-service key of the shop's own site. A sale there does not move a product's date, so every pull is a whole one; it has
 * no webhooks of its own.
 */
export const prestashop: Connector = {
  kind: 'prestashop',
  name: 'PrestaShop',
  grade: 'C',
  capabilities: { changesSince: false, tellsDeletions: false },
  fields: [addressField('site', 'https://www.ma-boutique.fr'), secretField('key')],
  baseUrl: ({ site = '' }) => site,
  auth: { headers: ({ key = '' }) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` }) },
  check: async (call) => {
    const products = await rowsOf(call, 'products', z.unknown(), { display: '[id]', limit: '1' });
    if (!products.ok) return products;
    return ok({ shopName: new URL(call.settings['site'] ?? 'https://prestashop').host, learned: { rates: await learnRates(call) } });
  },
  pull: async (call, { cursor, pageSize }) => {
    const from = Number(cursor ?? 0);
    const size = Math.min(pageSize, 100);
    const listed = await rowsOf(call, 'products', z.unknown(), { sort: '[id_ASC]', limit: `${from},${size}` });
    if (!listed.ok) return listed;
    const rows: Product[] = [];
    const read = readEach(listed.value, product, (row) => {
      rows.push(row);
      return [];
    });
    if (!read.ok) return read;
    const beside = await around(call, rows);
    if (!beside.ok) return beside;
    const items = rows.flatMap((row) => itemsOf(row, beside.value, call.settings));
    return ok({ items, refused: read.value.refused, gone: [], next: listed.value.length < size ? undefined : String(from + size) });
  },
  picture: keyedPicture,
};
