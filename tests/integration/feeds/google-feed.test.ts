import { beforeEach, expect, test } from 'vitest';
import { openXml } from '../../support/read-xml';
import { feedToken, googleFeed, isFeedToken, type FeedWish } from '@/lib/feeds';
import { databaseHandle } from '@/lib/platform/database';
import { given } from '../../support/builders';
import { emptyTables } from '../../support/database';

beforeEach(() => emptyTables());

async function read(wish: FeedWish): Promise<string> {
  let text = '';
  for await (const piece of googleFeed(wish)) text += piece;
  return text;
}

test('the city’s feed holds each page once at its lowest price in stock, whatever its words; the other one where it is, in words', async () => {
  const [first, second] = [await given.shop(), await given.shop()];
  const bread = await given.listing({ title: 'Pain <b>bis</b> & "levain" \u0001' });
  const dear = await given.offer({ shop: first, listing: bread, priceMinor: 520, stock: 3 });
  await given.offer({ shop: second, listing: bread, priceMinor: 410, stock: 0 });
  const hidden = await given.offer({ shop: second, priceMinor: 100 });
  await databaseHandle().sql`update offers set is_active = false where id = ${hidden.offerId}`;

  const products = openXml(await read({ file: 'products.xml', shopId: undefined }));
  expect(products).toEqual([
    expect.objectContaining({ id: bread.listingId, title: 'Pain <b>bis</b> & "levain" ', price: '5.20 EUR', availability: 'in_stock', condition: 'new' }), // prettier-ignore
  ]);
  const places = openXml(await read({ file: 'local-inventory.xml', shopId: undefined }));
  expect(places.map(({ id, price, availability }) => [id, price, availability])).toEqual([
    [dear.listingId, '5.20 EUR', 'in_stock'],
    [dear.listingId, '4.10 EUR', 'out_of_stock'],
  ]);
});

test('a shop’s feed is of that shop alone, and its token opens no other', async () => {
  const [shop, neighbour] = [await given.shop(), await given.shop()];
  await given.offer({ shop, priceMinor: 700 });
  await given.offer({ shop: neighbour, priceMinor: 900 });
  expect(openXml(await read({ file: 'products.xml', shopId: shop.shopId })).map(({ price }) => price)).toEqual(['7.00 EUR']);
  expect(isFeedToken(shop.shopId, feedToken(shop.shopId))).toBe(true);
  expect(isFeedToken(neighbour.shopId, feedToken(shop.shopId))).toBe(false);
  expect(isFeedToken(shop.shopId, '')).toBe(false);
});
