import { eq } from 'drizzle-orm';
import { messages, withdrawalStatements } from '@/db/schema';
import { reader } from '@/lib/platform/transaction';
import { expect, test } from '../support/browser';
import { addFrom, cards, onSaleInShops, orderAsGuest, payWith } from '../support/shopper';

test('a guest withdraws from the day of the order: three things to fill, the legal words, a receipt at once', async ({ page }) => {
  const email = 'renonce@example.org';
  const [thing] = await onSaleInShops(1);
  if (!thing) throw new Error('something is on sale');
  await addFrom(page, thing);
  await orderAsGuest(page, email);
  await payWith(page, cards.accepted);
  await expect(page).toHaveURL(/\/suivi\//u);

  await page.locator('.slate').getByRole('link', { name: 'Renoncer au contrat ici' }).click();
  await expect(page).toHaveURL(/\/retractation/u);
  await expect(page.locator('form [required]')).toHaveCount(3);

  const confirm = page.getByRole('button', { name: 'Confirmer la rétractation', exact: true });
  await confirm.click();
  await expect(page.locator('.error-summary')).toContainText('Indiquez votre nom');

  await page.getByLabel('Nom et prénom').fill('Camille Roux');
  await page.getByLabel('Adresse e-mail').fill(email);
  await confirm.click();
  await expect(page.getByTestId('withdrawn')).toContainText('Rétractation enregistrée');

  const stated = await reader().select().from(withdrawalStatements).where(eq(withdrawalStatements.email, email));
  expect(stated.length).toBeGreaterThan(0);
  const mails = () => reader().select().from(messages).where(eq(messages.recipient, email));
  await expect.poll(async () => (await mails()).some((mail) => mail.kind.includes('withdrawal')), { timeout: 60_000 }).toBe(true);
});

test('an order number nobody here has says so and keeps what was typed', async ({ page }) => {
  await page.goto('/retractation');
  await page.getByLabel('Nom et prénom').fill('Personne');
  await page.getByLabel('Numéro de commande').fill('H-99999999');
  await page.getByLabel('Adresse e-mail').fill('personne@example.org');
  await page.getByRole('button', { name: 'Confirmer la rétractation' }).click();
  await expect(page.locator('.error-summary')).toContainText('Nous ne trouvons pas de commande');
  await expect(page.getByLabel('Nom et prénom')).toHaveValue('Personne');
});
