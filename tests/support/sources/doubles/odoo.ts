import { isoOf, PICTURES, pieceOf, type SourceDouble } from '../double';
import { variantRows, type World, type WorldProduct } from '../world';

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

type Asked = {
  readonly offset?: number;
  readonly limit?: number;
  readonly domain: [string, string, unknown][];
  readonly ids?: number[];
  readonly fields?: string[];
  readonly context?: { readonly bin_size?: boolean };
};

/** Pictures are fields of rows: their bytes in base64, or with `bin_size` how many there are. */
function pictureRows(path: string, { ids = [], fields = [], context, domain }: Asked, world: World): readonly object[] | undefined {
  const at = (product: WorldProduct) => odooTime(product.changedAt);
  const field = fields.find((name) => name.startsWith('image_'));
  const bytes = (index: number) => (context?.bin_size === true ? '2.51 Kb' : PICTURES[index]?.toString('base64'));
  if (path === '/json/2/product.template/read') {
    const found = world.live().filter(({ id }) => ids.includes(id));
    return found.map((product) => ({ id: product.id, write_date: at(product), ...(field && { [field]: bytes(0) }) }));
  }
  if (path === '/json/2/product.product/read') return ids.map((id) => ({ id, write_date: odooTime(0), image_variant_1920: false }));
  if (path === '/json/2/product.image/read') return ids.map((id) => ({ id, ...(field && { [field]: bytes(1) }) }));
  if (path !== '/json/2/product.image/search_read') return undefined;
  const of = domain[0]?.[2] as number[];
  const found = world.live().filter(({ id }) => of.includes(id));
  return found.map((product) => ({ id: product.id + 70_000, product_tmpl_id: [product.id, product.title], write_date: at(product) }));
}

export const odooDouble: SourceDouble = {
  kind: 'odoo',
  documented: 'www.odoo.com/documentation/19.0/developer/reference/external_api.html',
  typed: (address, { key }) => ({ site: address, database: 'boutique', key, vat: 'yes' }),
  isAllowed: ({ headers }, world) => headers['authorization'] === `bearer ${world.key}` && headers['x-odoo-database'] === 'boutique',
  asksForGoods: ({ path }) => path === '/json/2/product.product/search_read',
  keyedPictures: (product, address) => {
    const at = odooTime(product.changedAt).replaceAll(/\D/g, '');
    const all = [`product.template/${product.id}`, `product.image/${product.id + 70_000}`].map(
      (row) => `${address}/web/image/${row}/image_1920?unique=${at}`,
    );
    return { told: all, all };
  },
  answer: ({ path, body, method }, world) => {
    if (method !== 'POST') return undefined;
    const asked = JSON.parse(body) as Asked;
    const picture = pictureRows(path, asked, world);
    if (picture !== undefined) return { json: picture };
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
