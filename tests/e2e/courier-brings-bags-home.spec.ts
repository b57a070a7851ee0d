import { databaseHandle } from '@/lib/platform/database';
import { expect, test } from '../support/browser';
import { cityPerson, stateOf } from '../support/desk';
import { twoBroughtOrders } from '../support/run';

test.use({ javaScriptEnabled: false });

test('the city makes a run, its courier fetches, hands over, finds nobody, and brings back: by a link, without JavaScript', async ({
  page,
  browser,
  signIn,
}) => {
  const [first, second] = await twoBroughtOrders();
  const courier = `Karim ${first.number}`;
  await signIn(await cityPerson('support', 'Une régulatrice'), '/admin/runs');
  const ids = [...first.parts, ...second.parts];
  const form = page.locator('form', { has: page.locator(`input[name="part:${ids[0]}"]`) });
  for (const box of await form.locator('input[type=checkbox]').all()) {
    const name = (await box.getAttribute('name')) ?? '';
    await box.setChecked(ids.some((id) => name === `part:${id}`));
  }
  await form.getByLabel('Prénom du livreur').fill(courier);
  await form.getByRole('button', { name: 'Faire la tournée' }).click();
  await expect(page.getByText('Tournée faite. Envoyez son lien au livreur.')).toBeVisible();
  const link = await page.getByRole('row', { name: courier }).getByRole('link').getAttribute('href');

  const street = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await street.goto(new URL(link ?? '', page.url()).href);
  await expect(street.getByRole('heading', { level: 1 })).toContainText(courier);
  while ((await street.getByRole('button', { name: /^Pris/u }).count()) > 0) {
    await street.getByRole('button', { name: /^Pris/u }).first().click();
    await expect(street.getByText('à bord.')).toBeVisible();
  }
  for (const id of first.parts) expect(await stateOf({ id })).toBe('despatched');

  const doorOf = (name: string) =>
    street.getByRole('listitem').filter({ has: street.getByRole('heading', { name: new RegExp(name, 'u') }) });
  const [code] = await databaseHandle().sql<
    { code: string }[]
  >`select pickup_code as code from sub_orders where id = ${first.parts[0] ?? ''}`;
  await doorOf('Camille Rolland').getByLabel('Code donné par le client').fill('AAAA');
  await doorOf('Camille Rolland').getByRole('button', { name: 'Remis', exact: true }).click();
  await expect(street.getByText('Ce n’est pas le code de cette commande.')).toBeVisible();
  await doorOf('Camille Rolland')
    .getByLabel('Code donné par le client')
    .fill(code?.code ?? '');
  await doorOf('Camille Rolland').getByRole('button', { name: 'Remis', exact: true }).click();
  await expect(street.getByText('remis.')).toBeVisible();
  await expect(street.locator('body')).not.toContainText('Camille Rolland');
  for (const id of first.parts) expect(await stateOf({ id })).toBe('delivered');

  await doorOf('Inès Barral').getByText('Pas pu remettre').click();
  await doorOf('Inès Barral').getByRole('button', { name: 'Garder à bord' }).click();
  await expect(street.getByRole('heading', { name: 'À rendre aux boutiques' })).toBeVisible();
  await street.getByRole('button', { name: /^Rendu à/u }).click();
  await expect(street.getByText('Tournée finie.')).toBeVisible();
  expect(await stateOf({ id: second.parts[0]! })).toBe('uncollected');
  await street.context().close();
});
