import { createHmac } from 'node:crypto';
import { isoOf, pieceOf, type SourceDouble } from '../double';
import { picturesOf, variantRows, type World, type WorldProduct, type WorldVariant } from '../world';

const LOCATION = 24826418;
const gid = (kind: string, id: number): string => `gid://shopify/${kind}/${id}`;

type Graph = { readonly query: string; readonly variables?: Record<string, unknown> };

const node = (product: WorldProduct, variant: WorldVariant) => ({
  id: gid('ProductVariant', variant.id),
  sku: variant.sku,
  barcode: variant.gtin,
  price: variant.price,
  selectedOptions: [variant.size === undefined ? { name: 'Title', value: 'Default Title' } : { name: 'Taille', value: variant.size }],
  inventoryItem: {
    id: gid('InventoryItem', variant.id + 500_000),
    tracked: true,
    measurement: { weight: { value: 0.4, unit: 'KILOGRAMS' } },
    inventoryLevel: { quantities: [{ name: 'available', quantity: variant.quantity, updatedAt: isoOf(variant.changedAt) }] },
  },
  product: {
    id: gid('Product', product.id),
    title: product.title,
    descriptionHtml: `<p>Fait <strong>ici</strong>.</p>`,
    vendor: product.brand,
    productType: product.department,
    status: 'ACTIVE',
    mediaCount: { count: 3 },
    featuredMedia: { preview: { image: { url: picturesOf(product)[0] } } },
  },
});

function answerGraph({ query, variables = {} }: Graph, world: World): object {
  const cost = {
    requestedQueryCost: 42,
    actualQueryCost: 12,
    throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1958, restoreRate: 100 },
  };
  if (query.startsWith('query HallesShop')) {
    const nodes = [{ id: gid('Location', LOCATION), name: 'Boutique', isActive: true }];
    return {
      data: { shop: { name: world.shopName, currencyCode: 'EUR', taxesIncluded: true }, locations: { nodes } },
      extensions: { cost },
    };
  }
  if (query.startsWith('mutation HallesAdjust')) {
    const { changes } = variables['input'] as { changes: { inventoryItemId: string; delta: number }[] };
    world.pushed.push(...changes.map(({ inventoryItemId: ref, delta }) => ({ ref, delta })));
    return { data: { inventoryAdjustQuantities: { userErrors: [] } }, extensions: { cost } };
  }
  if (query.startsWith('query HallesPictures')) {
    const ids = variables['ids'] as string[];
    const nodes = ids.map((id) => {
      const product = world.live().find((one) => gid('Product', one.id) === id);
      // A film among the pictures has no image.
      return product === undefined
        ? null
        : { id, media: { nodes: [...picturesOf(product).map((url) => ({ image: { url } })), {}].slice(0, Number(variables['most'])) } };
    });
    return { data: { nodes }, extensions: { cost: { ...cost, requestedQueryCost: 2 + ids.length * 11 } } };
  }
  const since = /updated_at:>='([^']+)'/.exec(String(variables['query'] ?? ''))?.[1];
  const rows = variantRows(world, since === undefined ? 0 : Date.parse(since)).map(({ product, variant }) => node(product, variant));
  const piece = pieceOf(rows, Number(variables['after'] ?? 0), Number(variables['first']));
  return {
    data: {
      productVariants: {
        pageInfo: { hasNextPage: piece.next !== undefined, endCursor: piece.next === undefined ? null : String(piece.next) },
        nodes: piece.rows,
      },
    },
    extensions: { cost },
  };
}

export const shopifyDouble: SourceDouble = {
  kind: 'shopify',
  documented: 'shopify.dev/docs/api/admin-graphql, shopify.dev/docs/api/webhooks',
  typed: (address, { key }) => ({ shop: address, clientId: 'client-of-the-tests', clientSecret: key }),
  isAllowed: ({ path, headers }, world) => path === '/admin/oauth/access_token' || world.isToken(headers['x-shopify-access-token']),
  asksForGoods: ({ body }) => body.includes('query HallesVariants'),
  answer: ({ path, body }, world) => {
    if (path === '/admin/oauth/access_token') {
      const form = new URLSearchParams(body);
      const isRight = form.get('client_secret') === world.key && form.get('grant_type') === 'client_credentials';
      return isRight
        ? { json: { access_token: world.issue(86_399), scope: 'read_products,read_inventory', expires_in: 86_399 } }
        : { status: 401, json: { error: 'invalid_client' } };
    }
    return path === '/admin/api/2026-01/graphql.json' ? { json: answerGraph(JSON.parse(body) as Graph, world) } : undefined;
  },
  rowsOf: (json) => (json as { data: { productVariants: { nodes: Record<string, unknown>[] } } }).data.productVariants.nodes,
  needed: 'price',
  message: (news, { id, world }) => {
    const payload =
      news.kind === 'count'
        ? { inventory_item_id: news.variant.id + 500_000, location_id: LOCATION, available: news.quantity, updated_at: isoOf(news.at) }
        : { id: news.product.id };
    const body = JSON.stringify(payload);
    return {
      body,
      headers: {
        'x-shopify-topic': news.kind === 'count' ? 'inventory_levels/update' : 'products/delete',
        'x-shopify-webhook-id': id,
        'x-shopify-shop-domain': 'boutique.myshopify.com',
        'x-shopify-hmac-sha256': createHmac('sha256', world.key).update(body).digest('base64'),
      },
    };
  },
};
