import sharp from 'sharp';
import { databaseHandle } from '@/lib/platform/database';
import { expect, expectAccessible, signInLinkFor, test } from '../support/browser';
import { colleague, type DeskShop } from '../support/desk';

type AskedShop = Omit<DeskShop, 'owner'>;

const words = 'Joint pour cafetière italienne 12 tasses';

/** One of the shops that were asked. */
async function someAsked(token: string): Promise<AskedShop> {
  const [shop] = await databaseHandle().sql<AskedShop[]>`
    select s.id as "shopId", s.slug, s.name from request_answers a join requests r on r.id = a.request_id join shops s on s.id = a.shop_id
    where r.token = ${token} order by s.slug limit 1`;
  if (!shop) throw new Error('a request was put to shops');
  return shop;
}

test('what no shop lists is asked for, answered at a desk, seen at once and put into the basket', async ({ page, browser, baseURL }) => {
  await page.goto('/recherche?q=zzzqqq');
  await page.getByTestId('recovery').getByRole('link', { name: 'Demander aux boutiques' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Demander aux boutiques' })).toBeVisible();
  await expect(page.getByLabel('Que cherchez-vous')).toHaveValue('zzzqqq');

  const withNumber = `${words}, appelez le 06 12 34 56 78`;
  await expect(async () => {
    await page.getByLabel('Que cherchez-vous').fill(withNumber); // a page that wakes up at this moment loses the selection
    await expect(page.getByLabel('Que cherchez-vous')).toHaveValue(withNumber, { timeout: 500 });
  }).toPass();
  await page.getByRole('button', { name: 'Demander aux boutiques' }).click();
  await expect(page.locator('.error-summary')).toContainText('Retirez l’adresse');
  await expect(page.getByLabel('Que cherchez-vous')).toHaveValue(withNumber);

  await page.getByLabel('Que cherchez-vous').fill(words);
  const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#777' } })
    .jpeg()
    .toBuffer();
  await page.getByLabel('Photo').setInputFiles({ name: 'joint.jpg', mimeType: 'image/jpeg', buffer: picture });
  await page.getByRole('button', { name: 'Demander aux boutiques' }).click();
  await expect(page).toHaveURL(/\/demandes\//u);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(words);
  await expect(page.getByText('En direct')).toBeVisible();
  await expectAccessible(page);

  const shop = await someAsked(new URL(page.url()).pathname.split('/').at(-1) ?? '');
  const desk = await browser.newContext({ baseURL: baseURL ?? '' });
  const counter = await desk.newPage();
  const email = await colleague(shop, 'counter', 'Lou Marchand');
  await counter.goto(await signInLinkFor(email, baseURL ?? '', `/merchant/${shop.slug}/requests`));
  const asked = counter.getByTestId('open-request').filter({ hasText: words });
  await expect(asked.getByRole('img')).toBeVisible();
  await asked.getByLabel('Prix').fill('3,90');
  await asked.getByRole('button', { name: `Je l’ai : ${words}` }).click();
  await expect(counter.getByText('Offre envoyée.')).toBeVisible();
  await desk.close();

  const offer = page.getByTestId('request-offer');
  await expect(offer).toContainText('3,90');
  await offer.getByRole('button', { name: `Prendre chez ${shop.name}` }).click();
  await expect(page.getByTestId('said')).toContainText('ajouté au panier');
  await page.goto('/panier');
  await expect(page.getByText(words)).toBeVisible();
  await expect(page.getByText(shop.name).first()).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a request is made, read and closed all the same', async ({ page }) => {
    await page.goto('/demander?q=x');
    await page.getByRole('button', { name: 'Demander aux boutiques' }).click();
    await expect(page.locator('.error-summary')).toContainText('trois lettres');
    await page.getByLabel('Que cherchez-vous').fill('Filtre pour cafetière 3 tasses');
    await page.getByRole('button', { name: 'Demander aux boutiques' }).click();
    await expect(page).toHaveURL(/\/demandes\//u);
    await page.getByRole('button', { name: 'Fermer la demande' }).click();
    await expect(page.getByText('Vous avez fermé cette demande.')).toBeVisible();
  });
});
