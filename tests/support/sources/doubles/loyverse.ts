import { createHmac } from 'node:crypto';
import { isoOf, pieceOf, type SourceDouble } from '../double';
import { picturesOf, variantRows, type WorldProduct, type WorldVariant } from '../world';

const STORE = 'store-0001';

const itemOf = (product: WorldProduct) => ({
  id: `item-${product.id}`,
  handle: `item-${product.id}`,
  item_name: product.title,
  description: 'Fait ici.',
  image_url: picturesOf(product)[0],
  track_stock: true,
  option1_name: product.variants[0]?.size === undefined ? null : 'Taille',
  updated_at: isoOf(product.changedAt),
  deleted_at: product.isDeleted ? isoOf(product.changedAt) : null,
  variants: product.variants.map((variant) => ({
    variant_id: `variant-${variant.id}`,
    item_id: `item-${product.id}`,
    sku: variant.sku,
    barcode: variant.gtin,
    option1_value: variant.size ?? null,
    option2_value: null,
    option3_value: null,
    default_pricing_type: 'FIXED',
    default_price: Number(variant.price),
    stores: [{ store_id: STORE, pricing_type: 'FIXED', price: Number(variant.price), available_for_sale: true }],
    deleted_at: null,
  })),
});

const levelOf = (variant: WorldVariant, inStock = variant.quantity, at = variant.changedAt) => ({
  variant_id: `variant-${variant.id}`,
  store_id: STORE,
  in_stock: inStock,
  updated_at: isoOf(at),
});

export const loyverseDouble: SourceDouble = {
  kind: 'loyverse',
  hasOnePicture: true,
  documented: 'developer.loyverse.com/docs',
  typed: (_address, { key, signingSecret }) => ({ accessToken: key, vat: 'yes', clientSecret: signingSecret }),
  isAllowed: ({ headers, host }, world) => host === 'api.loyverse.com' && headers['authorization'] === `Bearer ${world.key}`,
  asksForGoods: ({ path }) => path === '/v1.0/items',
  answer: ({ path, query }, world) => {
    const since = Date.parse(query.get('updated_at_min') ?? '') || 0;
    const from = Number(query.get('cursor') ?? 0);
    const limit = Number(query.get('limit') ?? 50);
    const cursorOf = (next: number | undefined) => (next === undefined ? {} : { cursor: String(next) });
    if (path === '/v1.0/merchant')
      return { json: { id: 'merchant-1', business_name: world.shopName, currency: { code: 'EUR', decimal_places: 2 } } };
    if (path === '/v1.0/stores') return { json: { stores: [{ id: STORE, name: 'Boutique' }] } };
    if (path === '/v1.0/items') {
      const rows = world.products.filter((one) => one.changedAt >= since && (query.get('show_deleted') === 'true' || !one.isDeleted));
      const piece = pieceOf(rows, from, limit);
      return { json: { items: piece.rows.map(itemOf), ...cursorOf(piece.next) } };
    }
    if (path !== '/v1.0/inventory' || query.get('store_ids') !== STORE) return undefined;
    const piece = pieceOf(variantRows(world).filter(({ variant }) => variant.changedAt >= since), from, limit); // prettier-ignore
    return { json: { inventory_levels: piece.rows.map(({ variant }) => levelOf(variant)), ...cursorOf(piece.next) } };
  },
  rowsOf: (json) => (json as { items: Record<string, unknown>[] }).items,
  needed: 'item_name',
  message: (news, { world }) => {
    const rest =
      news.kind === 'count'
        ? { type: 'inventory_levels.update', inventory_levels: [levelOf(news.variant, news.quantity, news.at)] }
        : { type: 'items.update', items: [itemOf(news.product)] };
    const body = JSON.stringify({ merchant_id: 'merchant-1', created_at: isoOf(world.now()), ...rest });
    return { body, headers: { 'x-loyverse-signature': createHmac('sha1', world.signingSecret).update(body).digest('hex') } };
  },
};
