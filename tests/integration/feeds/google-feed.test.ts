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

test('a thing with an energy label is named by its number in the European register, and nothing without a class of its scale is', async () => {
  const shop = await given.shop();
  const certified = async (told: Readonly<Record<string, string>>) => {
    const listing = await given.listing();
    await given.offer({ shop, listing });
    const { sql } = databaseHandle();
    await sql`update categories set legal_gates = '["energy-label", "energy:oven"]'::jsonb`;
    await sql`update products set attributes = ${JSON.stringify(told)}::jsonb where id = (
      select v.product_id from variants v join listings l on l.variant_id = v.id where l.id = ${listing.listingId})`;
    const [, item = ''] = (await read({ file: 'products.xml', shopId: undefined })).split(`<g:id>${listing.listingId}`);
    return /<g:certification>.*?<\/g:certification>/.exec(item.split('</item>')[0] ?? '')?.[0];
  };
  expect(await certified({ energyClass: 'A++', energySheet: '123456' })).toBe(
    '<g:certification><g:certification_authority>EC</g:certification_authority><g:certification_name>EPREL</g:certification_name><g:certification_code>123456</g:certification_code></g:certification>',
  );
  expect(await certified({ energyClass: 'G', energySheet: '123456' })).toBeUndefined();
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
