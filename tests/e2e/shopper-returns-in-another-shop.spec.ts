import type { Page } from '@playwright/test';
import { databaseHandle } from '@/lib/platform/database';
import { expect, expectAccessible, signInLinkFor, test } from '../support/browser';
import { type DeskOrder, deskShops, giveAway, orderAt, someone } from '../support/desk';

/** An order of one thing that may be withdrawn from, in the shopper's hands. */
async function inHand(name: string) {
  const [origin, other] = await deskShops(2);
  if (!origin || !other) throw new Error('two shops');
  // The page lists the nearest few; only these two take things back here.
  await databaseHandle().sql`
    update shops set services = services || jsonb_build_object('takesReturns', id in (${origin.shopId}, ${other.shopId}))`;
  const order = await orderAt(origin, 1, name);
  await giveAway(origin, order);
  await databaseHandle().sql`update order_lines set withdrawal_exception = null where sub_order_id = ${order.part.id}`;
  return { origin, other, order };
}

/** From the tracking page to the pass, by the legal words. */
async function withdraw(page: Page, order: DeskOrder, shopName: string): Promise<string> {
  await page.goto(`/suivi/${order.orderToken}`);
  await page
    .getByRole('link', { name: /^Rendre ou échanger un article/u })
    .first()
    .click();
  await expect(page).toHaveURL(/\/retour\//u);
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Renoncer au contrat ici/u })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Renoncer au contrat' })).toBeVisible();
  const quantity = page.getByLabel(/^Quantité à rendre/u).first();
  await quantity.selectOption('0');
  const confirm = page.getByRole('button', { name: 'Confirmer la rétractation', exact: true });
  await confirm.click();
  await expect(page.locator('.error-summary')).toContainText('Choisissez au moins un article');
  await quantity.selectOption('1');
  await page.getByRole('radio', { name: new RegExp(`^${shopName}`, 'u') }).check();
  await confirm.click();
  await expect(page.getByRole('heading', { level: 1, name: /^Retour R-/u })).toBeVisible();
  return (await page.locator('.pass-code').innerText()).trim();
}

async function refundedOf(order: DeskOrder): Promise<number> {
  const [row] = await databaseHandle().sql<{ sum: number }[]>`
    select coalesce(sum(refunded_minor), 0)::int as sum from payment_shares s join sub_orders p on p.id = s.sub_order_id where p.order_id = ${order.orderId}`;
  return row?.sum ?? 0;
}

test('a shopper withdraws, brings the thing to another shop, and the money is on its way before they leave', async ({
  page,
  browser,
  baseURL,
}) => {
  const { full, short } = someone('Salome', 'Perrin');
  const { other, origin, order } = await inHand(full);
  const code = await withdraw(page, order, other.name);
  const pass = page.url();

  const desk = await browser.newContext({ ...(baseURL !== undefined && { baseURL }) });
  try {
    const counter = await desk.newPage();
    await counter.goto(await signInLinkFor(other.owner, baseURL ?? '', `/merchant/${other.slug}/handover`));
    await counter.getByRole('link', { name: 'Retours' }).click();
    await counter.getByLabel('Code du pass de retour').fill(code.toLowerCase());
    await counter.getByRole('button', { name: 'Chercher' }).click();
    await expect(counter.getByRole('heading', { level: 2, name: short })).toBeVisible();
    await counter.getByRole('button', { name: 'Accepter', exact: true }).click();
    await expect(counter.getByText(/accepté, .* rendus au client/u)).toBeVisible();
    await counter.goto(`/merchant/${other.slug}/counter/returns`);
    await expect(
      counter
        .getByText(`À renvoyer à ${origin.name}`)
        .or(counter.getByText(/Pour votre rayon/u))
        .first(),
    ).toBeVisible();
    await expectAccessible(counter);
  } finally {
    await desk.close();
  }

  await page.goto(pass);
  await expect(page.getByText(/vous sont rendus sur le moyen de paiement/u)).toBeVisible();
  await expect.poll(() => refundedOf(order), { timeout: 60_000 }).toBeGreaterThan(0);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the same withdrawal is stated by plain forms, and given up again', async ({ page }) => {
    const { full } = someone('Aurele', 'Caron');
    const { origin, order } = await inHand(full);
    await withdraw(page, order, origin.name);
    await page.getByText('Finalement, je garde').click();
    await page.getByRole('button', { name: 'Je garde les articles' }).click();
    await expect(page.getByText('Vous gardez les articles.').first()).toBeVisible();
  });
});
