import type { z } from 'zod';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { Connector, SourceCall, SourceItem } from '../../connector';
import type { SourceFault } from '../../fault';
import { addressField, optional, secretField, textField } from '../../field';
import { readEach } from '../../read-each';
import { parseMoment } from '../../values';
import * as payloads from './payloads';

const PATH = '/admin-api';
const TOKEN = 'vendure-auth-token';

async function graphOnce<T>(call: SourceCall, schema: z.ZodType<T>, body: object): Promise<Result<T, SourceFault>> {
  const said = await call.json(payloads.answer, { path: PATH, body });
  if (!said.ok) return said;
  const { errors = [], data } = said.value.value;
  const [first] = errors;
  if (first?.extensions?.code === 'FORBIDDEN') return err({ kind: 'not-allowed', status: 401 });
  if (first !== undefined) return err({ kind: 'schema-changed', where: first.message.slice(0, 120) });
  const read = schema.safeParse(data);
  return read.success ? ok(read.data) : err({ kind: 'schema-changed', where: `data.${read.error.issues[0]?.path.join('.') ?? ''}` });
}

/** A session that has run out is refused in words, with status 200: then it is begun anew, once. */
async function graph<T>(call: SourceCall, schema: z.ZodType<T>, body: object): Promise<Result<T, SourceFault>> {
  const first = await graphOnce(call, schema, body);
  if (first.ok || first.error.kind !== 'not-allowed') return first;
  const renewed = await call.renew();
  return renewed.ok ? graphOnce(call, schema, body) : renewed;
}

function itemOf(row: z.output<typeof payloads.variant>): SourceItem {
  const units = row.stockLevels.reduce((sum, one) => sum + one.stockOnHand - one.stockAllocated, 0);
  return {
    externalId: row.id,
    productRef: row.product.id,
    title: row.product.name,
    options: row.options.map(({ name: value, group }) => ({ name: group.name, value })),
    description: row.product.description ?? undefined,
    sku: row.sku,
    price: { amount: { minor: row.priceWithTax }, currency: row.currencyCode, includesVat: true },
    images: [...new Set([row.product.featuredAsset, ...(row.product.assets ?? [])].flatMap((asset) => asset?.preview ?? []))],
    isActive: row.enabled && row.product.enabled,
    quantity: row.trackInventory === 'FALSE' ? undefined : units,
    countedAt: parseMoment(row.updatedAt),
  };
}

/** Vendure: a user of the shop's own server who may read the catalogue; signed in for a session that is renewed. */
export const vendure: Connector = {
  kind: 'vendure',
  name: 'Vendure',
  grade: 'C',
  capabilities: { changesSince: false, tellsDeletions: false },
  fields: [
    addressField('site', 'https://api.ma-boutique.fr'),
    textField('user-name'),
    secretField('password'),
    optional(secretField('channel')),
  ],
  baseUrl: ({ site = '' }) => site,
  auth: {
    headers: ({ session, channel }) => ({
      ...(session === undefined ? {} : { authorization: `Bearer ${session}` }),
      ...(channel === undefined ? {} : { 'vendure-token': channel }),
    }),
    isStale: ({ session }) => session === undefined,
    renew: async (call) => {
      const { password = '' } = call.settings;
      const variables = { username: call.settings['user-name'] ?? '', password };
      const said = await call.json(payloads.answer, { path: PATH, body: { query: payloads.LOGIN, variables } });
      if (!said.ok) return said;
      const read = payloads.loginData.safeParse(said.value.value.data);
      const session = said.value.headers[TOKEN];
      if (!read.success) return err({ kind: 'schema-changed', where: 'data.login' });
      if (read.data.login.__typename !== 'CurrentUser' || session === undefined) return err({ kind: 'not-allowed', status: 403 });
      return ok({ session });
    },
  },
  check: async (call) => {
    const told = await graph(call, payloads.channelData, { query: payloads.CHANNEL });
    if (!told.ok) return told;
    return ok({ shopName: told.value.activeChannel.owner ?? told.value.activeChannel.code });
  },
  pull: async (call, { cursor, pageSize }) => {
    const skip = Number(cursor ?? 0);
    const take = Math.min(pageSize, 100);
    const told = await graph(call, payloads.variantsData, {
      query: payloads.VARIANTS,
      variables: { options: { skip, take, sort: { id: 'ASC' } } },
    });
    if (!told.ok) return told;
    const { items, totalItems } = told.value.productVariants;
    const read = readEach(items, payloads.variant, (row) => [itemOf(row)]);
    if (!read.ok) return read;
    return ok({ ...read.value, gone: [], next: skip + take < totalItems ? String(skip + take) : undefined });
  },
};
