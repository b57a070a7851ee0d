import { eq } from 'drizzle-orm';
import { orders, subOrders } from '@/db/schema';
import { expireUnpaid } from '@/lib/checkout';
import { MINUTE, plusMs } from '@/lib/kernel';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { expect, expectAccessible, test } from '../support/browser';
import { addFrom, cards, onSaleInShops, orderAsGuest, payWith } from '../support/shopper';

test('a declined card keeps everything; a second one asks the bank, refuses once, then goes through', async ({ page }) => {
  for (const thing of await onSaleInShops(2)) await addFrom(page, thing);
  await orderAsGuest(page, 'defi@example.org');
  const payStep = page.url();

  await payWith(page, '4242 4242 4242 4241');
  await expect(page.locator('.error-summary')).toContainText('Ce numéro de carte n’existe pas');

  await payWith(page, cards.declined);
  await expect(page.locator('.error-summary')).toContainText('Le paiement n’est pas passé. Rien n’a été débité. Essayez une autre carte.');
  await expect(page.getByLabel('Numéro de carte')).toHaveValue(cards.declined);

  // The link of the order resumes the payment later, and says what happened.
  await page.goto(payStep);
  await expect(page.locator('main').getByRole('alert')).toContainText('Rien n’a été débité');

  await payWith(page, cards.challenged);
  await expect(page.getByRole('heading', { name: 'Votre banque demande une confirmation' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Refuser' }).click();
  await expect(page.locator('main').getByRole('alert')).toContainText('Rien n’a été débité');

  await payWith(page, cards.challenged);
  await page.getByRole('button', { name: 'Autoriser le paiement' }).click();
  await expect(page).toHaveURL(/\/suivi\//u);
  await expect(page.getByTestId('just-paid')).toBeVisible();

  const token = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const parts = await reader()
    .select({ state: subOrders.state })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(eq(orders.token, token));
  expect(parts.map((part) => part.state)).toEqual(['offered', 'offered']);

  await page.goto(payStep);
  await expect(page, 'what is paid is not paid again').toHaveURL(/\/suivi\//u);
});

test('an order nobody paid in time says so and gives the basket back', async ({ page }) => {
  const things = await onSaleInShops(2);
  for (const thing of things) await addFrom(page, thing);
  await orderAsGuest(page, 'trop.tard@example.org');
  const token = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await expireNow(token);

  await page.reload();
  await expect(page.getByRole('heading', { name: 'Cette commande a expiré' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Retrouver mon panier' }).click();
  await expect(page).toHaveURL(/\/panier$/u);
  for (const thing of things) await expect(page.getByRole('heading', { level: 2, name: thing.shopName })).toBeVisible();
});

/** As if the time to pay had run out; the worker, or this, then frees the units. */
async function expireNow(token: string): Promise<void> {
  const now = systemPorts.clock.now();
  await reader()
    .update(orders)
    .set({ payBy: plusMs(now, -MINUTE) })
    .where(eq(orders.token, token));
  await expireUnpaid(now);
}
