import { PICTURES, pieceOf, type SourceDouble } from '../double';
import type { World, WorldProduct } from '../world';

const basic = (world: World): string => `Basic ${Buffer.from(`${world.key}:`).toString('base64')}`;
/** Prices are kept without VAT, with six places. */
const net = (gross: string): string => (Number(gross) / 1.2).toFixed(6);
const hasSizes = ({ variants }: WorldProduct): boolean => variants[0]?.size !== undefined;
const sizeId = (size: string | undefined): string => String(700 + (size ?? '').length * 10 + (size ?? '').charCodeAt(0));

const productOf = (product: WorldProduct) => ({
  id: product.id,
  id_manufacturer: '1',
  manufacturer_name: product.brand,
  id_tax_rules_group: '1',
  reference: hasSizes(product) ? '' : product.variants[0]?.sku,
  ean13: hasSizes(product) ? '' : product.variants[0]?.gtin,
  price: net(product.variants[0]?.price ?? '0'),
  id_default_image: `${product.id}1`,
  active: '1',
  name: product.title,
  description: '<p>Fait ici.</p>',
  associations: {
    images: [{ id: `${product.id}2` }, { id: `${product.id}1` }],
    ...(hasSizes(product) && { combinations: product.variants.map(({ id }) => ({ id: String(id) })) }),
  },
});

const wanted = (filter: string | null): readonly string[] => (filter ?? '').replaceAll(/[[\]]/g, '').split('|');

function rowsFor(resource: string, query: URLSearchParams, world: World): readonly object[] {
  const ofProducts = world.live().filter(({ id }) => wanted(query.get('filter[id_product]')).includes(String(id)));
  switch (resource) {
    case 'products': {
      const [from = 0, size = 1_000] = (query.get('limit') ?? '0,1000').split(',').map(Number);
      const rows = query.get('limit')?.includes(',') ? pieceOf(world.live(), from, size).rows : world.live().slice(0, 1);
      return rows.map(productOf);
    }
    case 'stock_availables':
      return ofProducts.flatMap((product) =>
        product.variants.map((variant) => ({
          id: variant.id + 90_000,
          id_product: String(product.id),
          id_product_attribute: hasSizes(product) ? String(variant.id) : '0',
          quantity: String(variant.quantity),
        })),
      );
    case 'combinations':
      return ofProducts.flatMap((product) =>
        product.variants.map((variant) => ({
          id: variant.id,
          id_product: String(product.id),
          reference: variant.sku,
          ean13: variant.gtin,
          price: (Number(net(variant.price)) - Number(net(product.variants[0]?.price ?? '0'))).toFixed(6),
          associations: { product_option_values: [{ id: sizeId(variant.size) }] },
        })),
      );
    case 'product_option_values':
      return [...new Set(world.live().flatMap(({ variants }) => variants.flatMap(({ size }) => size ?? [])))].map((name) => ({
        id: Number(sizeId(name)),
        name,
      }));
    case 'taxes':
      return [{ id: 1, rate: '20.000' }];
    case 'tax_rules':
      return [{ id: 4, id_tax_rules_group: '1', id_country: '8', id_tax: '1' }];
    case 'countries':
      return [{ id: 8, iso_code: 'FR' }];
    default:
      return [];
  }
}

export const prestashopDouble: SourceDouble = {
  kind: 'prestashop',
  documented: 'devdocs.prestashop-project.org/9/webservice',
  typed: (address, { key }) => ({ site: address, key }),
  isAllowed: ({ headers }, world) => headers['authorization'] === basic(world),
  asksForGoods: ({ path, query }) => path === '/api/products' && query.get('display') === 'full',
  keyedPictures: ({ id }, address) => {
    const all = [1, 2].map((place) => `${address}/api/images/products/${id}/${id}${place}`);
    return { told: all, all };
  },
  answer: ({ path, query }, world) => {
    const picture = /^\/api\/images\/products\/\d+\/\d*([12])$/.exec(path)?.[1];
    if (picture !== undefined) return { file: PICTURES[Number(picture) - 1] };
    const resource = /^\/api\/(\w+)$/.exec(path)?.[1];
    if (resource === undefined || query.get('output_format') !== 'JSON') return undefined;
    const rows = rowsFor(resource, query, world);
    return { json: rows.length === 0 ? [] : { [resource]: rows } };
  },
  rowsOf: (json) => (json as { products?: Record<string, unknown>[] }).products ?? [],
  needed: 'price',
};
