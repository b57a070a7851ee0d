import { z } from 'zod';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { Connector, Gone, Heard, HeardCount, PulledPage, PullWish, Settings, SourceCall, SourceItem } from '../../connector';
import { phaseText, readPhase } from '../../cursor';
import type { SourceFault } from '../../fault';
import { choiceField, optional, secretField, textField } from '../../field';
import { messageIdOf } from '../../message-id';
import { readEach } from '../../read-each';
import { hmac, isSame } from '../../signature';
import { parseMoment, pictureAddress, readJson } from '../../values';

/** Source of all shapes: the Loyverse API 1.0 (items, inventory, stores, webhooks). */
const variant = z.object({
  variant_id: z.string(),
  sku: z.string().nullish(),
  barcode: z.string().nullish(),
  option1_value: z.string().nullish(),
  option2_value: z.string().nullish(),
  option3_value: z.string().nullish(),
  default_price: z.number().nullish(),
  stores: z.array(z.object({ store_id: z.string(), price: z.number().nullish(), available_for_sale: z.boolean() })).nullish(),
  deleted_at: z.string().nullish(),
});

const item = z.object({
  id: z.string(),
  item_name: z.string(),
  description: z.string().nullish(),
  track_stock: z.boolean().nullish(),
  option1_name: z.string().nullish(),
  image_url: pictureAddress,
  deleted_at: z.string().nullish(),
  variants: z.array(variant),
});

const items = z.object({ items: z.array(z.unknown()), cursor: z.string().nullish() });
const level = z.object({ variant_id: z.string(), store_id: z.string(), in_stock: z.number(), updated_at: z.string().nullish() });
const levels = z.object({ inventory_levels: z.array(level), cursor: z.string().nullish() });
const merchant = z.object({ business_name: z.string(), currency: z.object({ code: z.string() }) });
const stores = z.object({ stores: z.array(z.object({ id: z.string(), name: z.string() })) });
const message = z.object({ type: z.string(), inventory_levels: z.array(level).optional() });

function itemsOf(row: z.output<typeof item>, settings: Settings): readonly SourceItem[] {
  const live = row.variants.filter(({ deleted_at: at }) => !at);
  return live.map((one) => {
    const here = one.stores?.find(({ store_id: id }) => id === settings['storeId']);
    const price = here?.price ?? one.default_price ?? undefined;
    return {
      externalId: one.variant_id,
      productRef: row.id,
      title: row.item_name,
      options: [one.option1_value, one.option2_value, one.option3_value].flatMap((value) =>
        value ? [{ name: row.option1_name ?? '', value }] : [],
      ),
      description: row.description ?? undefined,
      gtin: one.barcode ?? undefined,
      sku: one.sku ?? undefined,
      price: {
        amount: price === undefined ? undefined : { decimal: price },
        currency: settings['currency'],
        includesVat: settings['vat'] !== 'no',
      },
      images: [row.image_url ?? []].flat(),
      isActive: here?.available_for_sale ?? true,
    };
  });
}

const heardCount = ({ variant_id: stockRef, in_stock: quantity, updated_at: at }: z.output<typeof level>): HeardCount => ({
  stockRef,
  quantity,
  countedAt: parseMoment(at),
});

const sinceText = ({ since }: PullWish): string | undefined => (since === undefined ? undefined : new Date(since).toISOString());

async function pullItems(call: SourceCall, wish: PullWish, at: string | undefined): Promise<Result<PulledPage, SourceFault>> {
  const since = sinceText(wish);
  const query = {
    limit: Math.min(wish.pageSize, 250),
    cursor: at,
    updated_at_min: since,
    show_deleted: since === undefined ? undefined : 'true',
  };
  const said = await call.json(items, { path: '/items', query });
  if (!said.ok) return said;
  const gone: Gone[] = [];
  const read = readEach(said.value.value.items, item, (row) => {
    if (!row.deleted_at) return itemsOf(row, call.settings);
    gone.push({ productRef: row.id });
    return [];
  });
  if (!read.ok) return read;
  const { cursor } = said.value.value;
  return ok({ ...read.value, gone, next: cursor ? phaseText('items', cursor) : phaseText('levels', undefined) });
}

async function pullLevels(call: SourceCall, wish: PullWish, at: string | undefined): Promise<Result<PulledPage, SourceFault>> {
  const query = { limit: Math.min(wish.pageSize, 250), cursor: at, store_ids: call.settings['storeId'], updated_at_min: sinceText(wish) };
  const said = await call.json(levels, { path: '/inventory', query });
  if (!said.ok) return said;
  const { inventory_levels: told, cursor } = said.value.value;
  return ok({ items: [], refused: [], gone: [], counts: told.map(heardCount), next: cursor ? phaseText('levels', cursor) : undefined });
}

/** Loyverse: an access token of the shop's own account. Messages are signed only where an application with a secret made the webhook. */
export const loyverse: Connector = {
  kind: 'loyverse',
  name: 'Loyverse',
  grade: 'B',
  capabilities: { changesSince: true, tellsDeletions: true },
  fields: [
    secretField('accessToken'),
    optional(textField('location')),
    choiceField('vat', ['yes', 'no']),
    optional(secretField('clientSecret')),
  ],
  baseUrl: () => 'https://api.loyverse.com/v1.0',
  auth: { headers: ({ accessToken = '' }) => ({ authorization: `Bearer ${accessToken}` }) },
  check: async (call) => {
    const [owner, places] = [await call.json(merchant, { path: '/merchant' }), await call.json(stores, { path: '/stores' })];
    if (!owner.ok) return owner;
    if (!places.ok) return places;
    const wanted = call.settings['location'];
    const place = places.value.value.stores.find(({ name }) => wanted === undefined || name === wanted);
    if (place === undefined) return err({ kind: 'not-found' });
    return ok({ shopName: owner.value.value.business_name, learned: { storeId: place.id, currency: owner.value.value.currency.code } });
  },
  pull: (call, wish) => {
    const { phase, at } = readPhase(wish.cursor, ['items', 'levels']);
    return phase === 'items' ? pullItems(call, wish, at) : pullLevels(call, wish, at);
  },
  webhook: {
    // The reference says base64, what arrives is hexadecimal: either is believed.
    isGenuine: ({ headers, body }, { clientSecret = '' }) =>
      clientSecret !== '' &&
      (['hex', 'base64'] as const).some((encoding) => isSame(hmac('sha1', clientSecret, body, encoding), headers['x-loyverse-signature'])),
    read: ({ body }, settings, now): Result<Heard, { kind: 'unreadable' }> => {
      const read = message.safeParse(readJson(body));
      if (!read.success) return err({ kind: 'unreadable' });
      const { type, inventory_levels: told = [] } = read.data;
      const counts = told.filter(({ store_id: id }) => id === settings['storeId']).map(heardCount);
      return ok({ messageId: messageIdOf(body, now), counts, gone: [], asksForPull: type === 'items.update' });
    },
  },
};
