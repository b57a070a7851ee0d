import { z } from 'zod';
import { err, ok } from '@/lib/kernel';
import type { Connector, ConnectorField, Query, Settings, SourceItem } from '../../connector';
import { keyedPicture } from '../../ask/keyed-picture';
import { addressField, choiceField, optional, secretField, textField } from '../../field';
import { readEach } from '../../read-each';
import { readPath, readPaths } from './read-path';

const pathField = (name: string, example: string): ConnectorField => ({
  ...textField(name, example),
  schema: z.string().regex(/^[\w$.[\]-]{1,120}$/),
});

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** What stands at a path, as text; undefined for nothing there and for anything that is no plain value. */
const textAt = (row: unknown, path: string | undefined): string | undefined =>
  path === undefined ? undefined : scalar.safeParse(readPath(row, path)).data;

/** A row as the paths of the form find its values: without a name, an identifier and a price it is none. */
const rowOf = (settings: Settings) =>
  z.unknown().transform((row, context) => {
    const { id = '', titlePath = '', pricePath = '' } = settings;
    const [externalId, title, price] = [textAt(row, id), textAt(row, titlePath), textAt(row, pricePath)];
    const missing = externalId === undefined ? id : title === undefined ? titlePath : price === undefined ? pricePath : undefined;
    if (externalId === undefined || title === undefined || price === undefined) {
      context.addIssue({ code: 'custom', message: 'missing', path: (missing ?? '').split('.') });
      return z.NEVER;
    }
    return { row, externalId, title, price };
  });

type Row = z.output<ReturnType<typeof rowOf>>;

/** Addresses at the path of the form, whole or as they stand beside the list's own address. */
function imagesOf(row: unknown, { address = '', picturePath }: Settings): readonly string[] {
  const told = picturePath === undefined ? [] : readPaths(row, picturePath);
  return told.flatMap((one) => (typeof one === 'string' && one !== '' && URL.canParse(one, address) ? [new URL(one, address).href] : []));
}

function itemOf({ row, externalId, title, price }: Row, settings: Settings): SourceItem {
  const quantity = Number(textAt(row, settings['quantityPath']) ?? Number.NaN);
  return {
    externalId,
    productRef: externalId,
    title,
    gtin: textAt(row, settings['gtinPath']),
    sku: textAt(row, settings['skuPath']),
    price: { amount: { decimal: price }, includesVat: settings['vat'] !== 'no' },
    images: imagesOf(row, settings),
    isActive: true,
    quantity: Number.isFinite(quantity) ? quantity : undefined,
  };
}

const list = z.array(z.unknown());

/** The question for one page: the form's own address, the next one a page named, or the same with a number. */
function questionOf(settings: Settings, cursor: string | undefined): { readonly path: string; readonly query?: Query } {
  const { address = '', pageParameter } = settings;
  if (pageParameter !== undefined) return { path: address, query: { [pageParameter]: Number(cursor ?? 1) } };
  return { path: cursor ?? address };
}

function nextOf(
  settings: Settings,
  { answer, rows, cursor }: { answer: unknown; rows: number; cursor: string | undefined },
): string | undefined {
  const { address = '', next, pageParameter } = settings;
  if (pageParameter !== undefined) return rows === 0 ? undefined : String(Number(cursor ?? 1) + 1);
  const told = textAt(answer, next);
  return told !== undefined && URL.canParse(told, address) ? new URL(told, address).href : undefined;
}

/** Any JSON service of a till: where its goods are is told in a form, by paths. No code. */
export const rest: Connector = {
  kind: 'rest',
  name: 'API JSON',
  grade: 'C',
  capabilities: { changesSince: false, tellsDeletions: false },
  fields: [
    { ...addressField('address', 'https://caisse.ma-boutique.fr/api/products?lang=fr'), schema: z.url({ protocol: /^https?$/ }).max(500) },
    optional(textField('header', 'Authorization')),
    optional(secretField('key')),
    optional(pathField('list', 'data.items')),
    pathField('id', 'id'),
    pathField('titlePath', 'name'),
    pathField('pricePath', 'price.amount'),
    optional(pathField('skuPath', 'reference')),
    optional(pathField('gtinPath', 'ean')),
    optional(pathField('quantityPath', 'stock.available')),
    optional(pathField('picturePath', 'images[].url')),
    optional(pathField('next', 'links.next')),
    optional(textField('pageParameter', 'page')),
    choiceField('vat', ['yes', 'no']),
  ],
  baseUrl: ({ address = '' }) => (URL.canParse(address) ? new URL(address).origin : ''),
  auth: {
    headers: ({ header = 'authorization', key }) =>
      key === undefined ? {} : { [header.toLowerCase().replaceAll(/[^a-z0-9-]/g, '')]: key },
  },
  check: async (call) => {
    const said = await call.json(z.unknown(), questionOf(call.settings, undefined));
    if (!said.ok) return said;
    const rows = list.safeParse(readPath(said.value.value, call.settings['list'] ?? ''));
    if (!rows.success) return err({ kind: 'schema-changed', where: call.settings['list'] ?? 'answer' });
    const read = readEach(rows.data, rowOf(call.settings), () => []);
    return read.ok ? ok({ shopName: new URL(call.settings['address'] ?? 'https://rest').host }) : read;
  },
  pull: async (call, { cursor }) => {
    const said = await call.json(z.unknown(), questionOf(call.settings, cursor));
    if (!said.ok) return said;
    const answer = said.value.value;
    const rows = list.safeParse(readPath(answer, call.settings['list'] ?? ''));
    if (!rows.success) return err({ kind: 'schema-changed', where: call.settings['list'] ?? 'answer' });
    const read = readEach(rows.data, rowOf(call.settings), (row) => [itemOf(row, call.settings)]);
    if (!read.ok) return read;
    return ok({ ...read.value, gone: [], next: nextOf(call.settings, { answer, rows: rows.data.length, cursor }) });
  },
  picture: keyedPicture,
};
