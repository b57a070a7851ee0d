import { z } from 'zod';
import { pictureAddress } from '../../values';

/** Source of all shapes: the Vendure Admin API (3.x), GraphQL. Amounts are in cents. */
export const LOGIN = `mutation HallesLogin($username: String!, $password: String!) {
  login(username: $username, password: $password) {
    __typename
    ... on CurrentUser { id identifier channels { code token } }
    ... on ErrorResult { errorCode message }
  }
}`;

export const CHANNEL = `query HallesChannel { activeChannel { code defaultCurrencyCode pricesIncludeTax seller { name } } }`;

export const VARIANTS = `query HallesVariants($options: ProductVariantListOptions) {
  productVariants(options: $options) {
    totalItems
    items {
      id sku name enabled priceWithTax currencyCode trackInventory updatedAt
      stockLevels { stockOnHand stockAllocated }
      options { name group { name } }
      product { id name description enabled featuredAsset { preview } assets { preview } }
    }
  }
}`;

export const answer = z.object({
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() })).optional(),
  data: z.unknown(),
});

export const loginData = z.object({ login: z.object({ __typename: z.string() }) });

export const channelData = z.object({
  activeChannel: z
    .object({
      code: z.string(),
      defaultCurrencyCode: z.string(),
      pricesIncludeTax: z.boolean(),
      seller: z.object({ name: z.string() }).nullish(),
    })
    .transform(({ seller, ...rest }) => ({ ...rest, owner: seller?.name })),
});

export const variantsData = z.object({ productVariants: z.object({ totalItems: z.number().int(), items: z.array(z.unknown()) }) });

const asset = z.object({ preview: pictureAddress });

export const variant = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  sku: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  priceWithTax: z.number().int(),
  currencyCode: z.string(),
  trackInventory: z.enum(['TRUE', 'FALSE', 'INHERIT']),
  updatedAt: z.string().nullish(),
  stockLevels: z.array(z.object({ stockOnHand: z.number().int(), stockAllocated: z.number().int() })),
  options: z.array(z.object({ name: z.string(), group: z.object({ name: z.string() }) })),
  product: z.object({
    id: z.union([z.string(), z.number()]).transform(String),
    name: z.string(),
    description: z.string().nullish(),
    enabled: z.boolean(),
    featuredAsset: asset.nullish(),
    assets: z.array(asset).nullish(),
  }),
});
