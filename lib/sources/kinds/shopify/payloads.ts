import { z } from 'zod';
import { pictureAddress } from '../../values';

/** Source of all shapes here: the GraphQL Admin API of Shopify, version 2026-01, and its webhook reference. */
export const VERSION = '2026-01';

export const SHOP_QUERY = `query HallesShop { shop { name currencyCode taxesIncluded } locations(first: 50) { nodes { id name isActive } } }`;

export const VARIANTS_QUERY = `query HallesVariants($first: Int!, $after: String, $query: String, $location: ID!) {
  productVariants(first: $first, after: $after, query: $query, sortKey: ID) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id sku barcode price selectedOptions { name value }
      inventoryItem { id tracked measurement { weight { value unit } }
        inventoryLevel(locationId: $location) { quantities(names: ["available"]) { name quantity updatedAt } } }
      product { id title descriptionHtml vendor productType status mediaCount { count }
        featuredMedia { preview { image { url } } } }
    }
  }
}`;

/** Asked for few products at a time, and for those only that have more than one: each list within a list has its price. */
export const PICTURES_QUERY = `query HallesPictures($ids: [ID!]!, $most: Int!) {
  nodes(ids: $ids) { ... on Product { id media(first: $most, sortKey: POSITION) { nodes { ... on MediaImage { image { url } } } } } }
}`;

export const ADJUST_MUTATION = `mutation HallesAdjust($input: InventoryAdjustQuantitiesInput!, $key: String!) {
  inventoryAdjustQuantities(input: $input) @idempotent(key: $key) { userErrors { field message } }
}`;

/** Errors of the language itself come with status 200. */
export const graphErrors = z.object({
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() })).optional(),
  extensions: z
    .object({
      cost: z
        .object({
          requestedQueryCost: z.number(),
          throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
        })
        .optional(),
    })
    .optional(),
  data: z.unknown(),
});

export const shopData = z.object({
  shop: z.object({ name: z.string(), currencyCode: z.string(), taxesIncluded: z.boolean() }),
  locations: z.object({ nodes: z.array(z.object({ id: z.string(), name: z.string(), isActive: z.boolean() })) }),
});

export const variantsData = z.object({
  productVariants: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    nodes: z.array(z.unknown()),
  }),
});

const grams = { GRAMS: 1, KILOGRAMS: 1_000, OUNCES: 28.349523125, POUNDS: 453.59237 } as const;

const weight = z
  .object({ value: z.number(), unit: z.enum(['GRAMS', 'KILOGRAMS', 'OUNCES', 'POUNDS']) })
  .transform(({ value, unit }) => (value > 0 ? Math.round(value * grams[unit]) : undefined));

export const variantNode = z.object({
  id: z.string(),
  sku: z.string().nullish(),
  barcode: z.string().nullish(),
  price: z.string(),
  selectedOptions: z.array(z.object({ name: z.string(), value: z.string() })),
  inventoryItem: z.object({
    id: z.string(),
    tracked: z.boolean(),
    measurement: z.object({ weight: weight.nullish() }).nullish(),
    inventoryLevel: z
      .object({ quantities: z.array(z.object({ name: z.string(), quantity: z.number().int(), updatedAt: z.iso.datetime().nullish() })) })
      .nullish(),
  }),
  product: z
    .object({
      id: z.string(),
      title: z.string(),
      descriptionHtml: z.string().nullish(),
      vendor: z.string().nullish(),
      productType: z.string().nullish(),
      status: z.string(),
      mediaCount: z.object({ count: z.number().int() }).nullish().catch(undefined),
      featuredMedia: z.object({ preview: z.object({ image: z.object({ url: pictureAddress }).nullish() }).nullish() }).nullish(),
    })
    .transform(({ vendor: brand, ...rest }) => ({ ...rest, brand })),
});

const media = z.object({ image: z.object({ url: pictureAddress }).nullish() });

/** A product that is no more is null; what is no picture (a film) is empty. */
export const picturesData = z.object({
  nodes: z.array(
    z
      .object({ id: z.string(), media: z.object({ nodes: z.array(media) }) })
      .nullable()
      .catch(null),
  ),
});

export const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().int().positive() });

export const adjustData = z.object({
  inventoryAdjustQuantities: z.object({ userErrors: z.array(z.object({ message: z.string() })) }),
});

/** Bodies of webhooks. Ids are numbers there and global names in the API. */
export const levelMessage = z.object({
  inventory_item_id: z.number().int(),
  location_id: z.number().int(),
  available: z.number().int().nullable(),
  updated_at: z.iso.datetime({ offset: true }),
});

export const deletedMessage = z.object({ id: z.number().int() });
