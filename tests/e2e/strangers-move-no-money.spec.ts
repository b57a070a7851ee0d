import { issueFeeDocuments } from '@/lib/billing';
import { DAY, instant, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { expect, test } from '../support/browser';
import { cityPerson, colleague, deskShops, fieldsOf, giveAway, orderAt } from '../support/desk';

/** The city's desks that move money: the form that does, and what somebody would send by it. */
const moneyDesks = [
  ['/admin/payouts', 'form:has([name=statement])', { statement: 'Une retenue que personne n’a décidée.', days: '9' }],
  ['/admin/vouchers', 'form:has([name=providerAccount])', { name: 'Émetteur forgé', providerAccount: 'acct_forged', contact: 'nobody' }],
  ['/admin/commission?subject=city&rate=1', 'form:has([name=from])', { reason: 'Un taux que personne n’a décidé.' }],
  ['/admin/reconciliation', 'form:has([name=day])', { day: '2020-02-02' }],
] as const;

test.describe('the city’s money', () => {
  test.use({ javaScriptEnabled: false });

  test('is moved by whoever keeps its books: their forms, taken along by another role or by a shop, do nothing', async ({
    page,
    signIn,
    baseURL,
  }) => {
    const [mine] = await deskShops(1, 6);
    if (!mine) throw new Error('a shop');
    const { sql } = databaseHandle();
    const counts = async () => {
      const [row] = await sql`
        select (select count(*)::int from payout_holds) as holds, (select count(*)::int from voucher_issuers) as issuers,
          (select count(*)::int from commission_rules) as rates, (select count(*)::int from reconciliations) as days`;
      return row;
    };
    await signIn(await cityPerson('finance', 'Aux comptes'), '/admin/payouts');
    const taken: { readonly path: string; readonly multipart: Readonly<Record<string, string>> }[] = [];
    for (const [path, form, changes] of moneyDesks) {
      await page.goto(path);
      taken.push({ path, multipart: { ...(await fieldsOf(page.locator(form).first())), ...changes } });
    }
    const before = await counts();
    const send = ({ path, multipart }: (typeof taken)[number]) =>
      page.request.post(path, { multipart, headers: { origin: baseURL ?? '', referer: `${baseURL}${path}` } });
    for (const attacker of [await cityPerson('support', 'Au téléphone'), await cityPerson('viewer', 'Un lecteur'), mine.owner]) {
      await page.context().clearCookies();
      await signIn(attacker, '/compte');
      for (const one of taken) {
        const answer = await send(one);
        if (attacker === mine.owner) expect(answer.status(), one.path).toBe(404);
        expect(await answer.text(), one.path).not.toContain('acct_demo');
      }
      if (attacker === mine.owner) continue;
      await page.goto('/admin/payouts');
      await expect(page.getByRole('heading', { level: 1, name: 'Demander l’accès' })).toBeVisible();
      await expect(page.locator('main')).not.toContainText('€');
    }
    expect(await counts()).toEqual(before);

    await page.context().clearCookies();
    await signIn(await cityPerson('finance', 'Aux comptes aussi'), '/admin/vouchers');
    const [, issuer] = taken;
    if (issuer) await send(issuer);
    expect(await counts()).toEqual({ ...before, issuers: Number(before?.['issuers']) + 1 });
  });

  test('has papers that are their merchant’s and the city’s alone', async ({ page, signIn }) => {
    const { sql } = databaseHandle();
    const [mine, theirs] = await deskShops(2, 6);
    if (!mine || !theirs) throw new Error('two shops');
    await giveAway(theirs, await orderAt(theirs, 1, 'Victor Facture'));
    await expect
      .poll(
        async () => {
          await issueFeeDocuments({ clock: { now: () => plusMs(instant(Date.now()), 31 * DAY) }, ids: systemIds });
          return sql`select 1 from commission_documents d join shops s on s.merchant_id = d.merchant_id where s.id = ${theirs.shopId}`;
        },
        { timeout: 30_000 },
      )
      .not.toHaveLength(0);
    const [paper] = await sql<{ id: string }[]>`
      select d.id from commission_documents d join shops s on s.merchant_id = d.merchant_id where s.id = ${theirs.shopId} limit 1`;
    const status = async (path: string) => (await page.request.get(path)).status();
    const paths = [
      `/api/documents/${paper?.id}?shop=${theirs.slug}`,
      `/api/accounts?shop=${theirs.slug}&file=archive&year=2026`,
      `/api/statements?shop=${theirs.slug}`,
    ];
    const asCity = `/api/documents/${paper?.id}`;
    const asked = async () => Promise.all([...paths, `/api/documents/${paper?.id}?shop=${mine.slug}`, asCity].map(status));
    expect(await asked()).toEqual([404, 404, 404, 404, 404]);
    await signIn(mine.owner, '/compte');
    expect(await asked()).toEqual([404, 404, 404, 404, 404]);
    await page.context().clearCookies();
    await signIn(await colleague(theirs, 'manager', 'Une gérante'), '/compte');
    expect(await status(paths[0] ?? '')).toBe(404); // what the city invoices is the owner's
    await page.context().clearCookies();
    await signIn(theirs.owner, '/compte');
    expect(await asked()).toEqual([200, 200, 200, 404, 404]);
    await page.context().clearCookies();
    await signIn(await cityPerson('support', 'Au téléphone'), '/admin');
    expect(await status(asCity)).toBe(404);
    await page.context().clearCookies();
    await signIn(await cityPerson('finance', 'Aux comptes'), '/admin/commission');
    expect(await status(asCity)).toBe(200);
    await expect(page.getByRole('region', { name: 'Factures de commission', exact: true })).toContainText('CF-0000');
  });
});
