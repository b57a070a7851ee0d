import { eq } from 'drizzle-orm';
import { offers, stockLevels } from '@/db/schema';
import { minor } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { expect, expectAccessible, test } from '../support/browser';
import { addFrom, onSaleInShops } from '../support/shopper';

test('a price that moved is shown old beside new, and a thing that is gone stays greyed with what could take its place', async ({
  page,
}) => {
  const [dearer, gone, kept] = await onSaleInShops(3);
  if (!dearer || !gone || !kept) throw new Error('three things are on sale');
  for (const thing of [dearer, gone, kept]) await addFrom(page, thing);

  const shelf = await reader().select().from(stockLevels).where(eq(stockLevels.offerId, gone.offerId));
  await reader()
    .update(offers)
    .set({ priceMinor: minor(dearer.priceMinor + 100) })
    .where(eq(offers.id, dearer.offerId));
  await reader().update(stockLevels).set({ onHand: 0 }).where(eq(stockLevels.offerId, gone.offerId));
  try {
    await page.goto('/panier');
    await expect(page.locator('.line', { hasText: dearer.title })).toContainText('quand vous l’avez ajouté');
    const missing = page.locator('.line.is-gone', { hasText: gone.title });
    await expect(missing).toContainText(gone.shopName);
    await expect(missing).toContainText('Vendu en boutique');
    await expect(page.locator('.group')).toHaveCount(2);
    await expectAccessible(page);

    await missing.getByRole('button', { name: /Retirer/u }).click();
    await expect(page.locator('.line.is-gone')).toHaveCount(0);
    await expect(page.getByTestId('said')).toContainText('Retiré du panier');
  } finally {
    await reader()
      .update(offers)
      .set({ priceMinor: minor(dearer.priceMinor) })
      .where(eq(offers.id, dearer.offerId));
    for (const level of shelf)
      await reader().update(stockLevels).set({ onHand: level.onHand }).where(eq(stockLevels.offerId, level.offerId));
  }
});

test('an absurd quantity is answered with a sentence and changes nothing', async ({ page }) => {
  const [thing] = await onSaleInShops(1);
  if (!thing) throw new Error('something is on sale');
  await addFrom(page, thing);
  await page.goto('/panier');
  const line = page.locator('.line', { hasText: thing.title });
  for (const absurd of ['99999', '-3', '1e9', '1.5']) {
    const plus = line.getByRole('button', { name: 'Ajouter un' });
    await plus.evaluate((button, value) => button.setAttribute('value', value), absurd);
    await plus.click();
    await expect(page.getByTestId('said')).toContainText('Rien n’a changé');
    await page.reload();
    await expect(line.locator('.stepper b')).toHaveText('1');
  }
});

test('an empty basket says why and what to do', async ({ page }) => {
  await page.goto('/panier');
  await expect(page.getByText('Votre panier est vide.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Chercher dans les boutiques' })).toBeVisible();
});
