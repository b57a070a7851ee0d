import type { Page } from '@playwright/test';
import { cancelByShopper } from '@/lib/fulfilment';
import { databaseHandle } from '@/lib/platform/database';
import { expect, expectAccessible, test } from '../support/browser';
import { cityPerson, colleague, type DeskOrder, type DeskShop, deskShops, orderAt, someone, stateOf } from '../support/desk';

const counterOf = (shop: DeskShop) => `/merchant/${shop.slug}/counter`;
const ticketOf = (page: Page, name: string) => page.locator('.ticket', { hasText: name });

async function onHandOf(part: DeskOrder['part']): Promise<number> {
  const [row] = await databaseHandle().sql<{ units: number }[]>`
    select coalesce(sum(level.on_hand), 0)::int as units from order_lines line
    join stock_levels level on level.offer_id = line.offer_id and level.location_id = line.location_id where line.sub_order_id = ${part.id}`;
  return row?.units ?? 0;
}

/** Accept from the list, tick every line, say where the bag is, hand over by the code on the customer's phone. */
async function serve(page: Page, shop: DeskShop, order: DeskOrder, name: string): Promise<void> {
  await page.goto(counterOf(shop));
  await ticketOf(page, name)
    .getByRole('button', { name: `Accepter la commande de ${name}` })
    .click();
  await expect(page.getByText(`${order.part.number} acceptée.`)).toBeVisible();
  await ticketOf(page, name).getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`${order.part.id}$`, 'u'));
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

  await page.getByRole('button', { name: /^Prête à remettre/u }).click();
  await expect(page.getByText('0 pris sur 2. Cochez le reste')).toBeVisible();
  await page
    .getByRole('button', { name: /marquer comme pris$/u })
    .first()
    .click();
  await expect(page.locator('.pick.is-picked')).toHaveCount(1);
  await expect(page.getByRole('button', { name: /^Prête à remettre 1 pris sur 2/u })).toBeVisible();
  await page.getByRole('button', { name: /: pris\. Appuyer pour annuler$/u }).click();
  await expect(page.locator('.pick.is-picked')).toHaveCount(0);
  for (const ticked of [1, 2]) {
    await page
      .getByRole('button', { name: /marquer comme pris$/u })
      .first()
      .click();
    await expect(page.locator('.pick.is-picked')).toHaveCount(ticked);
  }
  await page.getByLabel('Casier').fill('7');
  await page.getByRole('button', { name: /^Prête à remettre/u }).click();
  await expect(page.getByText(`${order.part.number} prête.`)).toBeVisible();
  expect(await stateOf(order.part)).toBe('ready');

  await page.goto(`/merchant/${shop.slug}/handover`);
  await page.getByLabel('Code de retrait').fill(order.part.code.toLowerCase());
  await page.getByRole('button', { name: 'Chercher' }).first().click();
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
  await expect(page.getByText('Casier 7')).toBeVisible();
  await page.getByRole('button', { name: /^Remis/u }).click();
  await expect(page.getByText(`${order.part.number} remise.`)).toBeVisible();
  await expect(page).toHaveURL(/\/handover$/u);
  expect(await stateOf(order.part)).toBe('handed-over');
}

test('an order is accepted, picked, put in a locker and handed over by its code', async ({ page, signIn }) => {
  const [shop] = await deskShops(1);
  if (!shop) throw new Error('a shop');
  const { full, short } = someone('Ines', 'Brunel');
  const order = await orderAt(shop, 2, full);
  const before = await onHandOf(order.part);
  await signIn(shop.owner, counterOf(shop));
  await expect(page).toHaveURL(new RegExp(`${counterOf(shop)}$`, 'u'));
  await serve(page, shop, order, short);
  expect(await onHandOf(order.part)).toBe(before - 2);

  await page.goto(`/merchant/${shop.slug}/handover?code=${order.part.code}`);
  await expect(page.getByText(/a déjà été remise/u)).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the same order is served by plain forms', async ({ page, signIn }) => {
    const [shop] = await deskShops(1, 1);
    if (!shop) throw new Error('a shop');
    const { full, short } = someone('Paul', 'Dervaux');
    const order = await orderAt(shop, 2, full);
    await signIn(shop.owner, counterOf(shop));
    await serve(page, shop, order, short);
  });
});

test('a wrong code is explained, keeps what was typed, and gives nothing away', async ({ page, signIn }) => {
  const [shop, other] = await deskShops(2, 2);
  if (!shop || !other) throw new Error('two shops');
  const theirs = await orderAt(other, 1, 'Nour Amrani');
  await signIn(shop.owner, `/merchant/${shop.slug}/handover`);
  await page.getByLabel('Code de retrait').fill(theirs.part.code);
  await page.getByRole('button', { name: 'Chercher' }).first().click();
  await expect(page.getByText('Ce code ne correspond à aucune commande prête ici')).toBeVisible();
  await expect(page.getByLabel('Code de retrait')).toHaveValue(theirs.part.code);
  await expect(page.locator('body')).not.toContainText('Nour');
  expect(await stateOf(theirs.part)).toBe('offered');
  await expectAccessible(page);
});

test('an order is refused from the list with a reason, and what is missing is not charged', async ({ page, signIn }) => {
  const [shop] = await deskShops(1, 2);
  if (!shop) throw new Error('a shop');
  const theo = someone('Theo', 'Marchal');
  const refused = await orderAt(shop, 1, theo.full);
  const partly = await orderAt(shop, 2, 'Lina Prost');
  await signIn(await colleague(shop, 'counter', 'Au comptoir'), counterOf(shop));
  const ticket = ticketOf(page, theo.short);
  await ticket.locator('summary').click();
  await ticket.getByRole('button', { name: 'Trop de travail' }).click();
  await expect(page.getByText(`${refused.part.number} refusée.`)).toBeVisible();
  await expect(ticketOf(page, theo.short)).toHaveCount(0);
  expect(await stateOf(refused.part)).toBe('refused');

  await page.goto(`${counterOf(shop)}/${partly.part.id}`);
  await page
    .locator('.work-foot')
    .getByRole('button', { name: /^Accepter/u })
    .click();
  await expect(page.locator('.tick')).toHaveCount(2);
  await page.locator('.tick').first().click();
  await expect(page.locator('.pick.is-picked')).toHaveCount(1);
  await page.getByText('Il en manque').click();
  await page.locator('.foot-missing').getByRole('button', { name: 'Pas en rayon' }).click();
  await expect(page.getByText('Plus à préparer')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Prête à remettre 1 pris sur 1/u }).click();
  await expect(page.getByText(`${partly.part.number} prête.`)).toBeVisible();
  expect(await stateOf(partly.part)).toBe('ready');
});

test('what is tapped without a network is kept, said, and done in order when the network is back', async ({ page, context, signIn }) => {
  const [shop] = await deskShops(1, 5);
  if (!shop) throw new Error('a shop');
  const maya = someone('Maya', 'Serra');
  const order = await orderAt(shop, 1, maya.full);
  const hugo = someone('Hugo', 'Parti');
  const gone = await orderAt(shop, 1, hugo.full);
  await signIn(shop.owner, counterOf(shop));
  await page.evaluate(async () => navigator.serviceWorker.ready);
  await expect
    .poll(() =>
      page.evaluate(
        async (path) => Boolean(await caches.match(new URL(path, location.origin).href, { ignoreVary: true })),
        `${counterOf(shop)}/${order.part.id}`,
      ),
    )
    .toBe(true);

  await context.setOffline(true);
  await ticketOf(page, maya.short)
    .getByRole('button', { name: /^Accepter/u })
    .click();
  await expect(page.getByText('Hors ligne, 1 action gardée')).toBeVisible();
  await expect(page.locator('.ticket form[data-kept]')).toHaveCount(1);
  await ticketOf(page, hugo.short)
    .getByRole('button', { name: /^Accepter/u })
    .click();
  await expect(page.getByText('Hors ligne, 2 actions gardées')).toBeVisible();
  await expectAccessible(page);
  // The order opens without a network, as it was last seen, and still says what is kept.
  await page.goto(`${counterOf(shop)}/${order.part.id}`);
  await expect(page.getByRole('heading', { level: 1, name: maya.short })).toBeVisible();
  await expect(page.getByText('Hors ligne, 2 actions gardées')).toBeVisible();
  expect(await stateOf(order.part)).toBe('offered');

  await cancelByShopper({ kind: 'order', orderId: gone.orderId }, gone.part.id);
  await context.setOffline(false);
  await expect.poll(() => stateOf(order.part)).toBe('accepted');
  const refused = page.getByText(`Pas enregistré. ${hugo.short}`);
  await expect(refused).toBeVisible();
  await page.getByRole('button', { name: 'Compris' }).click();
  await expect(refused).toBeHidden();
  await expect(page.getByText(/actions? (gardée|par)/u)).toHaveCount(0);
  expect(await stateOf(gone.part)).toBe('cancelled');
});

test('the shop closes to orders and opens again with one switch', async ({ page, signIn }) => {
  const [shop] = await deskShops(1, 3);
  if (!shop) throw new Error('a shop');
  await signIn(shop.owner, counterOf(shop));
  const toggle = page.getByRole('button', { name: 'Ouvert aux commandes' });
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  await toggle.click();
  await expect(page.getByText('Plus aucune nouvelle commande')).toBeVisible();
  await expect(toggle).toHaveAttribute('aria-pressed', 'false');
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
});

test('a counter that is left is known to be; "back in 15" ends by itself; whoever is there again is', async ({ page, signIn }) => {
  const [shop] = await deskShops(1, 6);
  if (!shop) throw new Error('a shop');
  const { sql } = databaseHandle();
  await sql`update shops set opening_hours = 'Mo-Su 00:00-24:00' where id = ${shop.shopId}`;
  const back = (since: number, seen: number) =>
    sql`update counter_presence set since = since - make_interval(mins => ${since}), seen_at = seen_at - make_interval(mins => ${seen})
      where shop_id = ${shop.shopId}`;
  const presence = async () => {
    const [row] = await sql<{ isKept: boolean; seconds: number }[]>`
      select is_kept_open as "isKept", extract(epoch from now() - seen_at)::int as seconds from counter_presence where shop_id = ${shop.shopId}`;
    return row;
  };
  const seenLately = async () => ((await presence())?.seconds ?? Infinity) < 20;
  await page.clock.install();
  await signIn(shop.owner, counterOf(shop));
  await expect.poll(seenLately).toBe(true);
  await back(11, 1); // ten minutes at a stretch, and the next beat
  await page.clock.fastForward(61_000);
  await expect.poll(async () => (await presence())?.isKept).toBe(true);

  await page.goto('/'); // the counter is left
  await back(7, 7);
  await signIn(await cityPerson('support', 'Au poste'), `/admin/shops?words=${encodeURIComponent(shop.name)}`);
  const row = page.getByRole('row', { name: shop.name });
  await expect(row).toContainText(/Comptoir fermé depuis \d min/u);

  await signIn(shop.owner, counterOf(shop));
  await expect.poll(seenLately).toBe(true);
  const leave = page.getByRole('button', { name: 'De retour dans 15 min' });
  await leave.click();
  await expect(page.getByText(/^Aucune commande ne vous est proposée jusqu’à/u)).toBeVisible();
  await expect(leave).toHaveCount(0);
  await sql`update shops set paused_until = now() - interval '1 second' where id = ${shop.shopId}`;
  await expect(async () => {
    await page.reload();
    await expect(leave).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 15_000 }); // the city's book may be a second old
});

test('stock is found by its name and put right by taps and by a count', async ({ page, signIn }) => {
  const [shop] = await deskShops(1, 3);
  if (!shop) throw new Error('a shop');
  await signIn(await colleague(shop, 'counter', 'Au rayon'), `/merchant/${shop.slug}/stock`);
  const title = (await page.locator('.stock-row h2').first().innerText()).trim();
  await page.getByLabel('Nom, référence ou code-barres').fill(title);
  await page.getByRole('button', { name: 'Chercher' }).click();
  await expect(page).toHaveURL(/[?&]q=/u);
  const row = page.locator('.stock-row', { hasText: title }).first();
  await row.getByLabel(`Nombre en rayon, ${title}`).fill('9');
  await row.getByRole('button', { name: `Enregistrer le compte, ${title}` }).click();
  await expect(page.getByText(`${title}\u00a0: 9 en rayon.`)).toBeVisible();
  await row.getByRole('button', { name: `Un de moins, ${title}` }).click();
  await expect(page.getByText(`${title}\u00a0: 8 en rayon.`)).toBeVisible();
  await row.getByRole('button', { name: `Un de plus, ${title}` }).click();
  await expect(page.getByText(`${title}\u00a0: 9 en rayon.`)).toBeVisible();
});

test('a new order takes the screen of the counter until it was seen', async ({ page, signIn }) => {
  const [shop] = await deskShops(1, 4);
  if (!shop) throw new Error('a shop');
  await signIn(shop.owner, counterOf(shop));
  await expect(page.locator('.takeover')).toBeHidden();
  const sacha = someone('Sacha', 'Vidal');
  const order = await orderAt(shop, 1, sacha.full);
  await expect(page.locator('.takeover')).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('.takeover')).toContainText(sacha.short);
  await page.getByRole('link', { name: 'Voir la commande' }).click();
  await expect(page).toHaveURL(new RegExp(`${order.part.id}$`, 'u'));
  await expect(page.locator('.takeover')).toBeHidden();
});

test('the day greets, and this post speaks the language of who stands at it', async ({ page, signIn }) => {
  const [shop] = await deskShops(1, 4);
  if (!shop) throw new Error('a shop');
  await signIn(shop.owner, `/merchant/${shop.slug}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible();
  await page.goto(`/merchant/${shop.slug}/settings`);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'This post' })).toBeVisible();
  await page.getByRole('button', { name: 'Français' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ce poste' })).toBeVisible();
});
