import { z } from 'zod';
import type { KeptGood, RealServer, ServerPlace } from './real-server';

const USER = 'superadmin';
const PASSWORD = 'a password of the tests';

const config = ({ databaseUrl, port }: ServerPlace): string => {
  const { hostname, port: databasePort, username, password, pathname } = new URL(databaseUrl);
  const db = {
    type: 'postgres',
    synchronize: true,
    host: hostname,
    port: Number(databasePort),
    username,
    password,
    database: pathname.slice(1),
  };
  return `const { bootstrap, DefaultLogger, LogLevel, dummyPaymentHandler } = require('@vendure/core');
bootstrap({
  apiOptions: { hostname: '127.0.0.1', port: ${port}, adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
  authOptions: { tokenMethod: ['bearer'], superadminCredentials: { identifier: '${USER}', password: '${PASSWORD}' } },
  dbConnectionOptions: ${JSON.stringify(db)},
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  logger: new DefaultLogger({ level: LogLevel.Info }),
  plugins: [],
}).catch((error) => { console.error(error); process.exit(1); });
`;
};

const answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

let session = '';

/** One question of its administrator's API; throws what it says is wrong. */
async function ask<T>(address: string, schema: z.ZodType<T>, query: string, variables: object = {}): Promise<T> {
  const response = await fetch(`${address}/admin-api`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(session === '' ? {} : { authorization: `Bearer ${session}` }) },
    body: JSON.stringify({ query, variables }),
  });
  session = response.headers.get('vendure-auth-token') ?? session;
  const said = answer.parse(await response.json());
  if (said.errors?.[0]) throw new Error(`Vendure: ${said.errors[0].message} (${query.slice(0, 60)})`);
  return schema.parse(Object.values(said.data ?? {})[0]);
}

const id = z.object({ id: z.string() });
const french = (words: object) => [{ languageCode: 'en', ...words }];

async function signIn(address: string): Promise<void> {
  session = '';
  const query = `mutation ($u: String!, $p: String!) { login(username: $u, password: $p) { __typename } }`;
  await ask(address, z.object({ __typename: z.literal('CurrentUser') }), query, { u: USER, p: PASSWORD });
}

/** A shop that sells in euros with French VAT of 20 %, prices told with it. Gives the tax category. */
async function openShop(address: string): Promise<string> {
  const country = await ask(address, id, `mutation ($i: CreateCountryInput!) { createCountry(input: $i) { id } }`, { i: { code: 'FR', enabled: true, translations: french({ name: 'France' }) } }); // prettier-ignore
  const zone = await ask(address, id, `mutation ($i: CreateZoneInput!) { createZone(input: $i) { id } }`, { i: { name: 'France', memberIds: [country.id] } }); // prettier-ignore
  const category = await ask(address, id, `mutation ($i: CreateTaxCategoryInput!) { createTaxCategory(input: $i) { id } }`, { i: { name: 'Standard', isDefault: true } }); // prettier-ignore
  await ask(address, id, `mutation ($i: CreateTaxRateInput!) { createTaxRate(input: $i) { id } }`, { i: { name: 'TVA', enabled: true, value: 20, categoryId: category.id, zoneId: zone.id } }); // prettier-ignore
  const channel = await ask(address, id, `query { activeChannel { id } }`);
  const input = { id: channel.id, defaultCurrencyCode: 'EUR', availableCurrencyCodes: ['EUR'], pricesIncludeTax: true, defaultTaxZoneId: zone.id, defaultShippingZoneId: zone.id }; // prettier-ignore
  await ask(address, z.unknown(), `mutation ($i: UpdateChannelInput!) { updateChannel(input: $i) { ... on Channel { id } ... on ErrorResult { message } } }`, { i: input }); // prettier-ignore
  return category.id;
}

/** One product with its sizes. */
async function addProduct(address: string, goods: readonly KeptGood[], taxCategoryId: string): Promise<void> {
  const [first] = goods;
  if (first === undefined) return;
  const translations = french({ name: first.title, slug: first.sku.toLowerCase(), description: '<p>Fait ici.</p>' });
  const product = await ask(address, id, `mutation ($i: CreateProductInput!) { createProduct(input: $i) { id } }`, { i: { enabled: true, translations } }); // prettier-ignore
  const sizes = goods.flatMap(({ size }) => size ?? []);
  const options = new Map<string, string>();
  if (sizes.length > 0) {
    const group = { code: `${first.sku}-size`.toLowerCase(), translations: french({ name: 'Taille' }), options: sizes.map((size) => ({ code: size.toLowerCase(), translations: french({ name: size }) })) }; // prettier-ignore
    const withOptions = z.object({ id: z.string(), options: z.array(z.object({ id: z.string(), name: z.string() })) });
    const made = await ask(address, withOptions, `mutation ($i: CreateProductOptionGroupInput!) { createProductOptionGroup(input: $i) { id options { id name } } }`, { i: group }); // prettier-ignore
    await ask(address, id, `mutation ($p: ID!, $g: ID!) { addOptionGroupToProduct(productId: $p, optionGroupId: $g) { id } }`, { p: product.id, g: made.id }); // prettier-ignore
    for (const { id: optionId, name } of made.options) options.set(name, optionId);
  }
  const input = goods.map(({ sku, title, size, priceMinor, quantity }) => ({
    productId: product.id,
    sku,
    price: priceMinor,
    stockOnHand: quantity,
    trackInventory: 'TRUE',
    taxCategoryId,
    optionIds: size === undefined ? [] : [options.get(size)],
    translations: french({ name: title }),
  }));
  await ask(address, z.array(id), `mutation ($i: [CreateProductVariantInput!]!) { createProductVariants(input: $i) { id } }`, { i: input });
}

async function variantOf(address: string, sku: string) {
  const list = z.object({ items: z.array(z.object({ id: z.string(), productId: z.string() })) });
  const { items } = await ask(address, list, `query ($s: String!) { productVariants(options: { filter: { sku: { eq: $s } } }) { items { id productId } } }`, { s: sku }); // prettier-ignore
  const [found] = items;
  if (found === undefined) throw new Error(`Vendure has ${sku}`);
  return found;
}

/** Vendure 3 on PostgreSQL, filled by its Admin API. */
export const vendure: RealServer = {
  kind: 'vendure',
  packages: { '@vendure/core': '3.7.3', pg: '8.23.1' },
  files: (at) => ({ 'server.cjs': config(at) }),
  start: ['server.cjs'],
  readyPath: '/health',
  fill: async (address, goods) => {
    await signIn(address);
    const taxCategoryId = await openShop(address);
    for (const title of new Set(goods.map((good) => good.title)))
      await addProduct(address, goods.filter((good) => good.title === title), taxCategoryId); // prettier-ignore
    return { site: address, 'user-name': USER, password: PASSWORD };
  },
  change: async (address, { counted, quantity, gone }) => {
    const [one, other] = [await variantOf(address, counted.sku), await variantOf(address, gone.sku)];
    await ask(address, z.array(id), `mutation ($i: [UpdateProductVariantInput!]!) { updateProductVariants(input: $i) { id } }`, { i: [{ id: one.id, stockOnHand: quantity }] }); // prettier-ignore
    await ask(address, z.object({ result: z.literal('DELETED') }), `mutation ($p: ID!) { deleteProduct(id: $p) { result } }`, { p: other.productId }); // prettier-ignore
  },
};
