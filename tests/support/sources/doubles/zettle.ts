import { createHmac } from 'node:crypto';
import { isoOf, pieceOf, type SourceDouble } from '../double';
import { picturesOf, variantRows, type WorldProduct } from '../world';

const productOf = (product: WorldProduct) => ({
  uuid: `product-${product.id}`,
  name: product.title,
  description: 'Fait ici.',
  presentation: { imageUrl: picturesOf(product)[0], backgroundColor: null, textColor: null },
  category: { uuid: 'category-1', name: product.department },
  vatPercentage: '20.0',
  etag: '"1"',
  updated: isoOf(product.changedAt),
  variants: product.variants.map((variant) => ({
    uuid: `variant-${variant.id}`,
    name: null,
    sku: variant.sku,
    barcode: variant.gtin,
    price: { amount: Math.round(Number(variant.price) * 100), currencyId: 'EUR' },
    options: variant.size === undefined ? null : [{ name: 'Taille', value: variant.size }],
  })),
});

export const zettleDouble: SourceDouble = {
  kind: 'zettle',
  hasOnePicture: true,
  documented: 'developer.zettle.com/docs/api',
  typed: (_address, { key, signingSecret }) => ({ clientId: 'client-of-the-tests', assertion: key, signatureKey: signingSecret }),
  isAllowed: ({ path, headers }, world) => path === '/token' || world.isToken(headers['authorization']?.replace('Bearer ', '')),
  asksForGoods: ({ path, query }) => path === '/organizations/self/library' && query.get('limit') !== '1',
  answer: ({ host, path, query, body }, world) => {
    if (host === 'oauth.zettle.com' && path === '/token') {
      const form = new URLSearchParams(body);
      const isRight = form.get('assertion') === world.key && form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer';
      return isRight
        ? { json: { access_token: world.issue(7_200), expires_in: 7_200 } }
        : { status: 401, json: { error: 'invalid_grant' } };
    }
    if (host === 'oauth.zettle.com' && path === '/users/self') return { json: { uuid: 'user-1', organizationUuid: 'organization-1' } };
    if (host === 'products.izettle.com' && path === '/organizations/self/library') {
      const limit = Number(query.get('limit'));
      const piece = pieceOf(world.live(), Number(query.get('offset') ?? 0), limit);
      const link = `<https://products.izettle.com/organizations/self/library?limit=${limit}&offset=${piece.next}>; rel="next"`;
      return {
        headers: piece.next === undefined ? {} : { link },
        json: { untilEventLogUuid: 'log-1', products: piece.rows.map(productOf), discounts: [], deletedProducts: [] },
      };
    }
    if (host !== 'inventory.izettle.com' || path !== '/organizations/self/inventory') return undefined;
    const variants = variantRows(world).map(({ product, variant }) => ({
      locationUuid: 'store-1',
      locationType: 'STORE',
      productUuid: `product-${product.id}`,
      variantUuid: `variant-${variant.id}`,
      balance: String(variant.quantity),
    }));
    return { json: { locationUuid: 'store-1', trackedProducts: world.live().map(({ id }) => `product-${id}`), variants } };
  },
  rowsOf: (json) => (json as { products: Record<string, unknown>[] }).products,
  needed: 'name',
  message: (news, { id, world }) => {
    const inner =
      news.kind === 'count'
        ? {
            updated: { uuid: 'user-1', timestamp: isoOf(news.at).replace('Z', '+0000'), userType: 'USER' },
            balanceBefore: [],
            balanceAfter: [
              {
                locationUuid: 'store-1',
                productUuid: `product-${news.product.id}`,
                variantUuid: `variant-${news.variant.id}`,
                balance: news.quantity,
              },
            ],
          }
        : { uuid: `product-${news.product.id}` };
    const payload = JSON.stringify(inner);
    const timestamp = isoOf(world.now());
    const eventName = news.kind === 'count' ? 'InventoryBalanceChanged' : 'ProductDeleted';
    const body = JSON.stringify({
      organizationUuid: 'organization-1',
      messageUuid: `uuid-${id}`,
      eventName,
      messageId: id,
      payload,
      timestamp,
    });
    return {
      body,
      headers: { 'x-izettle-signature': createHmac('sha256', world.signingSecret).update(`${timestamp}.${payload}`).digest('hex') },
    };
  },
};
