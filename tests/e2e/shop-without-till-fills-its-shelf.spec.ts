import { databaseHandle } from '@/lib/platform/database';
import { expect, signInLinkFor, test } from '../support/browser';
import { colleague, deskShops } from '../support/desk';

/**
 * The model of a person with a phone, in seconds. Taps are counted as they are made; what hands and eyes do besides is added per product.
 * Keystroke-level model (Card, Moran and Newell): a key on glass 0.5 s, deciding what comes next 1.35 s, twice a product (price, count);
 * taking the thing from the shelf, turning it and aiming, 8 s.
 */
const TAP = 0.5;
const THINK = 1.35;
const AIM = 8;
const PRODUCTS = 100;
const MOST_MINUTES = 60;

test('a shop without a till lists a hundred products with its phone, part of them without a network', async ({ page, baseURL }) => {
  const [shop] = await deskShops(1, 3);
  if (!shop) throw new Error('the test city has a fourth shop');
  const email = await colleague(shop, 'manager', 'Sacha Lenoir');
  const codes = await databaseHandle().sql<{ gtin: string }[]>`
    select ltrim(v.gtin, '0') as gtin from variants v join listings l on l.variant_id = v.id
    where v.gtin is not null and l.is_published and not exists (select 1 from offers o where o.listing_id = l.id and o.shop_id = ${shop.shopId})
    order by v.id limit ${PRODUCTS}`;
  expect(codes).toHaveLength(PRODUCTS);
  await page.goto(await signInLinkFor(email, baseURL ?? '', `/merchant/${shop.slug}/stock/scan`));
  await expect(page.locator('.scan[data-ready]')).toBeVisible();
  const queue = page.getByTestId('queue');
  await page.locator('#gtin').focus();
  let taps = 1; // the camera is opened

  const scanned = async (from: number, to: number): Promise<void> => {
    for (const [index, { gtin }] of codes.slice(from, to).entries()) {
      const price = `${2 + (index % 9)},${index % 2 === 0 ? '50' : '90'}`;
      const count = String(3 + (index % 12));
      // The camera hands the code on as a hand scanner does: digits and Enter. The cursor is always where the next figure goes.
      for (const typed of [gtin, price, count]) {
        await page.keyboard.insertText(typed);
        await page.keyboard.press('Enter');
      }
      taps += price.length + 1 + count.length + 1;
    }
  };
  await scanned(0, 40);
  await expect(queue).toHaveAttribute('data-taken', '40', { timeout: 20_000 });
  await page.context().setOffline(true);
  await scanned(40, 60);
  await expect(queue).toHaveAttribute('data-waiting', '20');
  await page.context().setOffline(false);
  await scanned(60, PRODUCTS);
  await expect(queue).toHaveAttribute('data-taken', String(PRODUCTS), { timeout: 30_000 });
  await expect(queue).toHaveAttribute('data-waiting', '0');

  const [listed] = await databaseHandle().sql<{ listed: number; counted: number }[]>`
    select count(*)::int as listed, count(s.on_hand)::int as counted from offers o join listings l on l.id = o.listing_id and l.is_published
    join variants v on v.id = l.variant_id left join stock_levels s on s.offer_id = o.id and s.on_hand > 0
    where o.shop_id = ${shop.shopId} and o.is_active and ltrim(v.gtin, '0') = any(${codes.map(({ gtin }) => gtin)})`;
  expect(listed).toEqual({ listed: PRODUCTS, counted: PRODUCTS });
  const minutes = (taps * TAP + PRODUCTS * (AIM + 2 * THINK)) / 60;
  process.stdout.write(`    ${PRODUCTS} products, ${taps} taps, ${minutes.toFixed(1)} simulated minutes\n`);
  expect(minutes).toBeLessThanOrEqual(MOST_MINUTES);
});

test('the camera is opened by a tap, read by ZXing from our own address, and a code in its picture fills the form', async ({
  page,
  baseURL,
}) => {
  const [shop] = await deskShops(1, 3);
  if (!shop) throw new Error('the test city has a fourth shop');
  const { default: codes } = await import('bwip-js/node');
  const png = await codes.toBuffer({
    bcid: 'ean13',
    text: '3017620422003',
    scale: 4,
    height: 30,
    includetext: true,
    backgroundcolor: 'ffffff',
    padding: 20,
  });
  // The picture of the camera alone is made here: what reads it is what reads it in a shop.
  await page.addInitScript(
    (source) => {
      navigator.mediaDevices.getUserMedia = async () => {
        const canvas = document.createElement('canvas');
        const picture = new Image();
        picture.src = source;
        await picture.decode();
        [canvas.width, canvas.height] = [picture.width, picture.height];
        const draw = () => canvas.getContext('2d')?.drawImage(picture, 0, 0);
        draw();
        setInterval(draw, 50);
        return canvas.captureStream(20);
      };
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  const email = await colleague(shop, 'manager', 'Noé Blanchard');
  await page.goto(await signInLinkFor(email, baseURL ?? '', `/merchant/${shop.slug}/stock/scan`));
  await expect(page.locator('.scan[data-ready]')).toBeVisible();
  await page.getByRole('button', { name: 'Ouvrir la caméra' }).click();
  await expect(page.locator('#gtin')).toHaveValue('3017620422003', { timeout: 20_000 });
  await expect(page.locator('.scan-camera')).toHaveAttribute('data-reader', /native|wasm/u);
  await expect(page.locator('#price')).toBeFocused();
});
