import { PICTURES, pieceOf, type SourceDouble } from '../double';
import { variantRows, type World, type WorldProduct } from '../world';

const basic = (world: World): string => `Basic ${Buffer.from(`caisse@example.org:${world.key}`).toString('base64')}`;
const sizes: readonly string[] = ['S', 'M', 'L', 'XL'];
/** Two hundred and fifty in earnest. */
const PAGE = 3;
const hasSizes = ({ variants }: WorldProduct): boolean => variants[0]?.size !== undefined;

const productOf = (product: WorldProduct) => ({
  product_id: product.id,
  product_model: product.title,
  product_barcode: hasSizes(product) ? '' : product.variants[0]?.gtin,
  product_brand: 1,
  product_supplier: 1,
  product_price: product.variants[0]?.price,
  product_discount_price: '0.00',
  product_size_type: hasSizes(product) ? 1 : 0,
  product_stock_management: 1,
  product_supplier_reference: '',
  products_ref_ext: hasSizes(product) ? `T-${product.id}` : product.variants[0]?.sku,
  products_desc: 'Fait ici.',
  product_vat: 1,
  product_arch: 0,
});

export const hiboutikDouble: SourceDouble = {
  kind: 'hiboutik',
  documented: 'www.hiboutik.com/api, faq.hiboutik.com/fr/api-developpement',
  typed: (_address, { key }) => ({ account: 'boutique', user: 'caisse@example.org', key }),
  isAllowed: ({ headers, host }, world) => host === 'boutique.hiboutik.com' && headers['authorization'] === basic(world),
  asksForGoods: ({ path }) => path === '/api/products/',
  keyedPictures: ({ id }) => {
    const all = [1, 2].map((place) => `https://boutique.hiboutik.com/api/products_images/big_${id}-${place}.jpg`);
    return { told: all.slice(0, 1), all };
  },
  answer: ({ path, query }, world) => {
    const picture = /^\/api\/products_images\/big_\d+-(\d)\.jpg$/.exec(path)?.[1];
    if (picture !== undefined) return { file: PICTURES[Number(picture) - 1] ?? Buffer.from('no picture') };
    if (path === '/api/stores/') return { json: [{ store_id: 1, store_name: world.shopName }] };
    if (path === '/api/sizes/1/') return { json: sizes.map((name, index) => ({ size_id: index + 1, size_name: name })) };
    if (path === '/api/stock_available/warehouse_id/1/') {
      const rows = variantRows(world).map(({ product, variant }) => ({
        product_id: product.id,
        product_size: variant.size === undefined ? 0 : sizes.indexOf(variant.size) + 1,
        stock_available: String(variant.quantity),
      }));
      return { json: rows };
    }
    if (path !== '/api/products/') return undefined;
    const from = (Number(query.get('p') ?? 1) - 1) * PAGE;
    const rows = world.live().map(productOf);
    return {
      headers: { 'content-range': `${from + 1}-${Math.min(from + PAGE, rows.length)}/${rows.length}` },
      json: pieceOf(rows, from, PAGE).rows,
    };
  },
  rowsOf: (json) => json as Record<string, unknown>[],
  needed: 'product_model',
  skuOf: (product, variant) => (variant.size === undefined ? variant.sku : `T-${product.id}-${variant.size}`),
};
