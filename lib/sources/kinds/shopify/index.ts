import type { z } from 'zod';
import type { Result } from '@/lib/kernel';
import { err, MINUTE, ok, plusMs } from '@/lib/kernel';
import type { Asking, Connector, Heard, Settings, SourceCall, SourceItem, SourceMessage } from '../../connector';
import type { SourceFault } from '../../fault';
import { doneWithout } from '../../fault';
import { addressField, optional, secretField, textField } from '../../field';
import { readEach } from '../../read-each';
import { hmac, isSame } from '../../signature';
import { parseMoment, readJson } from '../../values';
import * as payloads from './payloads';

type GraphAnswer = z.output<typeof payloads.graphErrors>;

/** Shopify says "too fast" inside an answer: then it also says how fast its bucket fills. */
function faultInside({ errors, extensions }: GraphAnswer, call: SourceCall): SourceFault | undefined {
  const [first] = errors ?? [];
  if (first === undefined) return undefined;
  const code = first.extensions?.code;
  if (code === 'THROTTLED') {
    const cost = extensions?.cost;
    const missing = cost === undefined ? 1 : cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable;
    const seconds = cost === undefined ? 2 : Math.max(0.1, missing / cost.throttleStatus.restoreRate);
    return { kind: 'asked-to-wait', until: plusMs(call.now, Math.ceil(seconds * 1_000)) };
  }
  if (code === 'ACCESS_DENIED') return { kind: 'not-allowed', status: 403 };
  return { kind: 'schema-changed', where: first.message.slice(0, 120) };
}

async function graph<T>(
  call: SourceCall,
  schema: z.ZodType<T>,
  body: { readonly query: string; readonly variables?: object },
): Promise<Result<T, SourceFault>> {
  const asking: Asking = { path: `/admin/api/${payloads.VERSION}/graphql.json`, body };
  const said = await call.json(payloads.graphErrors, asking);
  if (!said.ok) return said;
  const fault = faultInside(said.value.value, call);
  if (fault !== undefined) return err(fault);
  const read = schema.safeParse(said.value.value.data);
  return read.success ? ok(read.data) : err({ kind: 'schema-changed', where: `data.${read.error.issues[0]?.path.join('.') ?? ''}` });
}

type Variant = z.output<typeof payloads.variantNode>;
type Pictures = ReadonlyMap<string, readonly string[]>;

function itemOf(node: Variant, pictures: Pictures, settings: Settings): SourceItem {
  const { product, inventoryItem, price } = node;
  const [level] = inventoryItem.inventoryLevel?.quantities ?? [];
  return {
    externalId: node.id,
    productRef: product.id,
    stockRef: inventoryItem.id,
    title: product.title,
    options: node.selectedOptions.filter(({ value }) => value !== 'Default Title'),
    brand: product.brand ?? undefined,
    description: product.descriptionHtml ?? undefined,
    category: product.productType ?? undefined,
    gtin: node.barcode ?? undefined,
    sku: node.sku ?? undefined,
    price: { amount: { decimal: price }, currency: settings['currency'], includesVat: settings['taxesIncluded'] !== 'no' },
    weightGrams: inventoryItem.measurement?.weight ?? undefined,
    images: pictures.get(product.id) ?? [product.featuredMedia?.preview?.image?.url ?? []].flat(),
    isActive: product.status === 'ACTIVE',
    quantity: inventoryItem.tracked ? (level?.quantity ?? 0) : undefined,
    countedAt: parseMoment(level?.updatedAt),
  };
}

/** A list of eight within a product costs up to eleven points, a question a thousand at most. */
const PRODUCTS_A_QUESTION = 50;
const PICTURES_A_PRODUCT = 8;

/** All pictures of the products of a page that have more than the one which came with it. */
async function picturesOf(call: SourceCall, rows: readonly Variant[]): Promise<Result<Pictures, SourceFault>> {
  const ids = [...new Set(rows.flatMap(({ product: { id, mediaCount } }) => ((mediaCount?.count ?? 1) > 1 ? [id] : [])))];
  const found = new Map<string, readonly string[]>();
  for (let from = 0; from < ids.length; from += PRODUCTS_A_QUESTION) {
    const variables = { ids: ids.slice(from, from + PRODUCTS_A_QUESTION), most: PICTURES_A_PRODUCT };
    const told = await graph(call, payloads.picturesData, { query: payloads.PICTURES_QUERY, variables });
    if (!told.ok) return doneWithout(told.error) ? ok(found) : told;
    for (const node of told.value.nodes) {
      const addresses = (node?.media.nodes ?? []).flatMap(({ image }) => image?.url ?? []);
      if (node !== null && addresses.length > 0) found.set(node.id, addresses);
    }
  }
  return ok(found);
}

function readMessage({ headers, body }: SourceMessage, settings: Readonly<Record<string, string>>): Result<Heard, { kind: 'unreadable' }> {
  const messageId = headers['x-shopify-webhook-id'] ?? headers['x-shopify-event-id'];
  if (messageId === undefined) return err({ kind: 'unreadable' });
  const topic = headers['x-shopify-topic'] ?? '';
  const nothing: Heard = { messageId, counts: [], gone: [], asksForPull: false };
  if (topic === 'products/delete') {
    const read = payloads.deletedMessage.safeParse(readJson(body));
    return read.success ? ok({ ...nothing, gone: [{ productRef: `gid://shopify/Product/${read.data.id}` }] }) : err({ kind: 'unreadable' });
  }
  if (topic !== 'inventory_levels/update') return ok({ ...nothing, asksForPull: /^(products|inventory_items)\//.test(topic) });
  const read = payloads.levelMessage.safeParse(readJson(body));
  if (!read.success) return err({ kind: 'unreadable' });
  const { available, inventory_item_id: item, location_id: place, updated_at: at } = read.data;
  if (available === null || `gid://shopify/Location/${place}` !== settings['locationId']) return ok(nothing);
  return ok({
    ...nothing,
    counts: [{ stockRef: `gid://shopify/InventoryItem/${item}`, quantity: available, countedAt: parseMoment(at) }],
  });
}

/** Shopify: an app of the shop's own, made in its Dev Dashboard; its client id and secret are exchanged for a token of a day. */
export const shopify: Connector = {
  kind: 'shopify',
  name: 'Shopify',
  grade: 'B',
  capabilities: { changesSince: true, tellsDeletions: false },
  fields: [
    addressField('shop', 'ma-boutique.myshopify.com'),
    textField('clientId'),
    secretField('clientSecret'),
    optional(textField('location')),
  ],
  baseUrl: ({ shop = '' }) => shop,
  auth: {
    headers: ({ accessToken = '' }) => ({ 'x-shopify-access-token': accessToken }),
    isStale: ({ accessToken, expiresAt = '0' }, now) => accessToken === undefined || Number(expiresAt) - MINUTE <= now,
    renew: async (call) => {
      const { clientId = '', clientSecret = '' } = call.settings;
      const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      const said = await call.json(payloads.tokenAnswer, { path: '/admin/oauth/access_token', form });
      if (!said.ok) return said;
      const { access_token: accessToken, expires_in: seconds } = said.value.value;
      return ok({ accessToken, expiresAt: String(call.now + seconds * 1_000) });
    },
  },
  check: async (call) => {
    const told = await graph(call, payloads.shopData, { query: payloads.SHOP_QUERY });
    if (!told.ok) return told;
    const { shop, locations } = told.value;
    const wanted = call.settings['location'];
    const place = locations.nodes.find(({ name, isActive }) => isActive && (wanted === undefined || name === wanted));
    if (place === undefined) return err({ kind: 'not-found' });
    const learned = { locationId: place.id, currency: shop.currencyCode, taxesIncluded: shop.taxesIncluded ? 'yes' : 'no' };
    return ok({ shopName: shop.name, learned });
  },
  pull: async (call, { since, cursor, pageSize }) => {
    const { locationId = '' } = call.settings;
    const query = since === undefined ? null : `updated_at:>='${new Date(since).toISOString()}'`;
    const variables = { first: Math.min(pageSize, 100), after: cursor ?? null, query, location: locationId };
    const told = await graph(call, payloads.variantsData, { query: payloads.VARIANTS_QUERY, variables });
    if (!told.ok) return told;
    const { nodes, pageInfo } = told.value.productVariants;
    const rows: Variant[] = [];
    const read = readEach(nodes, payloads.variantNode, (node) => {
      rows.push(node);
      return [];
    });
    if (!read.ok) return read;
    const pictures = await picturesOf(call, rows);
    if (!pictures.ok) return pictures;
    const items = rows.map((node) => itemOf(node, pictures.value, call.settings));
    return ok({ items, refused: read.value.refused, gone: [], next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined });
  },
  webhook: {
    isGenuine: ({ headers, body }, { clientSecret = '' }) =>
      isSame(hmac('sha256', clientSecret, body, 'base64'), headers['x-shopify-hmac-sha256']),
    read: readMessage,
  },
  push: async (call, changes) => {
    const { locationId = '' } = call.settings;
    const input = {
      reason: 'other',
      name: 'available',
      changes: changes.map(({ stockRef, delta }) => ({ inventoryItemId: stockRef, locationId, delta })),
    };
    const variables = { input, key: changes[0]?.key ?? '' };
    const said = await graph(call, payloads.adjustData, { query: payloads.ADJUST_MUTATION, variables });
    if (!said.ok) return said;
    return said.value.inventoryAdjustQuantities.userErrors.length === 0 ? ok(undefined) : err({ kind: 'refused', status: 422 });
  },
};
