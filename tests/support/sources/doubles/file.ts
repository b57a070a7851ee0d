import type { SourceDouble } from '../double';
import { picturesOf, variantRows } from '../world';

/** A web server with a file behind a name and a password: JSON here, so that the troubles of the contract can reach into its rows. */
export const fileDouble: SourceDouble = {
  kind: 'file',
  documented: 'its form',
  typed: (address, { key }) => ({ address: `${address}/export/articles.json`, 'user-name': 'caisse', password: key }),
  isAllowed: ({ headers }, world) => headers['authorization'] === `Basic ${Buffer.from(`caisse:${world.key}`).toString('base64')}`,
  asksForGoods: ({ path }) => path === '/export/articles.json',
  answer: ({ path }, world) => {
    if (path !== '/export/articles.json') return undefined;
    const products = variantRows(world).map(({ product, variant }) => ({
      product_id: String(product.id),
      title: product.title,
      brand: product.brand,
      category: product.department,
      size: variant.size ?? '',
      sku: variant.sku,
      ean: variant.gtin,
      price: variant.price,
      quantity: variant.quantity,
      image_link: picturesOf(product)[0],
      additional_image_link: picturesOf(product)[1],
    }));
    return { json: { products } };
  },
  rowsOf: (json) => (json as { products: Record<string, unknown>[] }).products,
  needed: 'price',
  isWhole: true,
};
