import { z } from 'zod';
import type { Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import type { Connector, SourceCall } from '../../connector';
import type { SourceFault } from '../../fault';
import { doneWithout } from '../../fault';

/**
 * Source: models product.template, product.product and product.image of Odoo 19. A picture is a field of a row; `bin_size` in the context
 * gives its size instead of its bytes, so that asking whether there is one costs nothing.
 */
const sized = z.union([z.string(), z.literal(false)]);
const template = z.object({ id: z.number().int(), image_1920: sized, write_date: z.string() });
const own = z.object({ id: z.number().int(), image_variant_1920: sized, write_date: z.string() });
const extra = z.object({ id: z.number().int(), product_tmpl_id: z.tuple([z.number().int(), z.string()]), write_date: z.string() });

const models = ['product.template', 'product.product', 'product.image'] as const;

/** Pictures of each product (those of its page) and of each variant (its own), as addresses in their order. */
export type Pictures = {
  readonly ofProduct: ReadonlyMap<number, readonly string[]>;
  readonly ofVariant: ReadonlyMap<number, string>;
};

type Row = { readonly id: number; readonly product_tmpl_id: readonly [number, string] };

async function rowsOf<T>(call: SourceCall, path: string, row: z.ZodType<T>, body: object): Promise<Result<readonly T[], SourceFault>> {
  const said = await call.json(z.array(row), { path: `/json/2/${path}`, body });
  // A key that may not see pictures, or a server without them (product.image comes with the web shop), still sells.
  if (!said.ok) return doneWithout(said.error) ? ok([]) : said;
  return ok(said.value.value);
}

/** The address a browser would ask; the date makes it another one when the picture was changed. */
const addressOf = (site: string, model: (typeof models)[number], id: number, field: string, at: string): string =>
  `${site}/web/image/${model}/${id}/${field}?unique=${at.replaceAll(/\D/g, '')}`;

/** Asks which pictures the products of a page have: three questions, without one byte of a picture. */
export async function picturesOf(call: SourceCall, rows: readonly Row[]): Promise<Result<Pictures, SourceFault>> {
  if (rows.length === 0) return ok({ ofProduct: new Map(), ofVariant: new Map() });
  const { site = '' } = call.settings;
  const context = { bin_size: true };
  const products = [...new Set(rows.map((row) => row.product_tmpl_id[0]))];
  const main = await rowsOf(call, 'product.template/read', template, {
    ids: products,
    fields: ['id', 'image_1920', 'write_date'],
    context,
  });
  if (!main.ok) return main;
  const beside = await rowsOf(call, 'product.image/search_read', extra, {
    domain: [['product_tmpl_id', 'in', products]],
    fields: ['id', 'product_tmpl_id', 'write_date'],
    order: 'sequence, id',
  });
  if (!beside.ok) return beside;
  const ids = rows.map(({ id }) => id);
  const single = await rowsOf(call, 'product.product/read', own, { ids, fields: ['id', 'image_variant_1920', 'write_date'], context });
  if (!single.ok) return single;
  const extras = Map.groupBy(beside.value, (row) => row.product_tmpl_id[0]);
  const shown = new Map(main.value.flatMap((row) => (row.image_1920 === false ? [] : [[row.id, row] as const])));
  const ofProduct = products.map((id) => {
    const first = shown.get(id);
    return [
      id,
      [
        ...(first === undefined ? [] : [addressOf(site, 'product.template', id, 'image_1920', first.write_date)]),
        ...(extras.get(id) ?? []).map((row) => addressOf(site, 'product.image', row.id, 'image_1920', row.write_date)),
      ],
    ] as const;
  });
  const ofVariant = single.value.flatMap(({ id, image_variant_1920: size, write_date: at }) =>
    size === false ? [] : [[id, addressOf(site, 'product.product', id, 'image_variant_1920', at)] as const],
  );
  return ok({ ofProduct: new Map(ofProduct), ofVariant: new Map(ofVariant) });
}

const answer = z.array(z.record(z.string(), z.unknown()));

/** `/web/image` knows no API keys: what an address names is read as the field it is, in base64. */
export const readPicture: NonNullable<Connector['picture']> = async (call, address) => {
  const [, model = '', id = '', field = ''] = /\/web\/image\/([a-z.]+)\/(\d+)\/(image_[a-z0-9_]+)/.exec(new URL(address).pathname) ?? [];
  if (!models.some((one) => one === model)) return ok(undefined);
  const said = await call.json(answer, { path: `/json/2/${model}/read`, body: { ids: [Number(id)], fields: [field] } });
  if (!said.ok) return said;
  const bytes = said.value.value[0]?.[field];
  return ok(typeof bytes === 'string' ? { bytes: Buffer.from(bytes, 'base64') } : undefined);
};
