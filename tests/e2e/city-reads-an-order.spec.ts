import { expect, test } from '../support/browser';
import { cityPerson, deskShops, orderAt } from '../support/desk';

test('the city follows an order from its live list to its whole story', async ({ page, signIn }) => {
  const [shop] = await deskShops(1, 5);
  if (!shop) throw new Error('a shop');
  const order = await orderAt(shop, 2, 'Margot Lenoir');
  await signIn(await cityPerson('admin', 'Une administratrice'), '/admin');
  await expect(page.getByRole('heading', { level: 1, name: 'Ville en direct' })).toBeVisible();

  await page.goto(`/admin/orders?words=${order.number}`);
  await expect(page.getByText('1 commande', { exact: true })).toBeVisible();
  await page.locator('tbody').getByRole('link', { name: order.number }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Commande ${order.number}` })).toBeVisible();
  await expect(page.getByText('Margot Lenoir').first()).toBeVisible();
  await expect(page.getByRole('link', { name: shop.name })).toBeVisible();
  await expect(page.getByText(`${order.part.number}\u00a0: À accepter`)).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Pourquoi ces boutiques/u })).toBeVisible();
  await expect(page.getByText('Retenue').first()).toBeVisible();
});

test('filters stand in the address, can be taken off one by one, and leave as CSV', async ({ page, signIn }) => {
  const [shop] = await deskShops(1, 5);
  if (!shop) throw new Error('a shop');
  const order = await orderAt(shop, 1, '=cmd|calc');
  await signIn(await cityPerson('viewer', 'Un lecteur'), '/admin/orders');
  await page.locator('select[name=shop]').selectOption(shop.slug);
  await page.locator('select[name=state]').selectOption('offered');
  await page.getByRole('button', { name: 'Appliquer' }).click();
  await expect(page).toHaveURL(new RegExp(`state=offered.*shop=${shop.slug}`, 'u'));
  await expect(page.locator('tbody').getByRole('link', { name: order.number })).toBeVisible();

  const answer = await page.request.get(`/admin/orders/export${new URL(page.url()).search}`);
  expect(answer.headers()['content-type']).toContain('text/csv');
  const csv = await answer.text();
  expect(csv).toContain(order.number);
  expect(csv, 'a spreadsheet must not run a name').toContain("'=cmd|calc");
  expect(csv.trim().split('\r\n')).toHaveLength(1 + (await page.locator('tbody tr').count()));

  await page.getByRole('link', { name: 'Retirer le filtre À accepter' }).click();
  await expect(page).not.toHaveURL(/state=/u);
  await expect(page).toHaveURL(new RegExp(`shop=${shop.slug}`, 'u'));
});

test('shops and mail are read, and a mail can neither run nor reach anything', async ({ page, signIn }) => {
  await signIn(await cityPerson('support', 'Une assistante'), '/admin/shops?words=bou');
  await expect(page.locator('tbody tr').first()).toBeVisible();
  await page.goto('/connexion');
  await page.goto('/admin/mailbox');
  await page.locator('tbody a').first().click();
  await expect(page.getByRole('heading', { name: 'En texte simple' })).toBeVisible();
  const frame = page.locator('iframe');
  await expect(frame).toHaveAttribute('sandbox', '');
  await expect(frame, 'the mail is in it').toHaveAttribute('srcdoc', /Halles/u);
  // Nothing runs in that frame, axe neither: it would wait for ever. What is looked at is our page around it.
  await frame.evaluate((element) => element.remove());
});
