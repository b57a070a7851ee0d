import type { Browser, Page } from '@playwright/test';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { DAY, instant, plusMs } from '@/lib/kernel';
import { payOut, sendPayouts, sendTransfers } from '@/lib/payouts';
import { settleVouchers } from '@/lib/settlement';
import { expect, signInLinkFor, test } from '../support/browser';
import type { GivenShop } from '../support/builders';
import { given } from '../support/builders';
import type { DeskOrder } from '../support/desk';
import { cityPerson, colleague, giveAway, someone } from '../support/desk';
import { addFrom, cards, centsOf, payWith } from '../support/shopper';

/** The night after, for whoever works while the city sleeps. */
const tonight = { clock: { now: () => plusMs(instant(Date.now()), DAY) }, ids: systemIds };

type Street = Readonly<Record<'pottery' | 'bookshop' | 'teahouse' | 'rescuer', GivenShop & { name: string; slug: string; owner: string }>>;

/** Four shops next door to each other, each of a merchant of its own, which charges ten per cent. */
async function street(word: string): Promise<Street> {
  const open = async (trade: string) => {
    const shop = await given.shop({ name: `${trade} ${word}`, openingHours: 'Mo-Su 00:00-24:00', commissionBps: 1_000 });
    const slug = `${trade}-${word}`.toLowerCase().replaceAll(/[^a-z]+/gu, '-');
    await databaseHandle().sql`update shops set slug = ${slug} where id = ${shop.shopId}`;
    return { ...shop, slug, name: `${trade} ${word}`, owner: await colleague(shop, 'owner', `Chez ${trade}`) };
  };
  return {
    pottery: await open('Poterie'),
    bookshop: await open('Librairie'),
    teahouse: await open('Theiere'),
    rescuer: await open('Comptoir'),
  };
}

/** A page of its own, signed in: each of these people has a device. */
async function deviceOf(
  browser: Browser,
  { email, baseURL, path }: { email: string; baseURL: string | undefined; path: string },
): Promise<Page> {
  const context = await browser.newContext({ baseURL: baseURL ?? '' });
  const page = await context.newPage();
  await page.goto(await signInLinkFor(email, baseURL ?? '', path));
  return page;
}

/** A shop's part of an order. */
async function partAt(orderToken: string, { shopId }: GivenShop): Promise<DeskOrder['part']> {
  const [row] = await databaseHandle().sql<DeskOrder['part'][]>`
    select p.id, p.number, p.pickup_code as code from sub_orders p join orders o on o.id = p.order_id where o.token = ${orderToken} and p.shop_id = ${shopId}`;
  if (!row) throw new Error('the shop has a part of this order');
  return row;
}

/** Accepts, picks everything and hands over by the code, as a counter does. */
async function serve(page: Page, slug: string, { id, number, code }: DeskOrder['part']): Promise<void> {
  await page.goto(`/merchant/${slug}/counter/${id}`);
  await page
    .locator('.work-foot')
    .getByRole('button', { name: /^Accepter/u })
    .click();
  await page
    .getByRole('button', { name: /marquer comme pris$/u })
    .first()
    .click();
  await expect(page.locator('.pick.is-picked')).toHaveCount(1);
  await page.getByRole('button', { name: /^Prête à remettre/u }).click();
  await expect(page.getByText(`${number} prête.`)).toBeVisible();
  await page.goto(`/merchant/${slug}/handover?code=${code}`);
  await page.getByRole('button', { name: /^Remis/u }).click();
  await expect(page.getByText(`${number} remise.`)).toBeVisible();
}

/** The amounts of a row of a table, in cents, as somebody reads them. */
async function rowOf(page: Page, name: RegExp | string, nth = 0): Promise<readonly number[]> {
  const cells = await page.getByRole('row', { name }).nth(nth).getByRole('cell').allInnerTexts();
  return cells.filter((text) => text.includes('€')).map((text) => (/[-−]/u.test(text) ? -centsOf(text) : centsOf(text)));
}

/** The amounts of the slate on the order's page, by their words. */
async function slateOf(page: Page): Promise<Readonly<Record<string, number>>> {
  const list = page.locator('.slate-lines').first();
  const [words, amounts] = [await list.locator('dt').allInnerTexts(), await list.locator('dd').allInnerTexts()];
  return Object.fromEntries(words.map((word, index) => [word.replace(/, finissant par .*/u, ''), centsOf(amounts[index] ?? '')]));
}

test('three shops, a town voucher and a card: refused and re-routed, handed over, one line back elsewhere, and every statement is right to the cent', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(300_000); // half a minute where nobody else is at work; machines are shared
  const { full, short } = someone('Mahaut', 'Delorme');
  const word = full.slice(6, 11);
  const { pottery, bookshop, teahouse, rescuer } = await street(word);
  const [bowl, book, teapot] = [
    await given.listing({ title: `Bol ${word}` }),
    await given.listing({ title: `Carnet ${word}` }),
    await given.listing({ title: `Théière ${word}` }),
  ];
  const wanted = [
    await given.offer({ shop: pottery, priceMinor: 2_000, listing: bowl, stock: 3 }),
    await given.offer({ shop: bookshop, priceMinor: 1_000, listing: book, stock: 3 }),
    await given.offer({ shop: teahouse, priceMinor: 3_000, listing: teapot, stock: 2 }),
  ];
  await given.offer({ shop: rescuer, priceMinor: 3_000, listing: teapot, stock: 2 });
  // 40 euros paid are worth 50: the town adds a quarter. They pay five eighths of an order of 80.
  const code = await given.voucher(4_000, { topUpBps: 12_500, validUntil: plusMs(instant(Date.now()), 30 * DAY), name: `Bon ${word}` });

  // One basket, one payment, two tenders.
  for (const offer of wanted) await addFrom(page, { ...offer, shopId: offer.shop.shopId, slug: 'pain-de-campagne', shopName: '' });
  await page.goto('/panier');
  const first = page.locator('.line', { hasText: bowl.title }).first();
  await first.getByRole('button', { name: 'Ajouter un' }).click();
  await expect(first.locator('.stepper b')).toHaveText('2');
  await page.getByRole('button', { name: 'Commander' }).first().click();
  await page.getByText('Payer tout ou partie avec un bon').click();
  await page.getByLabel('Code du bon').fill(code);
  await page.getByRole('button', { name: 'Ajouter ce bon' }).click();
  await expect(page.getByText('Le bon est ajouté.')).toBeVisible();
  const split = await page.getByTestId('by-card').locator('dd').allInnerTexts();
  expect(split.map(centsOf)).toEqual([5_000, 3_000]);
  await page.getByLabel('Adresse e-mail').fill('mahaut@example.org');
  await page.getByLabel('Nom et prénom').fill(full);
  await page.getByRole('button', { name: 'Commande avec obligation de paiement' }).click();
  await expect(page).toHaveURL(/\/commande\/paiement\//u);
  await payWith(page, cards.accepted);
  await expect(page).toHaveURL(/\/suivi\//u);
  const tracking = page.url();
  const token = new URL(tracking).pathname.split('/').at(-1) ?? '';
  expect(await slateOf(page)).toMatchObject({ Articles: 8_000, [`Réservé sur Bon ${word}`]: 5_000 });

  // The teahouse refuses: the neighbour takes over, and the open page says so.
  await expect(page.locator('[data-link="live"]')).toBeVisible({ timeout: 15_000 });
  const device = (shop: Street['pottery'], path: string) =>
    deviceOf(browser, { email: shop.owner, baseURL, path: `/merchant/${shop.slug}/${path}` });
  const ofTeahouse = await device(teahouse, 'counter');
  const ticket = ofTeahouse.locator('.ticket', { hasText: short });
  await ticket.locator('summary').click();
  await ticket.getByRole('button', { name: 'Trop de travail' }).click();
  await expect(page.getByTestId('rescues')).toContainText(`${rescuer.name}`, { timeout: 15_000 });

  // The pottery hands over at its counter; the other two do it the same way, unseen.
  const ofPottery = await device(pottery, 'counter');
  await serve(ofPottery, pottery.slug, await partAt(token, pottery));
  for (const shop of [bookshop, rescuer]) await giveAway(shop, { part: await partAt(token, shop) });
  const taken = { [`Payé par Bon ${word}`]: 5_000, 'Débité de votre carte': 3_000 };
  await expect(async () => {
    await page.goto(tracking);
    expect(await slateOf(page)).toMatchObject(taken);
  }).toPass({ timeout: 20_000 });

  // One bowl comes back to the bookshop, which did not sell it: twelve fifty to the voucher, seven fifty to the card.
  await page
    .getByRole('link', { name: /^Rendre ou échanger un article/u })
    .first()
    .click();
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Renoncer au contrat ici/u })
    .first()
    .click();
  await page
    .getByLabel(/^Quantité à rendre/u)
    .first()
    .selectOption('1');
  await page.getByRole('radio', { name: new RegExp(`^${bookshop.name}`, 'u') }).check();
  await page.getByRole('button', { name: 'Confirmer la rétractation', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Retour R-/u })).toBeVisible();
  const ofBookshop = await device(bookshop, 'counter/returns');
  const pass = { url: page.url(), code: (await page.locator('.pass-code').innerText()).trim() };
  await ofBookshop.getByLabel('Code du pass de retour').fill(pass.code);
  await ofBookshop.getByRole('button', { name: 'Chercher' }).click();
  await ofBookshop.getByRole('button', { name: 'Accepter', exact: true }).click();
  await expect(ofBookshop.getByText(/accepté, 20,00.€ rendus au client/u)).toBeVisible();
  await expect(async () => {
    await page.goto(pass.url);
    const back = await page.getByTestId('money-back').locator('.figures').allInnerTexts();
    expect(back.map(centsOf)).toEqual([2_000, 1_250, 750]);
    await page.goto(tracking);
    expect(await slateOf(page)).toMatchObject({ ...taken, [`Rendu sur Bon ${word}`]: 1_250, 'Remboursé sur votre carte': 750 });
  }).toPass({ timeout: 20_000 });

  const ofRescuer = await device(rescuer, 'payouts');
  // What each shop reads before the night: worth, commission, VAT on it, what vouchers pay, what is theirs.
  const statement = async (desk: Page, { slug }: { slug: string }) => {
    await desk.goto(`/merchant/${slug}/payouts`);
    return rowOf(desk, /^Total/u);
  };
  await expect(async () => {
    expect(await statement(ofPottery, pottery)).toEqual([2_000, -200, -40, -1_250, 510]);
    expect(await rowOf(ofPottery, /^Vente/u)).toEqual([4_000, -400, -80, -2_500, 1_020]);
    // Each tender got its own back: the card's carries the commission, the voucher's is its issuer's.
    const back = [await rowOf(ofPottery, /^Remboursement/u), await rowOf(ofPottery, /^Remboursement/u, 1)];
    expect(back.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual([
      [-1_250, 0, 0, 1_250, 0],
      [-750, 200, 40, 0, -510],
    ]);
    expect(await statement(ofBookshop, bookshop)).toEqual([1_000, -100, -20, -625, 255]);
    expect(await statement(ofRescuer, rescuer)).toEqual([3_000, -300, -60, -1_875, 765]);
  }).toPass({ timeout: 20_000 });
  await ofTeahouse.goto(`/merchant/${teahouse.slug}/payouts`);
  await expect(ofTeahouse.getByText('Rien à verser pour l’instant')).toBeVisible();

  // The night: issuers settle, transfers go, payouts leave and arrive.
  await settleVouchers(tonight);
  await sendTransfers(tonight);
  await payOut(tonight);
  await sendPayouts(tonight);
  const paid = [
    [ofPottery, pottery, 510],
    [ofBookshop, bookshop, 255],
    [ofRescuer, rescuer, 765],
  ] as const;
  await expect(async () => {
    for (const [desk, { slug }, amount] of paid) {
      await desk.goto(`/merchant/${slug}/payouts`);
      const row = desk.getByRole('link', { name: /^Versement du/u });
      await expect(row).toContainText('arrivé le', { timeout: 1_000 });
      expect(centsOf(await row.locator('.num').innerText())).toBe(amount);
    }
  }).toPass({ timeout: 30_000 });
  await ofPottery.getByRole('link', { name: /^Versement du/u }).click();
  expect(await rowOf(ofPottery, /^Total/u)).toEqual([2_000, -200, -40, -1_250, 510]);

  // The city reads the same: what was paid to whom, what the issuer settled, and the order with both tenders.
  const ofCity = await deviceOf(browser, { email: await cityPerson('finance', 'Aux comptes'), baseURL, path: '/admin/payouts' });
  expect((await rowOf(ofCity, new RegExp(`^${pottery.name} SARL`, 'u'))).at(-1)).toBe(510);
  await ofCity.goto('/admin/vouchers');
  expect(await rowOf(ofCity, new RegExp(`^Bon ${word}`, 'u'))).toEqual([5_000, 3_750, 1_250]);
  const settled = ofCity.getByRole('region', { name: 'Réglé' });
  for (const [{ name }, amount] of [
    [pottery, 1_250],
    [bookshop, 625],
    [rescuer, 1_875],
  ] as const) {
    const cell = settled.getByRole('row', { name: new RegExp(`^${name} SARL`, 'u') }).locator('td.num');
    expect(centsOf(await cell.innerText())).toBe(amount);
  }
  const [order] = await databaseHandle().sql<{ id: string }[]>`select id from orders where token = ${token}`;
  await ofCity.goto(`/admin/orders/${order?.id}`);
  const facts = ofCity.getByRole('region', { name: 'Paiement' });
  for (const [words, amount] of [
    [`Payé par Bon ${word}`, 5_000],
    [`Rendu sur Bon ${word}`, 1_250],
  ] as const)
    expect(centsOf(await facts.locator('dt', { hasText: words }).locator('xpath=following-sibling::dd[1]').innerText())).toBe(amount);
  for (const desk of [ofTeahouse, ofPottery, ofBookshop, ofRescuer, ofCity]) await desk.context().close();
});
