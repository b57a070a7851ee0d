import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq, isNotNull } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { reference } from '@/db/seed';
import { categories, people, roleGrants, stockLocations } from '@/db/schema';
import { foundCity, getOpening, readCityFile, renewAddresses } from '@/lib/founding';
import { ensurePerson } from '@/lib/identity';
import type { OperatorScope, ShopScope } from '@/lib/kernel';
import { askOpening, beginShop, companyInput, decideOpening, LEAST_PRODUCTS, moneyInput, receivingInput, saveCompany, saveHours, saveMoney, saveReceiving } from '@/lib/onboarding'; // prettier-ignore
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { startOnboarding } from '@/lib/provider';
import { given, portsAt, wednesdayMorning } from '../../support/builders';
import { addressLines, besancon } from '../../support/city-file';
import { paidOrder, partsOf } from '../../support/paid-order';

const ports = portsAt();
const folder = mkdtempSync(join(tmpdir(), 'halles-first-order-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The city as its founder leaves it: nobody but the first admin is there. */
async function foundedCity(): Promise<OperatorScope> {
  const read = readCityFile(JSON.stringify(besancon));
  if (!read.ok) throw new Error(read.error.problems.join('\n'));
  expect(await foundCity(read.value, reference, ports)).toEqual({ ok: true, value: undefined });
  const path = join(folder, 'adresses-25.csv');
  writeFileSync(path, addressLines(['25056_1', '12', 'Grande Rue', 6.025, 47.236]));
  expect(await renewAddresses({ path, withinMetres: 15_000 })).toMatchObject({ ok: true });
  const [admin] = await reader().select({ personId: people.id }).from(people).innerJoin(roleGrants, eq(roleGrants.personId, people.id));
  if (!admin) throw new Error('nobody was made an admin');
  return { kind: 'operator', personId: admin.personId, role: 'admin' };
}

/** A potter opens by the six steps, without anybody's help. */
async function potterBegins(): Promise<ShopScope> {
  const person = await ensurePerson(reader(), { email: 'lise@bol.example', locale: 'fr', now: wednesdayMorning, ids: systemIds });
  const session = {
    sessionId: systemIds.make('session'),
    personId: person.id,
    email: person.email,
    name: undefined,
    locale: 'fr',
  } as const;
  const sign = {
    name: 'Bol & Cie',
    trade: 'ceramique',
    address: '12 Grande Rue, 25000 Besançon',
    phone: '03 65 71 20 20',
    keeper: 'Lise Armand',
  };
  const begun = await beginShop(session, sign, ports);
  if (!begun.ok) throw new Error(begun.error.kind);
  const scope: ShopScope = { kind: 'shop', shopId: begun.value.shopId, personId: person.id, role: 'owner' };
  const company = { siren: '552 100 554', legalName: 'Bol & Cie SARL', legalForm: 'SARL', capital: '', register: 'RCS Besançon', legalAddress: sign.address, email: 'lise@bol.example', regime: 'normal', vatNumber: '', professional: 'yes', conforming: 'yes' }; // prettier-ignore
  await saveCompany(scope, companyInput.parse(company), ports);
  await saveHours(
    scope,
    { Mo: '', Tu: '9h-19h', We: '9h-19h', Th: '9h-19h', Fr: '9h-19h', Sa: '9h-18h', Su: '', holidaysOff: true },
    ports,
  );
  await saveReceiving(scope, receivingInput.parse({ pickup: 'yes', setAside: 'yes', preparation: '20' }), ports);
  await saveMoney(
    scope,
    moneyInput.parse({ mediatorName: 'Médiation des métiers', mediatorUrl: 'mediation.example', mandate: 'yes' }),
    ports,
  );
  await startOnboarding(scope, { done: 'http://halles.test/done', again: 'http://halles.test/again' }, ports);
  return scope;
}

/** Things of a department that came with the city, with the rate the law gives it. */
async function shelfOf(scope: ShopScope) {
  const [department] = await reader()
    .select()
    .from(categories)
    .where(and(isNotNull(categories.parentId), eq(categories.vatCategory, 'standard')))
    .limit(1);
  const [location] = await reader().select().from(stockLocations).where(eq(stockLocations.shopId, scope.shopId));
  if (!department || !location) throw new Error('the city has no department, or the shop no shelf');
  const shop = { shopId: scope.shopId, locationId: location.id, scope };
  const offers = [];
  for (let count = 0; count < LEAST_PRODUCTS; count += 1) {
    const listing = await given.listing({ categoryId: department.id, title: `Bol ${count}` });
    offers.push(await given.offer({ shop, listing, stock: 3, vatCategory: department.vatCategory }));
  }
  return offers;
}

test('from an empty database: a city is founded, a shop opens itself, the city says yes, and a stranger’s order is paid and offered to it', async () => {
  const city = await foundedCity();
  const scope = await potterBegins();
  const [bowl] = await shelfOf(scope);
  const shopStep = async () => (await getOpening(city)).find(({ name }) => name === 'shops');
  expect(await askOpening(scope, ports)).toEqual({ ok: true, value: { state: 'asked' } });
  expect(await shopStep(), 'one that is only looked at does not open a city').toMatchObject({ count: 0, needed: 10, state: 'open' });
  expect(await decideOpening(city, { shopId: scope.shopId, verdict: 'approve', reason: '' }, ports)).toMatchObject({ ok: true });
  expect(await shopStep()).toMatchObject({ count: 1, state: 'open' });
  if (!bowl) throw new Error('the shelf is empty');
  const order = await paidOrder([{ offer: bowl, quantity: 2 }], ports);
  expect(await partsOf(order)).toMatchObject([{ shopId: scope.shopId, state: 'offered', totalMinor: 2 * bowl.priceMinor }]);
});
