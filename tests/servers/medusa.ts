import { z } from 'zod';
import type { KeptGood, RealServer } from './real-server';

const EMAIL = 'boutique@example.org';
const PASSWORD = 'a-password-of-the-tests';

/** No Redis, no screens: everything in the program's own memory, which is what it does when nothing is configured. */
const config = `const { defineConfig } = require('@medusajs/framework/utils');
module.exports = defineConfig({
  admin: { disable: true },
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { ssl: false },
    http: { storeCors: '', adminCors: '', authCors: '', jwtSecret: 'a secret of the tests', cookieSecret: 'another secret of the tests' },
  },
});
`;

const CLI = 'node_modules/@medusajs/cli/cli.js';
const id = z.object({ id: z.string() });

type Asking = { readonly method?: 'GET' | 'POST' | 'DELETE'; readonly body?: object };

/** One question of its Admin API, as whoever signed in; throws what it says is wrong. */
async function ask<T>(address: string, schema: z.ZodType<T>, path: string, { method, body }: Asking = {}): Promise<T> {
  const response = await fetch(`${address}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`Medusa: ${response.status} to ${path}: ${text.slice(0, 300)}`);
  return schema.parse(JSON.parse(text));
}

let token = '';
let locationId = '';

async function countAt(address: string, sku: string, quantity: number, isNew: boolean): Promise<void> {
  const list = z.object({ inventory_items: z.array(id) });
  const [item] = (await ask(address, list, `/admin/inventory-items?sku=${sku}`)).inventory_items;
  if (item === undefined) throw new Error(`Medusa counts ${sku}`);
  const levels = `/admin/inventory-items/${item.id}/location-levels`;
  if (isNew) await ask(address, z.unknown(), levels, { body: { location_id: locationId, stocked_quantity: quantity } });
  else await ask(address, z.unknown(), `${levels}/${locationId}`, { body: { stocked_quantity: quantity } });
}

/** One product with its sizes; amounts are in euros. */
async function addProduct(address: string, goods: readonly KeptGood[]): Promise<void> {
  const [first] = goods;
  if (first === undefined) return;
  const sizes = goods.flatMap(({ size }) => size ?? []);
  const [title, values] = sizes.length > 0 ? ['Taille', sizes] : ['Default option', ['Default option value']];
  const variants = goods.map(({ sku, size, priceMinor }) => ({
    title: size ?? 'Default variant',
    sku,
    manage_inventory: true,
    options: { [title]: size ?? 'Default option value' },
    prices: [
      { amount: priceMinor / 50, currency_code: 'usd' },
      { amount: priceMinor / 100, currency_code: 'eur' },
    ],
  }));
  const product = { title: first.title, description: 'Fait ici.', status: 'published', options: [{ title, values }], variants };
  await ask(address, z.object({ product: id }), '/admin/products', { body: product });
  for (const { sku, quantity } of goods) await countAt(address, sku, quantity, true);
}

/** Medusa 2 on PostgreSQL, filled by its Admin API. */
export const medusa: RealServer = {
  kind: 'medusa',
  packages: { '@medusajs/medusa': '2.21.2', '@medusajs/framework': '2.21.2', '@medusajs/cli': '2.21.2' },
  files: () => ({ 'medusa-config.js': config }),
  before: [
    [CLI, 'db:migrate'],
    [CLI, 'user', '-e', EMAIL, '-p', PASSWORD],
  ],
  start: [CLI, 'start'],
  readyPath: '/health',
  fill: async (address, goods) => {
    token = '';
    const signedIn = z.object({ token: z.string() });
    token = (await ask(address, signedIn, '/auth/user/emailpass', { body: { email: EMAIL, password: PASSWORD } })).token;
    locationId = (await ask(address, z.object({ stock_location: id }), '/admin/stock-locations', { body: { name: 'Boutique' } })).stock_location.id; // prettier-ignore
    for (const title of new Set(goods.map((good) => good.title)))
      await addProduct(address, goods.filter((good) => good.title === title)); // prettier-ignore
    const made = z.object({ api_key: z.object({ token: z.string() }) });
    const key = await ask(address, made, '/admin/api-keys', { body: { title: 'Halles', type: 'secret' } });
    return { site: address, key: key.api_key.token, vat: 'yes' };
  },
  change: async (address, { counted, quantity, gone }) => {
    await countAt(address, counted.sku, quantity, false);
    const list = z.object({ products: z.array(id) });
    const [product] = (await ask(address, list, `/admin/products?q=${encodeURIComponent(gone.title)}`)).products;
    if (product === undefined) throw new Error(`Medusa has ${gone.title}`);
    await ask(address, z.unknown(), `/admin/products/${product.id}`, { method: 'DELETE' });
  },
};
