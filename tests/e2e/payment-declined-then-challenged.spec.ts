import { eq } from 'drizzle-orm';
import { orders, subOrders } from '@/db/schema';
import { expireUnpaid } from '@/lib/checkout';
import { MINUTE, plusMs } from '@/lib/kernel';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { expect, expectAccessible, test } from '../support/browser';
import { addFrom, cards, centsOf, onSaleInShops, orderAsGuest, payWith } from '../support/shopper';

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

test('by instant transfer: half of it comes and waits, the rest pays, and the page goes on by itself', async ({ page }) => {
  for (const thing of await onSaleInShops(2)) await addFrom(page, thing);
  await orderAsGuest(page, 'virement@example.org');
  await page.getByRole('button', { name: 'Virement instantané' }).click();
  const lines = page.getByTestId('transfer-lines');
  await expect(lines).toContainText(/FR\d\d( [0-9]{4}){5} [0-9]{3}/u);
  await expect(page.getByRole('img', { name: /Code de paiement européen/u })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Virement instantané' })).toHaveAttribute('aria-pressed', 'true');
  const due = centsOf(await lines.innerText());
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Envoyer la moitié' }).click();
  const waiting = page.locator('main').getByRole('status').filter({ hasText: 'il manque' });
  await expect(waiting, 'the bank’s message brings it, without a click').toBeVisible({ timeout: 30_000 });
  expect(centsOf(await lines.innerText())).toBe(due - Math.ceil(due / 2));
  await page.getByRole('button', { name: 'Carte bancaire' }).click();
  await expect(page.getByTestId('said')).toContainText('Une partie du virement est arrivée');

  await page.getByRole('button', { name: 'Envoyer la somme' }).click();
  await expect(page).toHaveURL(/\/suivi\//u, { timeout: 30_000 });
  await expect(page.getByTestId('just-paid')).toBeVisible();
});

test('by instant transfer without JavaScript: asked for, sent, looked after by hand; what comes after the end is no payment', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const thing of await onSaleInShops(1)) await addFrom(page, thing);
  await orderAsGuest(page, 'virement.sans.script@example.org');
  const payStep = page.url();
  await page.getByRole('button', { name: 'Virement instantané' }).click();
  await page.getByRole('button', { name: 'Carte bancaire' }).click();
  await expect(page.getByLabel('Numéro de carte')).toBeVisible();
  await page.getByRole('button', { name: 'Virement instantané' }).click();
  await page.getByRole('link', { name: 'J’ai payé, vérifier' }).click();
  await expect(page.getByTestId('transfer-lines'), 'nothing has come').toBeVisible();
  await page.getByRole('button', { name: 'Envoyer 5 € de trop' }).click();
  await expect(async () => {
    await page.goto(payStep); // as whoever looks again; the bank's message may have come before
    await expect(page).toHaveURL(/\/suivi\//u, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });

  for (const thing of await onSaleInShops(1)) await addFrom(page, thing);
  await orderAsGuest(page, 'virement.en.retard@example.org');
  expect(page.url()).not.toBe(payStep);
  await page.getByRole('button', { name: 'Virement instantané' }).click();
  await expireNow(new URL(page.url()).pathname.split('/').at(-1) ?? '');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Cette commande a expiré' })).toBeVisible();
  await page.getByRole('button', { name: 'Envoyer la somme' }).click();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Cette commande a expiré' })).toBeVisible();
  await context.close();
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
