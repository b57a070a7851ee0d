import { z } from 'zod';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { Connector, Heard, HeardCount, SourceItem } from '../../connector';
import { phaseText, readPhase } from '../../cursor';
import { optional, secretField, textField } from '../../field';
import { messageIdOf } from '../../message-id';
import { readEach } from '../../read-each';
import { hmac, isSame } from '../../signature';
import { pictureAddress, readJson } from '../../values';

/** Source of all shapes: the Lightspeed Retail (X-Series) API 2.0 (products, inventory, outlets) and its webhooks. */
const product = z.object({
  id: z.string(),
  name: z.string(),
  variant_name: z.string().nullish(),
  variant_parent_id: z.string().nullish(),
  has_variants: z.boolean().nullish(),
  variant_options: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  sku: z.string().nullish(),
  description: z.string().nullish(),
  brand: z.object({ name: z.string() }).nullish(),
  product_category: z.object({ name: z.string() }).nullish(),
  product_codes: z.array(z.object({ type: z.string(), code: z.string() })).nullish(),
  price_including_tax: z.number().nullable(),
  is_active: z.boolean(),
  has_inventory: z.boolean().nullish(),
  images: z.array(z.object({ url: pictureAddress })).nullish(),
  deleted_at: z.string().nullish(),
});

const list = z.object({ data: z.array(z.unknown()), version: z.object({ max: z.number().nullish() }).nullish() });
const level = z.object({ product_id: z.string(), outlet_id: z.string(), inventory_level: z.number() });
const levels = z.object({ data: z.array(level), version: z.object({ max: z.number().nullish() }).nullish() });
const outlets = z.object({ data: z.array(z.object({ id: z.string(), name: z.string(), currency: z.string().nullish() })) });

type Product = z.output<typeof product>;

/** A parent of variants is itself the first of them; a product without any is its own parent. */
function itemOf(row: Product, currency: string | undefined): SourceItem {
  const options = (row.variant_options ?? []).map(({ name, value }) => ({ name, value }));
  const codes = row.product_codes ?? [];
  return {
    externalId: row.id,
    productRef: row.variant_parent_id ?? row.id,
    title: row.name,
    options,
    brand: row.brand?.name,
    description: row.description ?? undefined,
    category: row.product_category?.name,
    gtin: codes.find(({ type }) => /^(EAN|UPC|ISBN|GTIN)/i.test(type))?.code,
    sku: row.sku ?? codes.find(({ type }) => type === 'CUSTOM')?.code,
    price: { amount: row.price_including_tax === null ? undefined : { decimal: row.price_including_tax }, currency, includesVat: true },
    images: (row.images ?? []).flatMap(({ url }) => url ?? []),
    isActive: row.is_active,
  };
}

const message = z.object({ type: z.string().optional() }).catchall(z.unknown());

/** `signature=…,algorithm=HMAC-SHA256` */
const signatureIn = (header: string | undefined): string | undefined =>
  /(?:^|,\s*)signature=([0-9a-f]+)/i.exec(header ?? '')?.[1]?.toLowerCase();

/**
 * Lightspeed Retail X: a personal token of the shop's own account. Its messages bear no moment, so a figure in them is not believed: they
 * say that it is time to ask.
 */
export const lightspeed: Connector = {
  kind: 'lightspeed',
  name: 'Lightspeed X',
  grade: 'B',
  capabilities: { changesSince: false, tellsDeletions: true },
  fields: [
    textField('account', 'ma-boutique'),
    secretField('accessToken'),
    optional(textField('location')),
    optional(secretField('clientSecret')),
  ],
  baseUrl: ({ account = '' }) => `https://${account.toLowerCase().replaceAll(/[^a-z0-9-]/g, '')}.retail.lightspeed.app`,
  auth: { headers: ({ accessToken = '' }) => ({ authorization: `Bearer ${accessToken}` }) },
  check: async (call) => {
    const said = await call.json(outlets, { path: '/api/2.0/outlets' });
    if (!said.ok) return said;
    const wanted = call.settings['location'];
    const outlet = said.value.value.data.find(({ name }) => wanted === undefined || name === wanted);
    if (outlet === undefined) return err({ kind: 'not-found' });
    return ok({ shopName: outlet.name, learned: { outletId: outlet.id, ...(outlet.currency ? { currency: outlet.currency } : {}) } });
  },
  pull: async (call, { cursor, pageSize }) => {
    const { phase, at } = readPhase(cursor, ['products', 'inventory']);
    const query = { after: at ?? 0, page_size: Math.min(pageSize, 200) };
    if (phase === 'inventory') {
      const said = await call.json(levels, { path: '/api/2.0/inventory', query });
      if (!said.ok) return said;
      const { data, version } = said.value.value;
      const counts = data.flatMap((one): readonly HeardCount[] =>
        one.outlet_id === call.settings['outletId']
          ? [{ stockRef: one.product_id, quantity: one.inventory_level, countedAt: undefined }]
          : [],
      );
      const next = data.length === 0 || !version?.max ? undefined : phaseText('inventory', version.max);
      return ok({ items: [], refused: [], gone: [], counts, next });
    }
    const said = await call.json(list, { path: '/api/2.0/products', query });
    if (!said.ok) return said;
    const gone: { readonly externalId: string }[] = [];
    const read = readEach(said.value.value.data, product, (row) => {
      if (row.deleted_at === null || row.deleted_at === undefined) return [itemOf(row, call.settings['currency'])];
      gone.push({ externalId: row.id });
      return [];
    });
    if (!read.ok) return read;
    const { data, version } = said.value.value;
    const next = data.length === 0 || !version?.max ? phaseText('inventory', undefined) : phaseText('products', version.max);
    return ok({ ...read.value, gone, next });
  },
  webhook: {
    isGenuine: ({ headers, body }, { clientSecret = '' }) =>
      clientSecret !== '' && isSame(hmac('sha256', clientSecret, body, 'hex'), signatureIn(headers['x-signature'])),
    read: ({ body }, _settings, now): Result<Heard, { kind: 'unreadable' }> => {
      const payload = new URLSearchParams(body).get('payload');
      const read = message.safeParse(payload === null ? undefined : readJson(payload));
      if (!read.success) return err({ kind: 'unreadable' });
      return ok({ messageId: messageIdOf(body, now), counts: [], gone: [], asksForPull: true });
    },
  },
};
