import type { Locator, Page } from '@playwright/test';
import { databaseHandle } from '@/lib/platform/database';
import { expect, expectAccessible, test } from '../support/browser';
import { cityPerson, colleague, type DeskOrder, type DeskShop, deskShops, fieldsOf, orderAt, stateOf } from '../support/desk';

const shopPages = ['', '/counter', '/handover', '/stock', '/settings', '/payouts', '/documents', '/team'] as const;
const cityPages = [
  '/admin',
  '/admin/orders',
  '/admin/orders/export',
  '/admin/runs',
  '/admin/shops',
  '/admin/mailbox',
  '/admin/parked',
  '/admin/payouts',
  '/admin/vouchers',
  '/admin/vouchers/new',
  '/admin/commission',
  '/admin/reconciliation',
  '/admin/closings',
  '/admin/disputes',
  '/admin/team',
  '/admin/modules',
] as const;

/** A 404 that says nothing about whose page it is. */
async function expectNothing(page: Page, path: string, secrets: readonly string[]): Promise<void> {
  const answer = await page.request.get(path);
  expect(answer.status(), path).toBe(404);
  const html = await answer.text();
  for (const secret of secrets) expect(html, `${path} must not say ${secret}`).not.toContain(secret);
}

async function twoShops(): Promise<{ readonly mine: DeskShop; readonly theirs: DeskShop; readonly order: DeskOrder }> {
  const [mine, theirs] = await deskShops(2, 6);
  if (!mine || !theirs) throw new Error('two shops');
  return { mine, theirs, order: await orderAt(theirs, 1, 'Victor Secret') };
}

test('nobody signed in: every desk asks who it is, and leads back to the page wanted', async ({ page }) => {
  const { theirs, order } = await twoShops();
  const pages = [
    '/merchant',
    ...shopPages.map((path) => `/merchant/${theirs.slug}${path}`),
    `/merchant/${theirs.slug}/counter/${order.part.id}`,
    '/merchant/no-such-shop',
    ...cityPages,
    `/admin/orders/${order.orderId}`,
  ];
  for (const path of pages) {
    await page.goto(path);
    const url = new URL(page.url());
    expect(url.pathname, path).toBe('/connexion');
    expect(url.searchParams.get('callbackUrl'), path).toBe(path);
    expect(await page.content()).not.toContain(theirs.name);
  }
  await page.goto('/compte');
  expect(new URL(page.url()).pathname).toBe('/connexion');
});

test('another shop’s pages are not there, by address or by id, and one’s own are', async ({ page, signIn }) => {
  const { mine, theirs, order } = await twoShops();
  await signIn(mine.owner, `/merchant/${mine.slug}`);
  for (const path of shopPages) await expectNothing(page, `/merchant/${theirs.slug}${path}`, [theirs.name, 'Victor']);
  await expectNothing(page, `/merchant/${theirs.slug}/counter/${order.part.id}`, [theirs.name, 'Victor']);
  await expectNothing(page, `/merchant/${mine.slug}/counter/${order.part.id}`, [theirs.name, 'Victor']);
  await expectNothing(page, `/merchant/${mine.slug}/counter/sub_nonsense`, []);
  for (const path of cityPages) await expectNothing(page, path, ['Victor']);
  await expectNothing(page, `/admin/orders/${order.orderId}`, ['Victor', theirs.name]);
  for (const path of shopPages) expect((await page.goto(`/merchant/${mine.slug}${path}`))?.status(), path).toBe(200);
});

/** What an attacker sends: the form of a page as it is, with some of its fields changed. */
async function sendForged(
  page: Page,
  form: Locator,
  changes: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly html: string }> {
  const multipart = { ...(await fieldsOf(form)), ...changes };
  const answer = await page.request.post(page.url(), { multipart, headers: { origin: new URL(page.url()).origin, referer: page.url() } });
  return { status: answer.status(), html: await answer.text() };
}

test.describe('forms as they are sent without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a form of one’s own page cannot act on another shop', async ({ page, signIn }) => {
    const { mine, theirs, order } = await twoShops();
    const own = await orderAt(mine, 1, 'Mireille Propre');
    await signIn(mine.owner, `/merchant/${mine.slug}/counter/${own.part.id}`);
    const form = page.locator('.work-foot form.foot-main');
    const foreignOrder = await sendForged(page, form, { subOrderId: order.part.id });
    expect(foreignOrder.html).toContain('Cette commande n’est pas dans votre boutique.');
    const foreignShop = await sendForged(page, form, { shop: theirs.slug, subOrderId: order.part.id });
    expect(foreignShop.status).toBe(404);
    expect(foreignShop.html).not.toContain(theirs.name);
    const nonsense = await sendForged(page, form, { subOrderId: 'sub_nonsense' });
    expect(nonsense.html).toContain('Rien n’a changé');
    expect(await stateOf(order.part)).toBe('offered');
    expect(await stateOf(own.part)).toBe('offered');

    await form.getByRole('button').click();
    await expect(page.getByText(`${own.part.number} acceptée.`)).toBeVisible();
    expect(await stateOf(own.part)).toBe('accepted');
  });

  test('a form cannot count another shop’s stock', async ({ page, signIn }) => {
    const { mine, theirs } = await twoShops();
    const { sql } = databaseHandle();
    const [foreign] = await sql<{ id: string; onHand: number }[]>`
      select o.id, l.on_hand as "onHand" from offers o join stock_levels l on l.offer_id = o.id where o.shop_id = ${theirs.shopId} order by o.id limit 1`;
    await signIn(mine.owner, `/merchant/${mine.slug}/stock`);
    const form = page.locator('.stock-row form', { has: page.locator('input[name=counted]') }).first();
    const forged = await sendForged(page, form, { offerId: foreign?.id ?? '', counted: '4711' });
    expect(forged.html).toContain('Cet article n’est pas dans votre boutique.');
    const [after] = await sql<{ onHand: number }[]>`select on_hand as "onHand" from stock_levels where offer_id = ${foreign?.id ?? ''}`;
    expect(after?.onHand).toBe(foreign?.onHand);

    const absurd = await sendForged(page, form, { counted: '999999999' });
    expect(absurd.html).toContain('Ce nombre est trop grand');
    const honest = await sendForged(page, form, { counted: '6' });
    expect(honest.html).toContain('6 en rayon.');
  });
});

test.describe('what the city offers', () => {
  test.use({ javaScriptEnabled: false });

  test('is switched by its administrators: their form, taken along by another role or by a shop, does nothing', async ({
    page,
    signIn,
    baseURL,
  }) => {
    const { mine } = await twoShops();
    const { sql } = databaseHandle();
    const isOn = async () => (await sql<{ enabled: boolean }[]>`select enabled from modules where name = 'alerts'`)[0]?.enabled ?? true;
    await signIn(await cityPerson('admin', 'Une administratrice'), '/admin/modules');
    const form = page.locator('form', { has: page.locator('input[name=name][value=alerts]') });
    const multipart = { ...(await fieldsOf(form)), enabled: 'no', isConfirmed: 'yes' };
    for (const attacker of [await cityPerson('support', 'Au téléphone'), await cityPerson('moderator', 'À la relecture'), mine.owner]) {
      await page.context().clearCookies();
      await signIn(attacker, '/compte');
      await page.request.post('/admin/modules', { multipart, headers: { origin: baseURL ?? '', referer: `${baseURL}/admin/modules` } });
      expect(await isOn()).toBe(true);
    }
    await page.context().clearCookies();
    await signIn(await cityPerson('admin', 'Un administrateur'), '/admin/modules');
    await form.getByRole('button', { name: /^Éteindre, /u }).click();
    await expect(page.getByText('Prévenez-moi : éteint.')).toBeVisible();
    expect(await isOn()).toBe(false);
    await form.getByRole('button', { name: /^Allumer, /u }).click();
    await expect(page.getByText('Prévenez-moi : allumé.')).toBeVisible();
  });
});

test('a role too small inside one’s own house is shown whom to ask, not a wall', async ({ page, signIn }) => {
  const { mine } = await twoShops();
  await signIn(await colleague(mine, 'counter', 'Au comptoir'), '/merchant');
  await expect(page).toHaveURL(new RegExp(`/merchant/${mine.slug}/counter$`, 'u'));
  await expect(page.getByRole('link', { name: 'Journée' })).toHaveCount(0);
  expect((await page.goto(`/merchant/${mine.slug}`))?.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1, name: 'Demander l’accès' })).toBeVisible();
  await expect(page.locator('body')).not.toContainText('€');
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Demander l’accès à/u }).click();
  await expect(page.getByText(/^Demande envoyée à/u)).toBeVisible();

  await page.context().clearCookies();
  await signIn(await colleague(mine, 'manager', 'Une gérante'), `/merchant/${mine.slug}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible();
});

test('the city’s mail is for those who may read it', async ({ page, signIn }) => {
  await signIn(await cityPerson('viewer', 'Un lecteur'), '/admin');
  await expect(page.getByRole('link', { name: 'Boîte aux lettres' })).toHaveCount(0);
  await page.goto('/admin/mailbox');
  await expect(page.getByRole('heading', { level: 1, name: 'Demander l’accès' })).toBeVisible();
  await page.context().clearCookies();
  await signIn(await cityPerson('admin', 'Une administratrice'), '/admin/mailbox');
  await expect(page.getByRole('heading', { level: 1, name: 'Boîte aux lettres' })).toBeVisible();
});

test('an operator’s desk is not a shop’s desk', async ({ page, signIn }) => {
  const { theirs } = await twoShops();
  await signIn(await cityPerson('admin', 'Une administratrice'), '/admin');
  await expectNothing(page, `/merchant/${theirs.slug}`, [theirs.name]);
  await expectNothing(page, '/merchant', []);
  for (const id of ['ord_nonsense', 'ord_01ARZ3NDEKTSV4RRFFQ69G5FAV']) await expectNothing(page, `/admin/orders/${id}`, []);
});

test('signing out ends the session for every copy of its cookie', async ({ page, signIn }) => {
  const { mine } = await twoShops();
  await signIn(mine.owner, `/merchant/${mine.slug}/settings`);
  const stolen = await page.context().cookies();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(page).toHaveURL(/\/$/u, { timeout: 30_000 });
  await page.context().addCookies(stolen);
  await page.goto(`/merchant/${mine.slug}`);
  expect(new URL(page.url()).pathname).toBe('/connexion');
});

test('what a browser may watch live is what it may read', async ({ page, signIn }) => {
  const { mine, theirs } = await twoShops();
  const watch = (query: string) =>
    page.evaluate(async (path) => {
      const stop = new AbortController();
      const answer = await fetch(path, { signal: stop.signal });
      stop.abort();
      return answer.status;
    }, `/api/live?${query}`);
  await page.goto('/connexion');
  for (const query of [`shop=${mine.slug}`, 'city=1', 'order=nonsense']) expect(await watch(query), query).toBe(404);
  await signIn(mine.owner, `/merchant/${mine.slug}/settings`);
  expect(await watch(`shop=${mine.slug}`)).toBe(200);
  for (const query of [`shop=${theirs.slug}`, 'city=1']) expect(await watch(query), query).toBe(404);
  const foreign = await orderAt(theirs, 1, 'Victor Secret');
  for (const shop of [mine.slug, theirs.slug, '']) {
    expect((await page.request.post(`/api/labels/${foreign.part.id}?shop=${shop}`)).status(), `a label at ${shop}`).toBe(404);
  }
  const tap = (shop: string) =>
    page.request.post('/api/counter', {
      data: { shop, key: `stranger-${shop}`, at: Date.now(), act: 'accept', fields: { subOrderId: foreign.part.id } },
    });
  expect((await tap(theirs.slug)).status(), 'a tap at another shop').toBe(404);
  const answer = await tap(mine.slug);
  expect(answer.status(), 'a tap on another shop’s order').toBe(409);
  expect(await answer.text()).not.toContain('Victor');
  expect(await stateOf(foreign.part)).toBe('offered');
});

test('a link that was used says so and offers another; a wrong address is said at the field', async ({ page, signIn }) => {
  const { mine } = await twoShops();
  await signIn(mine.owner, '/compte');
  await expect(page.getByRole('heading', { level: 1, name: 'Mon compte' })).toBeVisible();
  await page.context().clearCookies();
  await page.goto('/api/auth/callback/email?callbackUrl=%2Fcompte&token=used-before&email=x%40example.org');
  await expect(page.getByText('Ce lien a déjà servi')).toBeVisible();
  await page.getByLabel('Adresse e-mail').fill('pas une adresse');
  await page.getByRole('button', { name: 'Recevoir un lien' }).click();
  await expect(page.locator('#email-error')).toContainText('adresse e-mail complète');
  await expect(page.getByLabel('Adresse e-mail')).toHaveValue('pas une adresse');
  await page.getByLabel('Adresse e-mail').fill('quelqu.un@example.org');
  await page.getByRole('button', { name: 'Recevoir un lien' }).click();
  await expect(page.getByRole('heading', { name: 'Regardez vos messages' })).toBeVisible();
  await expectAccessible(page);
});
