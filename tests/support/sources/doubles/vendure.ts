import { isoOf, pieceOf, type SourceDouble } from '../double';
import { picturesOf, variantRows, type World } from '../world';

const items = (world: World) =>
  variantRows(world).map(({ product, variant }) => ({
    id: String(variant.id),
    sku: variant.sku,
    name: product.title,
    enabled: true,
    priceWithTax: Math.round(Number(variant.price) * 100),
    currencyCode: 'EUR',
    trackInventory: 'INHERIT',
    updatedAt: isoOf(variant.changedAt),
    stockLevels: [{ stockOnHand: variant.quantity, stockAllocated: 0 }],
    options: variant.size === undefined ? [] : [{ name: variant.size, group: { name: 'Taille' } }],
    product: {
      id: String(product.id),
      name: product.title,
      description: '<p>Fait ici.</p>',
      enabled: true,
      featuredAsset: { preview: picturesOf(product)[0] },
      assets: picturesOf(product).map((preview) => ({ preview })),
    },
  }));

type Graph = {
  readonly query: string;
  readonly variables?: { readonly options?: { readonly skip: number; readonly take: number }; readonly password?: string };
};

export const vendureDouble: SourceDouble = {
  kind: 'vendure',
  documented: 'docs.vendure.io/reference/graphql-api/admin',
  typed: (address, { key }) => ({ site: address, 'user-name': 'halles', password: key }),
  // A stale session is told in words, with status 200.
  isAllowed: () => true,
  asksForGoods: ({ body }) => body.includes('query HallesVariants'),
  answer: ({ path, body, headers }, world) => {
    if (path !== '/admin-api') return undefined;
    const { query, variables } = JSON.parse(body) as Graph;
    if (query.startsWith('mutation HallesLogin')) {
      if (variables?.password !== world.key)
        return {
          json: { data: { login: { __typename: 'InvalidCredentialsError', errorCode: 'INVALID_CREDENTIALS_ERROR', message: 'no' } } },
        };
      const login = { __typename: 'CurrentUser', id: '1', identifier: 'halles', channels: [] };
      return { headers: { 'vendure-auth-token': world.issue(31_536_000) }, json: { data: { login } } };
    }
    if (!world.isToken(headers['authorization']?.replace('Bearer ', '')))
      return {
        json: {
          errors: [{ message: 'You are not currently authorized to perform this action', extensions: { code: 'FORBIDDEN' } }],
          data: null,
        },
      };
    if (query.startsWith('query HallesChannel')) {
      const activeChannel = {
        code: '__default_channel__',
        defaultCurrencyCode: 'EUR',
        pricesIncludeTax: true,
        seller: { name: world.shopName },
      };
      return { json: { data: { activeChannel } } };
    }
    const { skip = 0, take = 100 } = variables?.options ?? {};
    const rows = items(world);
    return { json: { data: { productVariants: { totalItems: rows.length, items: pieceOf(rows, skip, take).rows } } } };
  },
  rowsOf: (json) => (json as { data: { productVariants: { items: Record<string, unknown>[] } } }).data.productVariants.items,
  needed: 'priceWithTax',
};
