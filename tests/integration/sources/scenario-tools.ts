import type { recordCount } from '@/lib/inventory';
import { fetchDuePictures } from '@/lib/pictures';
import { databaseHandle } from '@/lib/platform/database';
import { ownPictures } from '@/lib/sources';
import type { GivenConnection } from '../../support/sources/given-connection';
import { picturesOf, type World, type WorldProduct } from '../../support/sources/world';

/** Seven products, one of them in three sizes: nine variants, four pages of three. */
export const fill = (world: World): void => {
  for (const title of ['Bol bleu', 'Théière grise', 'Tasse verte', 'Vase rond', 'Plat ovale', 'Pot à lait']) world.add(title);
  world.add('Tablier de lin', { sizes: ['S', 'M', 'L'], quantity: 2, price: '39.00' });
};
export const VARIANTS = 9;

export function skuOf(one: GivenConnection, index = 0, place = 0): string {
  const product = one.world.products[index];
  const variant = product?.variants[place];
  if (!product || !variant) throw new Error('the world has this product');
  return one.double.skuOf?.(product, variant) ?? variant.sku;
}

/** A message that names no figure asks for a pull: the worker would make it now. */
export async function runIfAsked(one: GivenConnection): Promise<void> {
  if ((await one.view()).nextPullAt <= one.clock.now()) await one.run();
}

export const productsNamed = (shelf: Awaited<ReturnType<GivenConnection['shelf']>>, title: string): number =>
  new Set(shelf.filter((row) => row.title.startsWith(title)).map(({ productId }) => productId)).size;
export const rowOf = async (one: GivenConnection, sku: string) => (await one.shelf()).find((row) => row.sku === sku);

export async function movementsOf({ shop }: GivenConnection): Promise<number> {
  const [row] = await databaseHandle().sql<{ rows: number }[]>`
    select count(*)::int as rows from stock_movements m join offers o on o.id = m.offer_id where o.shop_id = ${shop.shopId}`;
  return row?.rows ?? 0;
}

export async function offerOf(one: GivenConnection, sku: string) {
  const [row] = await databaseHandle().sql<{ id: string }[]>`
    select id from offers where shop_id = ${one.shop.shopId} and merchant_sku = ${sku}`;
  return row?.id as Parameters<typeof recordCount>[1]['offerId'];
}

export const newsOf = (one: GivenConnection, quantity: number, at: number, index = 0) => {
  const product = one.world.products[index];
  const variant = product?.variants[0];
  if (!product || !variant) throw new Error('the world has this product');
  return { kind: 'count' as const, product, variant, quantity, at };
};

/** Addresses of pictures the worker is going to ask for, whatever the sizes of their products. */
export async function picturesWanted({ connectionId }: GivenConnection): Promise<readonly string[]> {
  const rows = await databaseHandle().sql<{ address: string }[]>`
    select distinct address collate "C" as address from picture_wishes where origin = ${connectionId} and state = 'waiting' order by 1`;
  return rows.map(({ address }) => address);
}

/** Where the world's pictures lie: those a source tells, product by product, and all there are. */
export function picturesAt({ double, world, running }: GivenConnection) {
  const of = (product: WorldProduct) => {
    const all = picturesOf(product).slice(0, double.hasOnePicture ? 1 : 2);
    return double.keyedPictures?.(product, running.address) ?? { told: all, all };
  };
  const places = world.products.map(of);
  return { told: places.map(({ told }) => told), all: places.map(({ all }) => all) };
}

/** Fetches every picture of the product of this title, and gives the addresses of those its page shows, in their order. */
export async function fetchPictures({ connectionId, ports }: GivenConnection, title: string): Promise<readonly string[]> {
  const { sql } = databaseHandle();
  const named = sql`select v.product_id from variants v join listings l on l.variant_id = v.id
    join offers o on o.listing_id = l.id join source_items i on i.offer_id = o.id where i.connection_id = ${connectionId} and l.title = ${title}`;
  await sql`delete from picture_wishes where product_id not in (${named})`;
  const ways = { limits: ports.limits, own: ownPictures(ports) };
  for (let count = 1; count > 0;) count = await fetchDuePictures(ways, ports);
  const rows = await sql<{ source: string }[]>`
    select source from product_pictures where product_id in (${named}) order by position, key`;
  return rows.map(({ source }) => source);
}
