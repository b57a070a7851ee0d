import { expect, test } from '../support/browser';
import { addFrom, cards, centsOf, fillContact, onSaleInShops, payWith } from '../support/shopper';

test.use({ javaScriptEnabled: false });

test('from home to confirmation with JavaScript off', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('search').first()).toBeVisible();
  const things = await onSaleInShops(3);
  for (const thing of things) await addFrom(page, thing);
  await expect(page.locator('.header .badge')).toContainText('3');

  await page.goto('/panier');
  await expect(page.locator('.group')).toHaveCount(3);
  const total = centsOf(await page.locator('.slate-total dd').innerText());

  // A plan is a radio button and "Appliquer"; a quantity is a button of a form; taking something out can be taken back.
  const apply = page.getByRole('button', { name: 'Appliquer' });
  if (await apply.isVisible()) {
    await page.locator('.plan input').last().check();
    await apply.click();
    await expect(page.getByTestId('said')).toContainText('appliqué');
    await page.getByRole('button', { name: 'Annuler' }).click();
    await expect(page.getByTestId('said')).toContainText('Retour au choix précédent');
  }
  await page.getByRole('button', { name: `Retirer ${things[2]?.title}` }).click();
  await expect(page.locator('.group')).toHaveCount(2);
  await page.getByRole('button', { name: 'Annuler' }).click();
  await expect(page.locator('.group')).toHaveCount(3);
  expect(centsOf(await page.locator('.slate-total dd').innerText())).toBe(total);

  await page.getByRole('button', { name: 'Commander' }).first().click();
  await page.getByLabel('Nom et prénom').fill('Camille Roux');
  await page.getByRole('button', { name: 'Commande avec obligation de paiement' }).click();
  await expect(page.locator('.error-summary')).toContainText('Indiquez votre adresse e-mail');
  await expect(page.getByLabel('Nom et prénom'), 'what was typed is kept').toHaveValue('Camille Roux');
  await expect(page.locator('.recap-wish'), 'the default is said').toContainText('ailleurs, même prix, même heure');

  await fillContact(page, 'sans.script@example.org');
  await page.getByRole('button', { name: 'Commande avec obligation de paiement' }).click();
  await payWith(page, cards.accepted);
  await expect(page).toHaveURL(/\/suivi\//u);
  await expect(page.getByTestId('just-paid')).toBeVisible();
  await expect(page.getByTestId('as-of').getByRole('link', { name: 'Actualiser' })).toBeVisible();
  expect(centsOf(await page.locator('.slate-total dd').innerText())).toBe(total);

  // Going back to the order after paying leads to the order that was made, never to a second one.
  const tracking = page.url();
  await page.goto('/commande');
  await expect(page).toHaveURL(tracking);
});
