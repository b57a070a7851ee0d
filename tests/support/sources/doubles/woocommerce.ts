import { createHmac } from 'node:crypto';
import { isoOf, pieceOf, type SourceDouble } from '../double';
import { picturesOf, type World, type WorldProduct, type WorldVariant } from '../world';

const gmt = (at: number): string => isoOf(at).slice(0, 19);
const basic = (world: World): string => `Basic ${Buffer.from(`ck_of_the_tests:${world.key}`).toString('base64')}`;

const sold = (variant: WorldVariant) => ({
  sku: variant.sku,
  global_unique_id: variant.gtin,
  price: variant.price,
  regular_price: variant.price,
  status: 'publish',
  weight: '0.4',
  manage_stock: true,
  stock_quantity: variant.quantity,
  date_modified_gmt: gmt(variant.changedAt),
});

function productOf(product: WorldProduct) {
  const [only] = product.variants;
  const isVariable = only?.size !== undefined;
  const words = {
    name: product.title,
    description: '<p>Fait ici.</p>',
    short_description: '',
    categories: [{ id: 9, name: product.department }],
  };
  const brands = [{ id: 3, name: product.brand }];
  const images = picturesOf(product).map((src, index) => ({ id: 7 + index, src, name: '', alt: '' }));
  return isVariable || only === undefined
    ? {
        ...words,
        brands,
        images,
        id: product.id,
        type: 'variable',
        status: 'publish',
        sku: '',
        price: only?.price ?? '',
        manage_stock: false,
        stock_quantity: null,
        variations: product.variants.map(({ id }) => id),
      }
    : { ...words, brands, images, ...sold(only), id: product.id, type: 'simple', variations: [] };
}

export const woocommerceDouble: SourceDouble = {
  kind: 'woocommerce',
  documented: 'woocommerce.github.io/woocommerce-rest-api-docs',
  typed: (address, { key, signingSecret }) => ({
    site: address,
    consumerKey: 'ck_of_the_tests',
    consumerSecret: key,
    vat: 'yes',
    webhookSecret: signingSecret,
  }),
  isAllowed: ({ headers, path }, world) => path === '/wp-json/' || headers['authorization'] === basic(world),
  asksForGoods: ({ path }) => path === '/wp-json/wc/v3/products',
  answer: ({ path, query }, world) => {
    const page = Number(query.get('page') ?? 1);
    const size = Number(query.get('per_page') ?? 10);
    const paged = (rows: readonly object[]) => ({
      headers: { 'x-wp-total': String(rows.length), 'x-wp-totalpages': String(Math.max(1, Math.ceil(rows.length / size))) },
      json: pieceOf(rows, (page - 1) * size, size).rows,
    });
    if (path === '/wp-json/') return { json: { name: world.shopName, url: 'https://boutique.example' } };
    if (path === '/wp-json/wc/v3/data/currencies/current') return { json: { code: 'EUR', name: 'Euro', symbol: '&euro;' } };
    if (path === '/wp-json/wc/v3/products') {
      const since = query.get('modified_after');
      return paged(world.live(since === null ? 0 : Date.parse(`${since}Z`)).map(productOf));
    }
    const parent = /^\/wp-json\/wc\/v3\/products\/(\d+)\/variations$/.exec(path)?.[1];
    const product = world.live().find(({ id }) => String(id) === parent);
    if (!product) return undefined;
    return paged(
      product.variants.map((variant) => ({
        ...sold(variant),
        id: variant.id,
        attributes: [{ id: 1, name: 'Taille', option: variant.size ?? '' }],
      })),
    );
  },
  rowsOf: (json) => json as Record<string, unknown>[],
  needed: 'name',
  message: (news, { id, world }) => {
    const { product } = news;
    const isSimple = product.variants[0]?.size === undefined;
    const payload =
      news.kind === 'deleted'
        ? { id: product.id }
        : {
            ...productOf(product),
            id: isSimple ? product.id : news.variant.id,
            manage_stock: true,
            stock_quantity: news.quantity,
            date_modified_gmt: gmt(news.at),
          };
    const body = JSON.stringify(payload);
    return {
      body,
      headers: {
        'x-wc-webhook-topic': news.kind === 'deleted' ? 'product.deleted' : 'product.updated',
        'x-wc-webhook-delivery-id': id,
        'x-wc-webhook-signature': createHmac('sha256', world.signingSecret).update(body).digest('base64'),
      },
    };
  },
};
