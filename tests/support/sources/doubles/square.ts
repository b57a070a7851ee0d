import { createHmac } from 'node:crypto';
import { isoOf, pieceOf, type SourceDouble } from '../double';
import { picturesOf, variantRows, type World, type WorldProduct, type WorldVariant } from '../world';

const PLACE = 'LP1TESTS';

const itemOf = (product: WorldProduct) => ({
  type: 'ITEM',
  id: `ITEM${product.id}`,
  updated_at: isoOf(product.changedAt),
  version: product.changedAt,
  is_deleted: product.isDeleted,
  present_at_all_locations: true,
  ...(product.isDeleted
    ? {}
    : {
        item_data: {
          name: product.title,
          description_plaintext: 'Fait ici.',
          image_ids: picturesOf(product).map((_, index) => `IMG${product.id}-${index}`),
          variations: product.variants.map((variant) => ({
            type: 'ITEM_VARIATION',
            id: `VAR${variant.id}`,
            is_deleted: false,
            item_variation_data: {
              item_id: `ITEM${product.id}`,
              name: variant.size ?? 'Regular',
              sku: variant.sku,
              upc: variant.gtin,
              pricing_type: 'FIXED_PRICING',
              price_money: { amount: Math.round(Number(variant.price) * 100), currency: 'EUR' },
              track_inventory: true,
            },
          })),
        },
      }),
});

const countOf = (variant: WorldVariant, quantity = variant.quantity, at = variant.changedAt) => ({
  catalog_object_id: `VAR${variant.id}`,
  catalog_object_type: 'ITEM_VARIATION',
  state: 'IN_STOCK',
  location_id: PLACE,
  quantity: String(quantity),
  calculated_at: isoOf(at),
});

function search(body: Record<string, unknown>, world: World) {
  const since = typeof body['begin_time'] === 'string' ? Date.parse(body['begin_time']) : 0;
  const rows = world.products.filter((one) => one.changedAt >= since && (body['include_deleted_objects'] === true || !one.isDeleted));
  const piece = pieceOf(rows, Number(body['cursor'] ?? 0), Number(body['limit']));
  const related = piece.rows.flatMap((product) =>
    picturesOf(product).map((url, index) => ({
      type: 'IMAGE',
      id: `IMG${product.id}-${index}`,
      is_deleted: false,
      image_data: { name: 'photo.jpg', url, caption: '' },
    })),
  );
  return {
    objects: piece.rows.map(itemOf),
    ...(body['include_related_objects'] === true && { related_objects: related }),
    ...(piece.next === undefined ? {} : { cursor: String(piece.next) }),
  };
}

function counts(body: Record<string, unknown>, world: World) {
  const ids = body['catalog_object_ids'] as string[] | undefined;
  const since = typeof body['updated_after'] === 'string' ? Date.parse(body['updated_after']) : 0;
  const rows = variantRows(world).filter(({ variant }) => ids?.includes(`VAR${variant.id}`) ?? variant.changedAt >= since);
  return { counts: rows.map(({ variant }) => countOf(variant)) };
}

export const squareDouble: SourceDouble = {
  kind: 'square',
  documented: 'developer.squareup.com/reference/square',
  typed: (_address, { key, signingSecret }) => ({ accessToken: key, vat: 'yes', signatureKey: signingSecret }),
  isAllowed: ({ headers, host }, world) => host === 'connect.squareup.com' && headers['authorization'] === `Bearer ${world.key}`,
  asksForGoods: ({ path }) => path === '/v2/catalog/search',
  answer: ({ path, body }, world) => {
    if (path === '/v2/locations') return { json: { locations: [{ id: PLACE, name: world.shopName, status: 'ACTIVE', currency: 'EUR' }] } };
    const asked = JSON.parse(body) as Record<string, unknown>;
    if (path === '/v2/catalog/search') return { json: search(asked, world) };
    if (path === '/v2/inventory/counts/batch-retrieve') return { json: counts(asked, world) };
    if (path !== '/v2/inventory/changes/batch-create') return undefined;
    const changes = asked['changes'] as { adjustment: { catalog_object_id: string; quantity: string; to_state: string } }[];
    world.pushed.push(
      ...changes.map(({ adjustment }) => ({
        ref: adjustment.catalog_object_id,
        delta: adjustment.to_state === 'SOLD' ? -Number(adjustment.quantity) : Number(adjustment.quantity),
      })),
    );
    return { json: { counts: [] } };
  },
  rowsOf: (json) =>
    ((json as { objects?: { item_data?: Record<string, unknown> }[] }).objects ?? []).flatMap((one) =>
      one.item_data ? [one.item_data] : [],
    ),
  needed: 'name',
  message: (news, { id, url, world }) => {
    const object =
      news.kind === 'count'
        ? { inventory_counts: [countOf(news.variant, news.quantity, news.at)] }
        : { catalog_version: { updated_at: isoOf(world.now()) } };
    const type = news.kind === 'count' ? 'inventory.count.updated' : 'catalog.version.updated';
    const body = JSON.stringify({
      merchant_id: 'MTESTS',
      type,
      event_id: id,
      created_at: isoOf(world.now()),
      data: { type: 'inventory', id: `data-${id}`, object },
    });
    return {
      body,
      headers: {
        'x-square-hmacsha256-signature': createHmac('sha256', world.signingSecret)
          .update(url + body)
          .digest('base64'),
      },
    };
  },
};
