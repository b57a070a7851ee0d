import { isoOf, pieceOf, type SourceDouble } from '../double';
import { picturesOf, type World, type WorldProduct } from '../world';

const basic = (world: World): string => `Basic ${Buffer.from(`${world.key}:`).toString('base64')}`;

const productOf = (product: WorldProduct) => ({
  id: `prod_${product.id}`,
  title: product.title,
  description: 'Fait ici.',
  status: 'published',
  type: { value: product.department },
  thumbnail: picturesOf(product)[0],
  images: picturesOf(product).map((url, rank) => ({ id: `img_${product.id}_${rank}`, url, rank })),
  variants: product.variants.map((variant) => ({
    id: `variant_${variant.id}`,
    title: variant.size ?? 'Default variant',
    sku: variant.sku,
    barcode: null,
    ean: variant.gtin,
    upc: null,
    weight: 400,
    manage_inventory: true,
    updated_at: isoOf(variant.changedAt),
    options: [
      variant.size === undefined
        ? { value: 'Default option value', option: { title: 'Default option' } }
        : { value: variant.size, option: { title: 'Taille' } },
    ],
    prices: [
      { amount: Number(variant.price) * 1.1, currency_code: 'usd' },
      { amount: Number(variant.price), currency_code: 'eur' },
    ],
    inventory_items: [{ inventory: { location_levels: [{ stocked_quantity: variant.quantity + 1, reserved_quantity: 1 }] } }],
  })),
});

export const medusaDouble: SourceDouble = {
  kind: 'medusa',
  documented: 'docs.medusajs.com/api/admin',
  typed: (address, { key }) => ({ site: address, key, vat: 'yes' }),
  isAllowed: ({ headers }, world) => headers['authorization'] === basic(world),
  asksForGoods: ({ path }) => path === '/admin/products',
  answer: ({ path, query }, world) => {
    if (path === '/admin/stores') return { json: { stores: [{ id: 'store_1', name: world.shopName }], count: 1, offset: 0, limit: 50 } };
    if (path !== '/admin/products') return undefined;
    const [limit, offset] = [Number(query.get('limit')), Number(query.get('offset'))];
    return { json: { products: pieceOf(world.live().map(productOf), offset, limit).rows, count: world.live().length, offset, limit } };
  },
  rowsOf: (json) => (json as { products: Record<string, unknown>[] }).products,
  needed: 'title',
};
