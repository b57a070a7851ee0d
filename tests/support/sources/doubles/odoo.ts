import { isoOf, pieceOf, type SourceDouble } from '../double';
import { variantRows, type World } from '../world';

const odooTime = (at: number): string => isoOf(at).slice(0, 19).replace('T', ' ');

const rows = (world: World) =>
  variantRows(world).map(({ product, variant }) => ({
    id: variant.id,
    name: product.title,
    product_tmpl_id: [product.id, product.title],
    default_code: variant.sku,
    barcode: variant.gtin,
    description_sale: 'Fait ici.',
    lst_price: Number(variant.price),
    weight: 0.4,
    is_storable: true,
    qty_available: variant.quantity,
    categ_id: [4, product.department],
    product_template_variant_value_ids: variant.size === undefined ? [] : [variant.id + 40_000],
    write_date: odooTime(variant.changedAt),
  }));

export const odooDouble: SourceDouble = {
  kind: 'odoo',
  documented: 'www.odoo.com/documentation/19.0/developer/reference/external_api.html',
  typed: (address, { key }) => ({ site: address, database: 'boutique', key, vat: 'yes' }),
  isAllowed: ({ headers }, world) => headers['authorization'] === `bearer ${world.key}` && headers['x-odoo-database'] === 'boutique',
  asksForGoods: ({ path }) => path === '/json/2/product.product/search_read',
  answer: ({ path, body, method }, world) => {
    if (method !== 'POST') return undefined;
    const asked = JSON.parse(body) as { offset?: number; limit?: number; domain: [string, string, unknown][] };
    if (path === '/json/2/res.company/search_read') return { json: [{ id: 1, name: world.shopName, currency_id: [125, 'EUR'] }] };
    if (path === '/json/2/product.product/search_read') return { json: pieceOf(rows(world), asked.offset ?? 0, asked.limit ?? 80).rows };
    if (path !== '/json/2/product.template.attribute.value/search_read') return undefined;
    const ids = (asked.domain[0]?.[2] ?? []) as number[];
    const values = variantRows(world).filter(({ variant }) => ids.includes(variant.id + 40_000));
    return { json: values.map(({ variant }) => ({ id: variant.id + 40_000, name: variant.size, attribute_id: [2, 'Taille'] })) };
  },
  rowsOf: (json) => json as Record<string, unknown>[],
  needed: 'lst_price',
};
