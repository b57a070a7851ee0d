import { expect, test } from 'vitest';
import { shopScope } from '@/lib/identity';
import type { SessionView } from '@/lib/identity/views';
import type { OperatorScope, ShopScope } from '@/lib/kernel';
import { DAY, plusMs } from '@/lib/kernel';
import { switchModule } from '@/lib/modules';
import { askOpening, beginShop, companyInput, daysOfHours, decideOpening, getBeginning, hoursInput, LEAST_PRODUCTS, listAskedOpenings, listBegun, moneyInput, parseSiren, receivingInput, saveCompany, saveHours, saveMoney, saveReceiving, saveSign, vatNumberOfSiren } from '@/lib/onboarding'; // prettier-ignore
import { changeCompany, changeMoneyPapers, changeWeek, confirmPapers, dropExceptionalDay, getHours, getPapers, listChangedPapers, partHours, setExceptionalDay } from '@/lib/papers'; // prettier-ignore
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { openOnboardingForm, startOnboarding } from '@/lib/provider';
import { getShopPage, loadShopBook } from '@/lib/shops';
import { given, portsAt, wednesdayMorning } from '../../support/builders';

const ports = portsAt();
const city: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'moderator' };
const SIREN = '552100554'; // the digits agree
const sign = {
  name: 'Bol & Cie',
  trade: 'ceramique',
  address: '12 rue de la Fonderie, 38000 Grenoble',
  phone: '04 65 71 20 20',
  keeper: 'Lise Armand',
};

async function somebody(): Promise<SessionView> {
  await given.city();
  const { sql } = databaseHandle();
  const personId = systemIds.make('person');
  const email = `${personId.toLowerCase()}@example.org`;
  await sql`insert into people (id, email, locale, created_at) values (${personId}, ${email}, 'fr', now())`;
  await sql`insert into addresses (id, label, folded, postcode, town, latitude, longitude) values
    ('adr_1', '12 Rue de la Fonderie, 38000 Grenoble', '12 rue de la fonderie 38000 grenoble', '38000', 'Grenoble', 45.18, 5.72) on conflict do nothing`;
  return { sessionId: systemIds.make('session'), personId, email, name: undefined, locale: 'fr' };
}

async function begun(): Promise<{ session: SessionView; scope: ShopScope; slug: string }> {
  const session = await somebody();
  const shop = await beginShop(session, sign, ports);
  if (!shop.ok) throw new Error(shop.error.kind);
  const { shopId, slug } = shop.value;
  return { session, scope: { kind: 'shop', shopId, personId: session.personId, role: 'owner' }, slug };
}

const company = {
  siren: '552 100 554',
  legalName: 'Bol & Cie SARL',
  legalForm: 'SARL',
  capital: '',
  register: 'RCS Grenoble',
  legalAddress: '12 rue de la Fonderie, 38000 Grenoble',
  email: 'bonjour@bol.example',
  regime: 'normal',
  vatNumber: '',
  professional: 'yes',
  conforming: 'yes',
};
const lines = { Mo: '', Tu: '9 h – 12 h 30, 14h-19h', We: '9:00-12:30', Th: '10h-19h', Fr: '10-19', Sa: '10 h à 18 h 30', Su: '' };

/** Every step but the products. */
async function completed(scope: ShopScope): Promise<void> {
  expect(await saveCompany(scope, companyInput.parse(company), ports)).toMatchObject({ ok: true });
  expect(await saveHours(scope, { ...lines, holidaysOff: true }, ports)).toMatchObject({ ok: true });
  expect(await saveReceiving(scope, receivingInput.parse({ pickup: 'yes', setAside: 'yes', preparation: '20' }), ports)).toMatchObject({
    ok: true,
  });
  const money = { mediatorName: 'Médiation des métiers', mediatorUrl: 'mediation.example', mandate: 'yes' };
  expect(await saveMoney(scope, moneyInput.parse(money), ports)).toMatchObject({ ok: true });
  expect(await startOnboarding(scope, { done: 'http://halles.test/done', again: 'http://halles.test/again' }, ports)).toMatchObject({
    ok: true,
  });
  expect(await openOnboardingForm(scope, ports), 'the demo has no form of its own').toEqual({ ok: false, error: { kind: 'no-form' } });
}

async function stocked(scope: ShopScope): Promise<void> {
  const [{ id: locationId } = { id: '' }] = await databaseHandle().sql<
    { id: never }[]
  >`select id from stock_locations where shop_id = ${scope.shopId}`;
  const shop = { shopId: scope.shopId, locationId: locationId as never, scope };
  for (let count = 0; count < LEAST_PRODUCTS; count += 1) await given.offer({ shop, stock: 1 });
}

test('a number is a SIREN when its digits agree, and its VAT number follows from it', () => {
  expect(parseSiren('552 100 554')).toBe(SIREN);
  expect(parseSiren('55210055400013')).toBe(SIREN);
  expect(['552100555', '55210055400014', '123', '000000000', 'FR552100554'].map(parseSiren)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(vatNumberOfSiren(SIREN)).toBe('FR96552100554');
  expect(companyInput.parse({ ...company, vatNumber: 'fr 96 552 100 554' }).vatNumber).toBe('FR96552100554');
  expect(companyInput.safeParse({ ...company, vatNumber: 'FR99552100554' }).error?.issues).toMatchObject([
    { path: ['vatNumber'], message: 'vat-number-wrong' },
  ]);
  expect(companyInput.parse({ ...company, regime: 'exempt' }).vatNumber).toBeUndefined();
  expect(companyInput.safeParse({ ...company, conforming: undefined }).error?.issues).toMatchObject([
    { path: ['conforming'], message: 'must-agree' },
  ]);
});

test('hours of a line a day are read as people write them, and a line that is not is named', async () => {
  const { scope } = await begun();
  expect(await saveHours(scope, { ...hoursInput.parse(lines), holidaysOff: true }, ports)).toMatchObject({ ok: true });
  const hours = (await getBeginning(scope))?.openingHours ?? '';
  expect(hours).toBe('Tu 09:00-12:30,14:00-19:00; We 09:00-12:30; Th 10:00-19:00; Fr 10:00-19:00; Sa 10:00-18:30; PH off');
  expect(daysOfHours(hours).Tu).toBe('09:00 – 12:30, 14:00 – 19:00');
  expect(await saveHours(scope, { ...lines, Fr: '19h-9h', holidaysOff: false }, ports)).toEqual({
    ok: false,
    error: { kind: 'hours-unreadable', day: 'Fr' },
  });
  expect(await saveHours(scope, { ...lines, Tu: '9h-13h, 12h-19h', holidaysOff: false }, ports)).toMatchObject({ error: { day: 'Tu' } });
});

test('a shop in preparation is its owner’s alone, and another begun at once gets another address', async () => {
  const session = await somebody();
  const shops = await Promise.all([beginShop(session, sign, ports), beginShop(session, sign, ports), beginShop(session, sign, ports)]);
  const slugs = shops.flatMap((shop) => (shop.ok ? [shop.value.slug] : []));
  expect(new Set(slugs).size).toBe(3);
  expect(await listBegun(session.personId)).toHaveLength(3);
  const [slug = ''] = slugs;
  expect(await getShopPage(slug, 'fr')).toBeUndefined();
  expect((await loadShopBook(wednesdayMorning)).bySlug(slug)).toBeUndefined();
  expect(await shopScope(session, slug, 'owner')).toMatchObject({ ok: true });
  expect(await shopScope(await somebody(), slug)).toMatchObject({ ok: false, error: { kind: 'absent' } });
  await Promise.all([beginShop(session, sign, ports), beginShop(session, sign, ports)]);
  expect(await beginShop(session, sign, ports)).toEqual({ ok: false, error: { kind: 'too-many-begun', most: 5 } });
  expect(await beginShop(session, { ...sign, address: '9999 boulevard Inconnu' }, ports)).toMatchObject({
    ok: false,
    error: { kind: 'address-unknown' },
  });
  await databaseHandle().sql`delete from role_grants where person_id = ${session.personId}`;
  expect(await listBegun(session.personId), 'whoever left the team').toEqual([]);
});

test('nothing opens before everything the law asks is there; each missing paper is named', async () => {
  const { scope, slug } = await begun();
  const refused = await askOpening(scope, ports);
  expect(refused).toMatchObject({ ok: false, error: { kind: 'papers-missing' } });
  expect((await getBeginning(scope))?.missing.map(({ what }) => what)).toEqual(['company', 'declarations', 'vat-regime', 'hours', 'receiving', 'products', 'mediator', 'mandate', 'account']); // prettier-ignore
  await completed(scope);
  expect((await getBeginning(scope))?.missing).toEqual([{ step: 'products', what: 'products' }]);
  await stocked(scope);
  expect(await askOpening(scope, ports)).toEqual({ ok: true, value: { state: 'asked' } });

  // A window: seen, not sold from; and closed to change while the city reads.
  expect((await loadShopBook(wednesdayMorning)).bySlug(slug)).toMatchObject({ level: 'window', vatRegime: 'normal' });
  expect(await saveSign(scope, sign, ports)).toEqual({ ok: false, error: { kind: 'not-open-to-change' } });
  expect((await listAskedOpenings(city)).map((one) => one.slug)).toContain(slug);

  const decision = { shopId: scope.shopId, verdict: 'refuse', reason: '' } as const;
  expect(await decideOpening(city, decision, ports)).toEqual({ ok: false, error: { kind: 'reason-missing' } });
  expect(await decideOpening(city, { ...decision, reason: 'Le nom légal n’est pas celui du registre.' }, ports)).toMatchObject({
    ok: true,
  });
  expect(await getBeginning(scope)).toMatchObject({ state: 'refused', reason: 'Le nom légal n’est pas celui du registre.' });
  expect((await loadShopBook(wednesdayMorning)).bySlug(slug)).toBeUndefined();

  await saveCompany(scope, companyInput.parse({ ...company, legalName: 'Bol et Compagnie SARL' }), portsAt(plusMs(wednesdayMorning, DAY)));
  expect(await askOpening(scope, ports)).toMatchObject({ ok: true });
  const approvals = await Promise.all([1, 2, 3].map(() => decideOpening(city, { ...decision, verdict: 'approve' }, ports)));
  expect(approvals.filter((one) => one.ok)).toHaveLength(1);
  expect((await loadShopBook(wednesdayMorning)).bySlug(slug)).toMatchObject({ level: 'sell', merchantName: 'Bol et Compagnie SARL' });
});

test('where the city says so, a complete file opens at once', async () => {
  await switchModule(city, { name: 'automatic-openings', enabled: true, isConfirmed: true }, ports);
  const { scope, slug } = await begun();
  await completed(scope);
  await stocked(scope);
  expect(await askOpening(scope, ports)).toEqual({ ok: true, value: { state: 'approved' } });
  expect((await loadShopBook(wednesdayMorning)).bySlug(slug)?.level).toBe('sell');
  await switchModule(city, { name: 'automatic-openings', enabled: false, isConfirmed: true }, ports);
});

test('an open shop changes its week and single days; what holds is what was said last, and only of itself', async () => {
  const [shop, neighbour] = [await given.shop(), await given.shop()];
  const before = (await loadShopBook(wednesdayMorning)).get(neighbour.shopId)?.openingHours;
  const written = async () => (await loadShopBook(wednesdayMorning)).get(shop.shopId);
  expect(await changeWeek(shop.scope, { ...lines, Tu: 'le matin', holidaysOff: true }, ports)).toEqual({
    ok: false,
    error: { kind: 'hours-unreadable', day: 'Tu' },
  });
  expect(await changeWeek(shop.scope, { ...lines, holidaysOff: true }, ports)).toMatchObject({ ok: true });
  // Thursday the 26th is a late evening, Friday the 27th an inventory; the day before yesterday is over.
  expect(await setExceptionalDay(shop.scope, { date: '2026-11-26', line: '18 h – 22 h' }, ports)).toMatchObject({ ok: true });
  expect(await setExceptionalDay(shop.scope, { date: '2026-11-27', line: '9 h – 10 h' }, ports)).toMatchObject({ ok: true });
  expect(await setExceptionalDay(shop.scope, { date: '2026-11-27', line: '' }, ports)).toMatchObject({ ok: true });
  const local = ({ from, to }: { from: number; to: number }) => [from, to].map((at) => new Date(at).toISOString().slice(5, 16));
  expect((await written())?.openings.slice(0, 3).map(local)).toEqual([
    ['11-25T08:00', '11-25T11:30'],
    ['11-26T17:00', '11-26T21:00'],
    ['11-28T09:00', '11-28T17:30'],
  ]);
  for (const date of ['2026-11-23', '2028-01-01', '2026-02-30', 'demain'])
    expect(await setExceptionalDay(shop.scope, { date, line: '' }, ports)).toEqual({ ok: false, error: { kind: 'day-wrong' } });
  expect(await setExceptionalDay(shop.scope, { date: '2026-11-28', line: 'tard' }, ports)).toMatchObject({ ok: false });
  expect(await getHours(shop.scope, wednesdayMorning)).toMatchObject({
    isShown: true,
    holidaysOff: true,
    lines: { Mo: '', Tu: '09:00 – 12:30, 14:00 – 19:00' },
    days: [
      { date: '2026-11-26', line: '18:00 – 22:00' },
      { date: '2026-11-27', line: '' },
    ],
  });
  // Another week keeps the days; a day later the first is over, and dropped days follow the week again.
  const tomorrow = portsAt(plusMs(wednesdayMorning, 2 * DAY));
  expect(await changeWeek(shop.scope, { ...lines, Sa: '', holidaysOff: false }, tomorrow)).toMatchObject({ ok: true });
  expect((await written())?.openingHours).toBe(
    'Tu 09:00-12:30,14:00-19:00; We 09:00-12:30; Th 10:00-19:00; Fr 10:00-19:00; 2026 Nov 27 off',
  );
  await dropExceptionalDay(shop.scope, '2026-11-27', tomorrow);
  expect((await written())?.openingHours).not.toContain('2026');
  expect((await loadShopBook(wednesdayMorning)).get(neighbour.shopId)?.openingHours).toBe(before);
});

test.each([
  ['Mo-Fr 09:00-12:00; Sa off; PH off; 2026 Dec 24 09:00-12:00', { Mo: '09:00-12:00', Fr: '09:00-12:00', Sa: '', Su: '' }, true],
  ['Tu,Th-Sa 10:00-19:00', { Mo: '', Tu: '10:00-19:00', We: '', Sa: '10:00-19:00' }, false],
  ['Mo-Fr 09:00-sunset', undefined, false],
])('hours as they are written elsewhere are shown where a line a day can show them: %s', (text, week, holidaysOff) => {
  const parts = partHours(text);
  if (week === undefined) expect(parts.week).toBeUndefined();
  else expect(parts).toMatchObject({ week, holidaysOff });
});

test('the owner of an open shop states its company anew; the city looks again, and another company is another shop', async () => {
  const { scope } = await begun();
  const neighbour = await given.shop();
  await completed(scope);
  const { sql } = databaseHandle();
  await sql`update shops set level = 'sell' where id = ${scope.shopId}`;
  await sql`update merchants set verified_at = now() where true`;
  const next = plusMs(wednesdayMorning, DAY);
  const moved = companyInput.parse({ ...company, legalAddress: '1 place Grenette, 38000 Grenoble', regime: 'exempt', capital: '8 000 €' });
  expect(await changeCompany(scope, { ...moved, siren: '443061841' }, portsAt(next))).toEqual({
    ok: false,
    error: { kind: 'other-company' },
  });
  const same = companyInput.parse({ ...company, email: 'atelier@bol.example' });
  expect(await changeCompany(scope, same, portsAt(next))).toEqual({ ok: true, value: { isLookedAtAgain: false } });
  expect(await listChangedPapers(city)).toEqual([]);
  expect(await changeCompany(scope, moved, portsAt(next))).toEqual({ ok: true, value: { isLookedAtAgain: true } });
  expect(await getPapers(scope)).toMatchObject({
    company: { address: '1 place Grenette, 38000 Grenoble', regime: 'exempt', vatNumber: '', capital: '8 000 €' },
    declaredAt: next,
    verifiedAt: undefined,
    mandate: { isCurrent: true },
  });
  const [changed] = await listChangedPapers(city);
  expect(changed).toMatchObject({ legalName: 'Bol & Cie SARL', declaredAt: next });
  if (!changed) throw new Error('the city is told');
  const { merchantId } = changed;
  expect(await confirmPapers(city, { merchantId, declaredAt: 1 }, portsAt(next))).toMatchObject({ ok: false });
  expect(await confirmPapers(city, { merchantId, declaredAt: next }, portsAt(next))).toMatchObject({ ok: true });
  expect(await listChangedPapers(city)).toEqual([]);
  // A mandate in older words is signed again, once; the neighbour's papers are its own.
  await sql`update invoice_mandates set version = '2020-01' where merchant_id = ${merchantId}`;
  const mediator = { mediatorName: 'Médiation du commerce', mediatorUrl: 'https://mediation.example' };
  await changeMoneyPapers(scope, mediator, portsAt(next));
  await changeMoneyPapers(scope, mediator, portsAt(plusMs(next, DAY)));
  const mandates = await sql`select revoked_at is null as live from invoice_mandates where merchant_id = ${merchantId} order by signed_at`;
  expect(mandates.map(({ live }) => live)).toEqual([false, true]);
  expect(await getPapers(neighbour.scope)).not.toMatchObject({ mediatorName: 'Médiation du commerce' });
});
