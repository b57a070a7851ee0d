import { z } from 'zod';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { Connector, Gone, Heard, HeardCount, PulledPage, PullWish, Settings, SourceCall, SourceItem } from '../../connector';
import { phaseText, readPhase } from '../../cursor';
import type { SourceFault } from '../../fault';
import { choiceField, optional, secretField, textField } from '../../field';
import { readEach } from '../../read-each';
import { hmac, isSame } from '../../signature';
import { parseMoment, pictureAddress, pictureList, readJson } from '../../values';

/** Source of all shapes: the Square API, version 2025-10-16 (catalog, inventory, locations, webhooks). */
const VERSION = '2025-10-16';

const variation = z.object({
  id: z.string(),
  is_deleted: z.boolean().optional(),
  item_variation_data: z.object({
    name: z.string().optional(),
    sku: z.string().optional(),
    upc: z.string().optional(),
    price_money: z.object({ amount: z.number().int(), currency: z.string() }).optional(),
    image_ids: pictureList(z.string()),
  }),
});

const item = z.object({
  id: z.string(),
  is_deleted: z.boolean().optional(),
  item_data: z.object({
    name: z.string(),
    description_plaintext: z.string().optional(),
    is_archived: z.boolean().optional(),
    image_ids: pictureList(z.string()),
    variations: z.array(variation),
  }),
});

/** Items name their pictures; the pictures come beside them. */
const related = z.object({ id: z.string(), image_data: z.object({ url: pictureAddress }).optional() });

const count = z.object({
  catalog_object_id: z.string(),
  location_id: z.string(),
  state: z.string(),
  quantity: z.string(),
  calculated_at: z.string().optional(),
});

const counts = z.object({ counts: z.array(count).optional(), cursor: z.string().optional() });
const found = z.object({
  objects: z.array(z.unknown()).optional(),
  related_objects: pictureList(z.unknown()),
  cursor: z.string().optional(),
});
const places = z.object({ locations: z.array(z.object({ id: z.string(), name: z.string(), status: z.string(), currency: z.string() })) });
const deleted = z.object({ id: z.string(), is_deleted: z.literal(true) });

const heardCount = ({ catalog_object_id: stockRef, quantity, calculated_at: at }: z.output<typeof count>): HeardCount => ({
  stockRef,
  quantity: Number(quantity),
  countedAt: parseMoment(at),
});

const isHere = ({ location_id: place, state }: z.output<typeof count>, settings: Settings): boolean =>
  place === settings['locationId'] && state === 'IN_STOCK';

type Beside = { readonly known: ReadonlyMap<string, HeardCount>; readonly pictures: ReadonlyMap<string, string> };

function itemsOf(row: z.output<typeof item>, { known, pictures }: Beside, settings: Settings): readonly SourceItem[] {
  const { name, description_plaintext: description, is_archived: isArchived, image_ids: own, variations } = row.item_data;
  const live = variations.filter((one) => one.is_deleted !== true);
  const named = [...(own ?? []), ...live.flatMap((one) => one.item_variation_data.image_ids ?? [])];
  const images = [...new Set(named)].flatMap((id) => pictures.get(id) ?? []);
  return live.map(({ id, item_variation_data: data }) => ({
    externalId: id,
    productRef: row.id,
    title: name,
    options: live.length > 1 && data.name !== undefined ? [{ name: '', value: data.name }] : [],
    description,
    gtin: data.upc,
    sku: data.sku,
    price: {
      amount: data.price_money && { minor: data.price_money.amount },
      currency: data.price_money?.currency,
      includesVat: settings['vat'] !== 'no',
    },
    images,
    isActive: isArchived !== true,
    quantity: known.get(id)?.quantity,
    countedAt: known.get(id)?.countedAt,
  }));
}

function picturesOf(objects: readonly unknown[]): ReadonlyMap<string, string> {
  return new Map(
    objects.flatMap((one) => {
      const read = related.safeParse(one);
      const address = read.data?.image_data?.url;
      return read.success && address ? [[read.data.id, address] as const] : [];
    }),
  );
}

async function countsOf(call: SourceCall, ids: readonly string[]): Promise<Result<ReadonlyMap<string, HeardCount>, SourceFault>> {
  if (ids.length === 0) return ok(new Map());
  const body = { catalog_object_ids: ids, location_ids: [call.settings['locationId']], states: ['IN_STOCK'] };
  const said = await call.json(counts, { path: '/v2/inventory/counts/batch-retrieve', body });
  if (!said.ok) return said;
  return ok(new Map((said.value.value.counts ?? []).map((one) => [one.catalog_object_id, heardCount(one)])));
}

async function pullItems(call: SourceCall, wish: PullWish, at: string | undefined): Promise<Result<PulledPage, SourceFault>> {
  const since = wish.since === undefined ? undefined : new Date(wish.since).toISOString();
  const body = {
    object_types: ['ITEM'],
    include_related_objects: true,
    limit: Math.min(wish.pageSize, 100),
    ...(at === undefined ? {} : { cursor: at }),
    ...(since === undefined ? {} : { begin_time: since, include_deleted_objects: true }),
  };
  const said = await call.json(found, { path: '/v2/catalog/search', body });
  if (!said.ok) return said;
  const { objects = [], related_objects: beside, cursor } = said.value.value;
  const gone = objects.flatMap((one): readonly Gone[] => {
    const read = deleted.safeParse(one);
    return read.success ? [{ productRef: read.data.id }] : [];
  });
  const rows: z.output<typeof item>[] = [];
  const living = objects.filter((one) => !deleted.safeParse(one).success);
  const read = readEach(living, item, (row) => {
    rows.push(row);
    return [];
  });
  if (!read.ok) return read;
  const known = await countsOf(call, rows.flatMap((row) => row.item_data.variations.map(({ id }) => id))); // prettier-ignore
  if (!known.ok) return known;
  const next = cursor === undefined ? (since === undefined ? undefined : phaseText('counts', undefined)) : phaseText('items', cursor);
  const around = { known: known.value, pictures: picturesOf(beside ?? []) };
  return ok({ items: rows.flatMap((row) => itemsOf(row, around, call.settings)), refused: read.value.refused, gone, next });
}

/** A sale moves a figure without touching its item: figures that changed are asked for apart. */
async function pullCounts(call: SourceCall, wish: PullWish, at: string | undefined): Promise<Result<PulledPage, SourceFault>> {
  const body = {
    location_ids: [call.settings['locationId']],
    states: ['IN_STOCK'],
    updated_after: new Date(wish.since ?? 0).toISOString(),
    ...(at === undefined ? {} : { cursor: at }),
  };
  const said = await call.json(counts, { path: '/v2/inventory/counts/batch-retrieve', body });
  if (!said.ok) return said;
  const { counts: told = [], cursor } = said.value.value;
  return ok({ items: [], refused: [], gone: [], counts: told.map(heardCount), next: cursor && phaseText('counts', cursor) });
}

const message = z.object({
  type: z.string(),
  event_id: z.string(),
  data: z.object({ object: z.object({ inventory_counts: z.array(count).optional() }).nullish() }).nullish(),
});

/** Square: a personal access token of the shop's own application. */
export const square: Connector = {
  kind: 'square',
  name: 'Square',
  grade: 'B',
  capabilities: { changesSince: true, tellsDeletions: true },
  fields: [
    secretField('accessToken'),
    optional(textField('location')),
    choiceField('vat', ['yes', 'no']),
    optional(secretField('signatureKey')),
  ],
  baseUrl: () => 'https://connect.squareup.com',
  auth: { headers: ({ accessToken = '' }) => ({ authorization: `Bearer ${accessToken}`, 'square-version': VERSION }) },
  check: async (call) => {
    const said = await call.json(places, { path: '/v2/locations' });
    if (!said.ok) return said;
    const wanted = call.settings['location'];
    const place = said.value.value.locations.find(({ name, status }) => status === 'ACTIVE' && (wanted === undefined || name === wanted));
    return place === undefined ? err({ kind: 'not-found' }) : ok({ shopName: place.name, learned: { locationId: place.id } });
  },
  pull: (call, wish) => {
    const { phase, at } = readPhase(wish.cursor, ['items', 'counts']);
    return phase === 'items' ? pullItems(call, wish, at) : pullCounts(call, wish, at);
  },
  webhook: {
    isGenuine: ({ headers, body, url }, { signatureKey = '' }) =>
      signatureKey !== '' && isSame(hmac('sha256', signatureKey, `${url}${body}`, 'base64'), headers['x-square-hmacsha256-signature']),
    read: ({ body }, settings): Result<Heard, { kind: 'unreadable' }> => {
      const read = message.safeParse(readJson(body));
      if (!read.success) return err({ kind: 'unreadable' });
      const { type, event_id: messageId, data } = read.data;
      const told = (data?.object?.inventory_counts ?? []).filter((one) => isHere(one, settings)).map(heardCount);
      return ok({ messageId, counts: type === 'inventory.count.updated' ? told : [], gone: [], asksForPull: type.startsWith('catalog.') });
    },
  },
  push: async (call, changes) => {
    const body = {
      idempotency_key: (changes[0]?.key ?? '').slice(0, 128),
      changes: changes.map(({ externalId, delta }) => ({
        type: 'ADJUSTMENT',
        adjustment: {
          catalog_object_id: externalId,
          location_id: call.settings['locationId'],
          from_state: delta < 0 ? 'IN_STOCK' : 'NONE',
          to_state: delta < 0 ? 'SOLD' : 'IN_STOCK',
          quantity: String(Math.abs(delta)),
          occurred_at: new Date(call.now).toISOString(),
        },
      })),
    };
    const said = await call.json(z.unknown(), { path: '/v2/inventory/changes/batch-create', body });
    return said.ok ? ok(undefined) : said;
  },
};
