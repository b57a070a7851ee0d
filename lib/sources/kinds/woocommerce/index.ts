import { z } from 'zod';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { Connector, Heard, Settings, SourceCall, SourceItem, SourceMessage } from '../../connector';
import type { SourceFault } from '../../fault';
import { addressField, choiceField, optional, secretField } from '../../field';
import { readEach } from '../../read-each';
import { hmac, isSame } from '../../signature';
import { parseMoment, pictureAddress, readJson } from '../../values';

/** Source of all shapes: WooCommerce REST API v3 (products, product variations, webhooks). */
const BASE = '/wp-json/wc/v3';

const sold = {
  id: z.number().int(),
  sku: z.string().nullish(),
  global_unique_id: z.string().nullish(),
  price: z.string(),
  status: z.string(),
  weight: z.string().nullish(),
  manage_stock: z.union([z.boolean(), z.literal('parent')]),
  stock_quantity: z.number().nullable(),
  date_modified_gmt: z.string().nullish(),
};

const product = z.object({
  ...sold,
  name: z.string(),
  type: z.string(),
  description: z.string().nullish(),
  short_description: z.string().nullish(),
  categories: z.array(z.object({ name: z.string() })).optional(),
  brands: z.array(z.object({ name: z.string() })).optional(),
  images: z.array(z.object({ src: pictureAddress })).optional(),
});

const variation = z.object({ ...sold, attributes: z.array(z.object({ name: z.string(), option: z.string() })) });

type Product = z.output<typeof product>;
type Variation = z.output<typeof variation>;

function itemOf(parent: Product, own: Product | Variation, settings: Settings): SourceItem {
  // A variation may leave its count to its parent: then nobody knows how many of each there are.
  const isCounted = own.manage_stock === true;
  return {
    externalId: String(own.id),
    productRef: String(parent.id),
    title: parent.name,
    options: 'attributes' in own ? own.attributes.map(({ name, option }) => ({ name, value: option })) : [],
    brand: parent.brands?.[0]?.name,
    description: parent.description ?? parent.short_description ?? undefined,
    category: parent.categories?.[0]?.name,
    gtin: own.global_unique_id ?? undefined,
    sku: own.sku ?? undefined,
    price: {
      amount: own.price === '' ? undefined : { decimal: own.price },
      currency: settings['currency'],
      includesVat: settings['vat'] !== 'no',
    },
    images: (parent.images ?? []).flatMap(({ src }) => src ?? []),
    isActive: own.status === 'publish' && parent.status === 'publish',
    quantity: isCounted ? (own.stock_quantity ?? 0) : undefined,
    countedAt: parseMoment(own.date_modified_gmt),
  };
}

/** The variations of a product, to the last one. */
async function variationsOf(call: SourceCall, parent: Product): Promise<Result<readonly SourceItem[], SourceFault>> {
  const items: SourceItem[] = [];
  for (let page = 1; page <= 20; page += 1) {
    const said = await call.json(z.array(variation), { path: `${BASE}/products/${parent.id}/variations`, query: { per_page: 100, page } });
    if (!said.ok) return said;
    items.push(...said.value.value.map((one) => itemOf(parent, one, call.settings)));
    if (page >= Number(said.value.headers['x-wp-totalpages'] ?? 1)) break;
  }
  return ok(items);
}

async function expand(call: SourceCall, rows: readonly Product[]): Promise<Result<readonly SourceItem[], SourceFault>> {
  const items: SourceItem[] = [];
  for (const row of rows) {
    if (row.type !== 'variable') {
      if (row.type === 'simple') items.push(itemOf(row, row, call.settings)); // groups and links to other sites are not sold here
      continue;
    }
    const found = await variationsOf(call, row);
    if (!found.ok) return found;
    items.push(...found.value);
  }
  return ok(items);
}

const told = z.object({
  id: z.number().int(),
  manage_stock: sold.manage_stock,
  stock_quantity: sold.stock_quantity,
  date_modified_gmt: sold.date_modified_gmt,
});

function read({ headers, body }: SourceMessage): Result<Heard, { kind: 'unreadable' }> {
  const messageId = headers['x-wc-webhook-delivery-id'];
  if (isPing(body)) return ok({ messageId: 'ping', counts: [], gone: [], asksForPull: false, isGreeting: true });
  if (messageId === undefined) return err({ kind: 'unreadable' });
  const topic = headers['x-wc-webhook-topic'] ?? '';
  if (topic === 'product.deleted') {
    const gone = z.object({ id: z.number().int() }).safeParse(readJson(body));
    if (!gone.success) return err({ kind: 'unreadable' });
    const id = String(gone.data.id);
    return ok({ messageId, counts: [], gone: [{ externalId: id }, { productRef: id }], asksForPull: false });
  }
  const read = told.safeParse(readJson(body));
  if (!read.success)
    return topic.startsWith('product.') ? err({ kind: 'unreadable' }) : ok({ messageId, counts: [], gone: [], asksForPull: false });
  const { id, manage_stock: isCounted, stock_quantity: quantity, date_modified_gmt: at } = read.data;
  const counts = isCounted === true && quantity !== null ? [{ stockRef: String(id), quantity, countedAt: parseMoment(at) }] : [];
  return ok({ messageId, counts, gone: [], asksForPull: topic.startsWith('product.') });
}

/** WooCommerce says hello, unsigned, when a webhook is made, and wants a yes. */
const isPing = (body: string): boolean => /^webhook_id=\d{1,12}$/.test(body);

/** WooCommerce: a REST key of the shop's own site. It sets counts but cannot subtract from them, so what is sold here is not told to it. */
export const woocommerce: Connector = {
  kind: 'woocommerce',
  name: 'WooCommerce',
  grade: 'B',
  capabilities: { changesSince: true, tellsDeletions: false },
  fields: [
    addressField('site', 'https://www.ma-boutique.fr'),
    secretField('consumerKey', 'ck_…'),
    secretField('consumerSecret', 'cs_…'),
    choiceField('vat', ['yes', 'no']),
    optional(secretField('webhookSecret')),
  ],
  baseUrl: ({ site = '' }) => site,
  auth: {
    headers: ({ consumerKey = '', consumerSecret = '' }) => ({
      authorization: `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`,
    }),
  },
  check: async (call) => {
    const currency = await call.json(z.object({ code: z.string() }), { path: `${BASE}/data/currencies/current` });
    if (!currency.ok) return currency;
    const site = await call.json(z.object({ name: z.string() }), { path: '/wp-json/' });
    if (!site.ok) return site;
    return ok({ shopName: site.value.value.name, learned: { currency: currency.value.value.code } });
  },
  pull: async (call, { since, cursor, pageSize }) => {
    const page = Number(cursor ?? 1);
    const changed = since === undefined ? {} : { modified_after: new Date(since).toISOString().slice(0, 19), dates_are_gmt: 'true' };
    const query = { per_page: Math.min(pageSize, 100), page, orderby: 'id', order: 'asc', ...changed };
    const said = await call.json(z.array(z.unknown()), { path: `${BASE}/products`, query });
    if (!said.ok) return said;
    const rows: Product[] = [];
    const readRows = readEach(said.value.value, product, (row) => {
      rows.push(row);
      return [];
    });
    if (!readRows.ok) return readRows;
    const items = await expand(call, rows);
    if (!items.ok) return items;
    const hasNext = page < Number(said.value.headers['x-wp-totalpages'] ?? 1);
    return ok({ items: items.value, refused: readRows.value.refused, gone: [], next: hasNext ? String(page + 1) : undefined });
  },
  webhook: {
    isGenuine: ({ headers, body }, { webhookSecret = '' }) =>
      isPing(body) || (webhookSecret !== '' && isSame(hmac('sha256', webhookSecret, body, 'base64'), headers['x-wc-webhook-signature'])),
    read,
  },
};
