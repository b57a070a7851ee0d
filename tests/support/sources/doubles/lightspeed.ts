import { createHmac } from 'node:crypto';
import { isoOf, type SourceDouble } from '../double';
import { picturesOf, type World, type WorldProduct, type WorldVariant } from '../world';

const OUTLET = 'outlet-0001';

const productOf = (product: WorldProduct, variant: WorldVariant, index: number, version: number) => ({
  id: `prod-${variant.id}`,
  name: product.title,
  variant_name: variant.size === undefined ? product.title : `${product.title} / ${variant.size}`,
  variant_parent_id: index === 0 ? null : `prod-${product.variants[0]?.id}`,
  has_variants: product.variants.length > 1 && index === 0,
  variant_options: variant.size === undefined ? [] : [{ id: 'option-1', name: 'Taille', value: variant.size }],
  sku: variant.sku,
  description: '<p>Fait ici.</p>',
  images: picturesOf(product).map((url, index) => ({ id: `image-${product.id}-${index}`, url, version: 1 })),
  brand: { id: 'brand-1', name: product.brand },
  product_category: { id: 'category-1', name: product.department },
  product_codes: [{ id: `code-${variant.id}`, type: 'EAN', code: variant.gtin }],
  price_including_tax: Number(variant.price),
  price_excluding_tax: Number(variant.price) / 1.2,
  is_active: true,
  has_inventory: true,
  deleted_at: product.isDeleted ? isoOf(product.changedAt) : null,
  version,
});

/** Versions rise with every row; a page is what comes after one. */
function pageOf<T extends { version: number }>(rows: readonly T[], query: URLSearchParams) {
  const after = Number(query.get('after') ?? 0);
  const data = rows.filter(({ version }) => version > after).slice(0, Number(query.get('page_size') ?? 50));
  return { json: { data, version: { min: data[0]?.version ?? null, max: data.at(-1)?.version ?? null } } };
}

const products = (world: World) =>
  world.products.flatMap((product) => product.variants.map((variant, index) => productOf(product, variant, index, variant.id)));

export const lightspeedDouble: SourceDouble = {
  kind: 'lightspeed',
  documented: 'x-series-api.lightspeedhq.com',
  typed: (_address, { key, signingSecret }) => ({ account: 'boutique', accessToken: key, clientSecret: signingSecret }),
  isAllowed: ({ headers, host }, world) => host === 'boutique.retail.lightspeed.app' && headers['authorization'] === `Bearer ${world.key}`,
  asksForGoods: ({ path }) => path === '/api/2.0/products',
  answer: ({ path, query }, world) => {
    if (path === '/api/2.0/outlets') return { json: { data: [{ id: OUTLET, name: world.shopName, currency: 'EUR' }] } };
    if (path === '/api/2.0/products') return pageOf(products(world), query);
    if (path !== '/api/2.0/inventory') return undefined;
    const levels = world.live().flatMap(({ variants }) => variants);
    return pageOf(
      levels.map(({ id, quantity }) => ({
        id: `inv-${id}`,
        product_id: `prod-${id}`,
        outlet_id: OUTLET,
        inventory_level: quantity,
        version: id,
      })),
      query,
    );
  },
  rowsOf: (json) => (json as { data: Record<string, unknown>[] }).data,
  needed: 'name',
  message: (news, { id, world }) => {
    const payload =
      news.kind === 'count'
        ? {
            id: `inv-${id}`,
            outlet_id: OUTLET,
            product_id: `prod-${news.variant.id}`,
            count: news.quantity.toFixed(5),
            type: 'inventory.update',
          }
        : { id: `prod-${news.product.id}`, type: 'product.update' };
    const body = new URLSearchParams({ payload: JSON.stringify(payload), environment: 'prod', retailer_id: '12345' }).toString();
    return {
      body,
      headers: { 'x-signature': `signature=${createHmac('sha256', world.signingSecret).update(body).digest('hex')},algorithm=HMAC-SHA256` },
    };
  },
};
