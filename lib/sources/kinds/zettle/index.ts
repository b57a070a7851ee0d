import { z } from 'zod';
import type { Result } from '@/lib/kernel';
import { err, MINUTE, ok } from '@/lib/kernel';
import type { Connector, Heard, HeardCount, SourceItem } from '../../connector';
import { phaseText, readPhase } from '../../cursor';
import { optional, secretField, textField } from '../../field';
import { nextLink } from '../../next-link';
import { readEach } from '../../read-each';
import { hmac, isSame } from '../../signature';
import { parseMoment, pictureAddress, readJson } from '../../values';

/** Source of all shapes: Zettle's OAuth, Product library, Inventory and Pusher APIs, each on a host of its own. */
const HOSTS = {
  oauth: 'https://oauth.zettle.com',
  products: 'https://products.izettle.com',
  inventory: 'https://inventory.izettle.com',
} as const;

const product = z.object({
  uuid: z.string(),
  name: z.string(),
  description: z.string().nullish(),
  category: z.object({ name: z.string() }).nullish(),
  presentation: z.object({ imageUrl: pictureAddress }).nullish(),
  vatPercentage: z.union([z.string(), z.number()]).nullish(),
  variants: z.array(
    z.object({
      uuid: z.string(),
      name: z.string().nullish(),
      sku: z.string().nullish(),
      barcode: z.string().nullish(),
      price: z.object({ amount: z.number().int(), currencyId: z.string() }).nullish(),
      options: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
    }),
  ),
});

const library = z.object({ products: z.array(z.unknown()) });
const balance = z.object({ variantUuid: z.string(), balance: z.union([z.string(), z.number()]).transform(Number) });
const inventory = z.object({ variants: z.array(balance) });
const token = z.object({ access_token: z.string().min(1), expires_in: z.number().int().positive() });

function itemsOf(row: z.output<typeof product>): readonly SourceItem[] {
  const rate = Number(row.vatPercentage ?? Number.NaN);
  return row.variants.map((variant) => ({
    externalId: variant.uuid,
    productRef: row.uuid,
    title: row.name,
    options: (variant.options ?? []).length > 0 ? (variant.options ?? []) : variant.name ? [{ name: '', value: variant.name }] : [],
    description: row.description ?? undefined,
    category: row.category?.name,
    gtin: variant.barcode ?? undefined,
    sku: variant.sku ?? undefined,
    price: {
      amount: variant.price ? { minor: variant.price.amount } : undefined,
      currency: variant.price?.currencyId,
      includesVat: true,
      vatRateBps: Number.isFinite(rate) ? Math.round(rate * 100) : undefined,
    },
    images: [row.presentation?.imageUrl ?? []].flat(),
    isActive: true,
  }));
}

/** The payload of a message is text inside text: it is signed as it stands. */
const envelope = z.object({ messageId: z.string(), eventName: z.string(), payload: z.string(), timestamp: z.string() });
const changed = z.object({ updated: z.object({ timestamp: z.string() }).nullish(), balanceAfter: z.array(balance) });
const removed = z.object({ uuid: z.string() });

function read(body: string): Result<Heard, { kind: 'unreadable' }> {
  const read = envelope.safeParse(readJson(body));
  if (!read.success) return err({ kind: 'unreadable' });
  const { messageId, eventName, payload, timestamp } = read.data;
  const nothing: Heard = { messageId, counts: [], gone: [], asksForPull: false };
  if (eventName === 'InventoryBalanceChanged') {
    const told = changed.safeParse(readJson(payload));
    if (!told.success) return err({ kind: 'unreadable' });
    const countedAt = parseMoment(told.data.updated?.timestamp ?? timestamp);
    return ok({
      ...nothing,
      counts: told.data.balanceAfter.map(({ variantUuid: stockRef, balance: quantity }) => ({ stockRef, quantity, countedAt })),
    });
  }
  if (eventName !== 'ProductDeleted') return ok({ ...nothing, asksForPull: /^(Product|Inventory)/.test(eventName) });
  const told = removed.safeParse(readJson(payload));
  return told.success ? ok({ ...nothing, gone: [{ productRef: told.data.uuid }] }) : err({ kind: 'unreadable' });
}

/** Zettle: an API key (an assertion) and its client id, exchanged for a token of two hours. */
export const zettle: Connector = {
  kind: 'zettle',
  name: 'Zettle',
  grade: 'B',
  capabilities: { changesSince: false, tellsDeletions: false },
  fields: [textField('clientId'), secretField('assertion'), optional(secretField('signatureKey'))],
  baseUrl: () => HOSTS.products,
  auth: {
    headers: ({ accessToken = '' }) => ({ authorization: `Bearer ${accessToken}` }),
    isStale: ({ accessToken, expiresAt = '0' }, now) => accessToken === undefined || Number(expiresAt) - MINUTE <= now,
    renew: async (call) => {
      const { clientId = '', assertion = '' } = call.settings;
      const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', client_id: clientId, assertion };
      const said = await call.json(token, { baseUrl: HOSTS.oauth, path: '/token', form });
      if (!said.ok) return said;
      return ok({ accessToken: said.value.value.access_token, expiresAt: String(call.now + said.value.value.expires_in * 1_000) });
    },
  },
  check: async (call) => {
    const said = await call.json(z.object({ uuid: z.string() }), { baseUrl: HOSTS.oauth, path: '/users/self' });
    if (!said.ok) return said;
    const goods = await call.json(library, { path: '/organizations/self/library', query: { limit: 1 } });
    return goods.ok ? ok({ shopName: 'Zettle' }) : goods;
  },
  pull: async (call, { cursor, pageSize }) => {
    const { phase, at } = readPhase(cursor, ['library', 'balances']);
    if (phase === 'balances') {
      const said = await call.json(inventory, { baseUrl: HOSTS.inventory, path: '/organizations/self/inventory' });
      if (!said.ok) return said;
      const counts = said.value.value.variants.map(({ variantUuid, balance: quantity }): HeardCount => ({
        stockRef: variantUuid,
        quantity,
        countedAt: undefined,
      }));
      return ok({ items: [], refused: [], gone: [], counts, next: undefined });
    }
    const path = at ?? '/organizations/self/library';
    const said = await call.json(library, { path, ...(at === undefined ? { query: { limit: Math.min(pageSize, 500) } } : {}) });
    if (!said.ok) return said;
    const rows = readEach(said.value.value.products, product, itemsOf);
    if (!rows.ok) return rows;
    const next = nextLink(said.value.headers['link'], HOSTS.products);
    return ok({ ...rows.value, gone: [], next: next === undefined ? phaseText('balances', undefined) : phaseText('library', next) });
  },
  webhook: {
    isGenuine: ({ headers, body }, { signatureKey = '' }) => {
      const told = envelope.safeParse(readJson(body));
      if (!told.success || signatureKey === '') return false;
      return isSame(hmac('sha256', signatureKey, `${told.data.timestamp}.${told.data.payload}`, 'hex'), headers['x-izettle-signature']);
    },
    read: ({ body }) => read(body),
  },
};
