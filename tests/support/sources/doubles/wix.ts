import { isoOf, pieceOf, type SourceDouble } from '../double';
import { picturesOf, type WorldProduct, type WorldVariant } from '../world';

const priced = (variant: WorldVariant | undefined) => ({
  currency: 'EUR',
  price: Number(variant?.price ?? 0),
  discountedPrice: Number(variant?.price ?? 0),
});

const productOf = (product: WorldProduct) => {
  const [only] = product.variants;
  const hasSizes = only?.size !== undefined;
  return {
    id: `product-${product.id}`,
    name: product.title,
    slug: `product-${product.id}`,
    visible: true,
    productType: 'physical',
    description: '<p>Fait ici.</p>',
    brand: product.brand,
    media: { items: picturesOf(product).map((url) => ({ mediaType: 'image', image: { url, width: 48, height: 48 } })) },
    sku: hasSizes ? '' : only?.sku,
    weight: 0.4,
    priceData: priced(only),
    stock: { trackInventory: true, quantity: hasSizes ? undefined : only?.quantity, inStock: true },
    manageVariants: hasSizes,
    lastUpdated: isoOf(product.changedAt),
    variants: hasSizes
      ? product.variants.map((variant) => ({
          id: `variant-${variant.id}`,
          choices: { Taille: variant.size },
          variant: { priceData: priced(variant), weight: 0.4, sku: variant.sku, visible: true },
          stock: { trackQuantity: true, quantity: variant.quantity, inStock: true },
        }))
      : [],
  };
};

export const wixDouble: SourceDouble = {
  kind: 'wix',
  documented: 'dev.wix.com/docs/rest/business-solutions/stores/catalog-v1',
  typed: (_address, { key }) => ({ siteId: 'site-of-the-tests', key, vat: 'yes' }),
  isAllowed: ({ headers, host }, world) =>
    host === 'www.wixapis.com' && headers['authorization'] === world.key && headers['wix-site-id'] === 'site-of-the-tests',
  asksForGoods: ({ path }) => path === '/stores-reader/v1/products/query',
  answer: ({ path, body }, world) => {
    if (path === '/site-properties/v4/properties')
      return {
        json: { version: '1', properties: { siteDisplayName: world.shopName, businessName: world.shopName, paymentCurrency: 'EUR' } },
      };
    if (path !== '/stores-reader/v1/products/query') return undefined;
    const { query } = JSON.parse(body) as { query: { paging: { limit: number; offset: number } } };
    const piece = pieceOf(world.live().map(productOf), query.paging.offset, query.paging.limit);
    return {
      json: {
        products: piece.rows,
        metadata: { items: piece.rows.length, offset: query.paging.offset },
        totalResults: world.live().length,
      },
    };
  },
  rowsOf: (json) => (json as { products: Record<string, unknown>[] }).products,
  needed: 'name',
};
