import { eq } from 'drizzle-orm';
import { messages, orders, shops, subOrders } from '@/db/schema';
import { acceptSubOrder } from '@/lib/fulfilment';
import type { PersonId, ShopScope, SubOrderId } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { expect, test } from '../support/browser';
import { addFrom, cards, centsOf, fillContact, onSaleInShops, payWith } from '../support/shopper';

const tokenOf = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? '';

/** The shop's own tap on "Accepter", as its counter sends it. */
async function acceptAtCounter(subOrderId: SubOrderId, shopId: ShopScope['shopId']): Promise<void> {
  const scope: ShopScope = { kind: 'shop', shopId, personId: 'per_00000000000000000000000000' as PersonId, role: 'counter' };
  const accepted = await acceptSubOrder(scope, subOrderId);
  expect(accepted.ok).toBe(true);
}

test('one basket, three shops, one payment, followed live until the code is shown', async ({ page }) => {
  const things = await onSaleInShops(3);
  for (const thing of things) await addFrom(page, thing);

  await page.goto('/panier');
  await expect(page.getByRole('heading', { level: 1, name: 'Votre panier' })).toBeVisible();
  for (const thing of things) await expect(page.getByRole('heading', { level: 2, name: thing.shopName })).toBeVisible();

  const first = page.locator('.line', { hasText: things[0]?.title ?? '' }).first();
  await first.getByRole('button', { name: 'Ajouter un' }).click();
  await expect(first.locator('.stepper b')).toHaveText('2');
  const goods = things.reduce((sum, thing) => sum + thing.priceMinor, things[0]?.priceMinor ?? 0);
  await expect.poll(async () => centsOf(await page.locator('.slate-lines dd').first().innerText())).toBe(goods);

  await page.getByRole('button', { name: 'Commander' }).first().click();
  await expect(page).toHaveURL(/\/commande$/u);

  await page.getByRole('button', { name: 'Commande avec obligation de paiement' }).click();
  const summary = page.locator('.error-summary');
  await expect(summary).toBeFocused();
  await expect(summary.getByRole('link', { name: 'Indiquez votre adresse e-mail' })).toHaveAttribute('href', '#email');
  await expect(page).toHaveTitle(/^Erreur/u);

  await fillContact(page, 'camille@example.org');
  await expect(page.locator('.recap-wish')).toContainText('ailleurs, même prix, même heure');
  await page.getByRole('button', { name: 'Commande avec obligation de paiement' }).click();
  await expect(page).toHaveURL(/\/commande\/paiement\//u);
  await payWith(page, cards.accepted);

  await expect(page).toHaveURL(/\/suivi\//u);
  await expect(page.getByTestId('just-paid')).toBeVisible();
  const token = tokenOf(page.url());
  for (const thing of things) await expect(page.getByRole('heading', { level: 2, name: thing.shopName })).toBeVisible();

  const parts = await reader()
    .select({
      id: subOrders.id,
      shopId: subOrders.shopId,
      totalMinor: subOrders.totalMinor,
      name: shops.name,
      orderTotal: orders.totalMinor,
    })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .innerJoin(shops, eq(shops.id, subOrders.shopId))
    .where(eq(orders.token, token));
  expect(parts).toHaveLength(3);
  expect(parts.reduce((sum, part) => sum + part.totalMinor, 0)).toBe(parts[0]?.orderTotal);

  await expect(page.locator('[data-link=live]')).toBeVisible({ timeout: 15_000 });
  const [part] = parts;
  if (!part) throw new Error('an order has parts');
  await acceptAtCounter(part.id, part.shopId);
  const group = page.locator('.group', { has: page.getByRole('heading', { name: part.name }) });
  await expect(group.locator('[aria-current=step]')).toContainText('Acceptée', { timeout: 8000 });

  await expect
    .poll(async () => (await reader().select().from(messages).where(eq(messages.recipient, 'camille@example.org'))).length, {
      timeout: 60_000,
    })
    .toBeGreaterThan(0);

  await group.getByRole('link', { name: /code de retrait/u }).click();
  await expect(page).toHaveURL(/\/retrait\//u);
  const qr = await page.locator('.pass-qr svg').boundingBox();
  expect(qr?.width ?? 0).toBeGreaterThanOrEqual(240);
  await expect(page.locator('.pass-code')).toHaveText(/^[0-9A-Z]{4}$/u);
});

test('the button of the order bears the legal words alone, under the recap and the total', async ({ page }) => {
  const [thing] = await onSaleInShops(1);
  if (!thing) throw new Error('something is on sale');
  await addFrom(page, thing);
  for (const [address, words] of [
    ['/panier', 'Commande avec obligation de paiement'],
    ['/en/basket', 'Order with obligation to pay'],
  ] as const) {
    await page.goto(address);
    await page
      .getByRole('button', { name: /^(Commander|Check out)$/u })
      .first()
      .click();
    const button = page.locator('.slate-of-order button.btn-pay');
    await expect(button).toHaveText(words);
    await expect(page.getByTestId('who-answers-for-what')).toBeVisible();
    await expect(page.getByTestId('guarantee-notice')).toBeVisible();
    const order = await page
      .locator('.slate-of-order')
      .evaluate((slate) => [...slate.children].slice(-4).map((child) => child.className.split(' ')[0]));
    expect(order).toEqual(['recap', 'recap-wish', 'slate-total', 'btn']);
  }
});
