import { z } from 'zod';
import type { Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import type { Connector, Settings, SourceCall, SourceItem } from '../../connector';
import type { SourceFault } from '../../fault';
import { addressField, choiceField, optional, secretField, textField } from '../../field';
import { readEach } from '../../read-each';
import { parseMoment } from '../../values';
import { picturesOf, readPicture } from './pictures';
import type { Pictures } from './pictures';

/** Source of all shapes: Odoo's External JSON-2 API (19.0), models product.product and product.template.attribute.value. Nothing is `false`. */
const text = z.union([z.string(), z.literal(false)]).transform((value) => (value === false ? undefined : value));
const link = z
  .union([z.tuple([z.number().int(), z.string()]), z.literal(false)])
  .transform((value) => (value === false ? undefined : value));

const variant = z.object({
  id: z.number().int(),
  name: z.string(),
  product_tmpl_id: z.tuple([z.number().int(), z.string()]),
  default_code: text,
  barcode: text,
  description_sale: text,
  lst_price: z.number(),
  weight: z.number(),
  is_storable: z.boolean(),
  qty_available: z.number(),
  categ_id: link,
  product_template_variant_value_ids: z.array(z.number().int()),
  write_date: text,
});

const valueRow = z.object({ id: z.number().int(), name: z.string(), attribute_id: link });
const FIELDS = Object.keys(variant.shape);

type Variant = z.output<typeof variant>;
type Values = ReadonlyMap<number, { readonly name: string; readonly value: string }>;

async function search<Row>(
  call: SourceCall,
  model: string,
  row: z.ZodType<Row>,
  body: object,
): Promise<Result<readonly Row[], SourceFault>> {
  const said = await call.json(z.array(row), { path: `/json/2/${model}/search_read`, body });
  return said.ok ? ok(said.value.value) : said;
}

async function valuesOf(call: SourceCall, rows: readonly Variant[]): Promise<Result<Values, SourceFault>> {
  const ids = [...new Set(rows.flatMap((row) => row.product_template_variant_value_ids))];
  if (ids.length === 0) return ok(new Map());
  const body = { domain: [['id', 'in', ids]], fields: ['id', 'name', 'attribute_id'] };
  const found = await search(call, 'product.template.attribute.value', valueRow, body);
  return found.ok ? ok(new Map(found.value.map(({ id, name, attribute_id: of }) => [id, { name: of?.[1] ?? '', value: name }]))) : found;
}

type Beside = { readonly values: Values; readonly pictures: Pictures };

function itemOf(row: Variant, { values, pictures }: Beside, settings: Settings): SourceItem {
  return {
    externalId: String(row.id),
    productRef: String(row.product_tmpl_id[0]),
    title: row.name,
    options: row.product_template_variant_value_ids.flatMap((id) => values.get(id) ?? []),
    description: row.description_sale,
    category: row.categ_id?.[1],
    gtin: row.barcode,
    sku: row.default_code,
    price: { amount: { decimal: row.lst_price }, currency: settings['currency'], includesVat: settings['vat'] !== 'no' },
    weightGrams: row.weight > 0 ? Math.round(row.weight * 1_000) : undefined,
    images: [pictures.ofProduct.get(row.product_tmpl_id[0]) ?? [], pictures.ofVariant.get(row.id) ?? []].flat(),
    isActive: true,
    quantity: row.is_storable ? row.qty_available : undefined,
    countedAt: parseMoment(row.write_date),
  };
}

const company = z.object({ name: z.string(), currency_id: link });

/** Odoo, its till and its site: an API key of a user who may read products. A sale there does not touch the product, so every pull is a whole one. */
export const odoo: Connector = {
  kind: 'odoo',
  name: 'Odoo',
  grade: 'C',
  capabilities: { changesSince: false, tellsDeletions: false },
  fields: [
    addressField('site', 'https://ma-boutique.odoo.com'),
    optional(textField('database')),
    secretField('key'),
    choiceField('vat', ['yes', 'no']),
  ],
  baseUrl: ({ site = '' }) => site,
  auth: {
    headers: ({ key = '', database }) => ({
      authorization: `bearer ${key}`,
      ...(database === undefined ? {} : { 'x-odoo-database': database }),
    }),
  },
  check: async (call) => {
    const found = await search(call, 'res.company', company, { domain: [], fields: ['name', 'currency_id'], limit: 1 });
    if (!found.ok) return found;
    const [first] = found.value;
    const currency = first?.currency_id?.[1];
    return ok({ shopName: first?.name ?? 'Odoo', ...(currency === undefined ? {} : { learned: { currency } }) });
  },
  pull: async (call, { cursor, pageSize }) => {
    const offset = Number(cursor ?? 0);
    const limit = Math.min(pageSize, 200);
    const body = { domain: [['sale_ok', '=', true]], fields: FIELDS, offset, limit, order: 'id asc' };
    const found = await search(call, 'product.product', z.unknown(), body);
    if (!found.ok) return found;
    const rows: Variant[] = [];
    const read = readEach(found.value, variant, (row) => {
      rows.push(row);
      return [];
    });
    if (!read.ok) return read;
    const values = await valuesOf(call, rows);
    if (!values.ok) return values;
    const pictures = await picturesOf(call, rows);
    if (!pictures.ok) return pictures;
    const items = rows.map((row) => itemOf(row, { values: values.value, pictures: pictures.value }, call.settings));
    return ok({ items, refused: read.value.refused, gone: [], next: found.value.length < limit ? undefined : String(offset + limit) });
  },
  picture: readPicture,
};
