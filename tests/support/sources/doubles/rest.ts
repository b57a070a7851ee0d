import { pieceOf, type SourceDouble } from '../double';
import { picturesOf, variantRows } from '../world';

const PAGE = 3;

/** A till of no brand: any list of JSON, told by paths. It knows no variants, so each size is a product whose name says it. */
export const restDouble: SourceDouble = {
  kind: 'rest',
  documented: 'its form',
  typed: (address, { key }) => ({
    address: `${address}/api/articles?lang=fr`,
    header: 'X-Api-Key',
    key,
    list: 'data.items',
    id: 'id',
    titlePath: 'name',
    pricePath: 'price.amount',
    skuPath: 'reference',
    gtinPath: 'codes[0].ean',
    quantityPath: 'stock.available',
    picturePath: 'images[].url',
    next: 'links.next',
    vat: 'yes',
  }),
  isAllowed: ({ headers }, world) => headers['x-api-key'] === world.key,
  asksForGoods: ({ path }) => path === '/api/articles',
  answer: ({ path, query }, world, address) => {
    if (path !== '/api/articles' || query.get('lang') !== 'fr') return undefined;
    const from = Number(query.get('from') ?? 0);
    const piece = pieceOf(variantRows(world), from, PAGE);
    const items = piece.rows.map(({ product, variant }) => ({
      id: variant.id,
      name: variant.size === undefined ? product.title : `${product.title}, ${variant.size}`,
      reference: variant.sku,
      price: { amount: Number(variant.price) },
      codes: [{ ean: variant.gtin }],
      stock: { available: variant.quantity },
      images: picturesOf(product).map((url) => ({ url })),
    }));
    return {
      json: { data: { items }, links: { next: piece.next === undefined ? null : `${address}/api/articles?lang=fr&from=${piece.next}` } },
    };
  },
  rowsOf: (json) => (json as { data: { items: Record<string, unknown>[] } }).data.items,
  needed: 'name',
  hasVariants: false,
};
