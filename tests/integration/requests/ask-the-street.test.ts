import sharp from 'sharp';
import { expect, test } from 'vitest';
import { getBasket } from '@/lib/basket';
import { listMatches } from '@/lib/catalogue';
import { requestScope } from '@/lib/identity';
import type { Instant, OperatorScope, RequestScope, ShopperScope } from '@/lib/kernel';
import { DAY, HOUR, plusMs } from '@/lib/kernel';
import { mailRequestOffer, mailShopRequest } from '@/lib/messaging';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import {
  acceptOffer,
  answerRequest,
  askShops,
  closeRequest,
  compareTaken,
  expireRequests,
  getRequest,
  listOpenRequests,
  listShopRequests,
  readPhoto,
  removeRequest,
} from '@/lib/requests';
import { compareWholeIndex } from '@/lib/search';
import { given, portsAt, wednesdayMorning, type GivenShop } from '../../support/builders';
import { whileOff } from '../../support/switched-off';

const ports = portsAt();
const guest: ShopperScope = { kind: 'shopper', personId: undefined, basketId: undefined };
const city: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'moderator' };

let streets = 0;

/** Some shops that sell such things, and one that sells something else. */
async function street(count = 2) {
  streets += 1;
  const word = `quincaille${'abcdefghijklmnop'.charAt(streets)}${'bcdfghjklmnpqrst'.charAt(streets)}`; // a kind of thing no other street has
  const categoryId = await given.category();
  const shops: GivenShop[] = [];
  for (let at = 0; at < count; at += 1) {
    const shop = await given.shop();
    await given.offer({ shop, listing: await given.listing({ title: `${word} ${at}`, categoryId }) });
    shops.push(shop);
  }
  const other = await given.shop();
  await given.offer({ shop: other, listing: await given.listing({ title: 'Pneu de tracteur' }) });
  await compareWholeIndex(); // the shops are in the index
  const [first] = shops;
  if (!first) throw new Error('a street has a shop');
  return { word, shops, first, other };
}

let addresses = 0;
const newAddress = () => `203.0.113.${(addresses += 1)}`;

async function asked(words: string, more: Partial<Parameters<typeof askShops>[0]> = {}, now: Instant = wednesdayMorning) {
  const outcome = await askShops({ words, locale: 'fr', address: newAddress(), ...more }, portsAt(now));
  if (!outcome.ok) throw new Error(outcome.error.kind);
  const scope = await requestScope(outcome.value.token);
  if (!scope) throw new Error('the link opens the request');
  return { scope, ...outcome.value };
}

const shown = (scope: RequestScope, now: Instant = wednesdayMorning) => getRequest(scope, { place: undefined, now });
const yes = { answer: 'yes', title: 'Théière en fonte 0,8 l', priceMinor: 4_590, quantity: 2, available: 'now' } as const;

test('the shops that sell such things are asked, the others are not', async () => {
  const { word, first, shops, other } = await street();
  const { scope, shops: count } = await asked(`${word} en fonte`);
  expect(count).toBe(shops.length);
  expect(await listShopRequests(first.scope, wednesdayMorning)).toMatchObject([{ requestId: scope.requestId, offered: undefined }]);
  expect(await listShopRequests(other.scope, wednesdayMorning)).toEqual([]);
  expect(await shown(scope)).toMatchObject({ state: 'open', shopsAsked: shops.length, shopsSilent: shops.length, offers: [] });
});

test('an offer that is taken is on sale there, counted, and in the basket with that shop chosen; again changes nothing', async () => {
  const { word, first } = await street();
  const { scope } = await asked(`${word} en fonte`);
  expect(await answerRequest(first.scope, scope.requestId, yes, ports)).toEqual({ ok: true, value: { state: 'offered', missing: [] } });
  expect((await shown(scope))?.offers).toMatchObject([{ shopId: first.shopId, priceMinor: 4_590, isAccepted: false }]);

  const taken = await acceptOffer(scope, guest, { shopId: first.shopId, quantity: 1, locale: 'fr' }, ports);
  if (!taken.ok) throw new Error(taken.error.kind);
  const owner: ShopperScope = { ...guest, basketId: taken.value.basketId };
  const basket = await getBasket(owner, wednesdayMorning);
  expect(basket?.groups).toMatchObject([{ shop: { shopId: first.shopId } }]);
  expect(JSON.stringify(basket)).toContain(yes.title);
  const { sql } = databaseHandle();
  const levels = await sql`select s.on_hand, o.price_minor::int, b.shop_chosen from basket_lines b join offers o on o.id = b.offer_id
    join stock_levels s on s.offer_id = o.id where b.basket_id = ${taken.value.basketId}`;
  expect(levels).toMatchObject([{ on_hand: 2, price_minor: 4_590, shop_chosen: true }]);
  expect(await shown(scope)).toMatchObject({ state: 'accepted', isMailed: false });
  expect(await answerRequest(first.scope, scope.requestId, { answer: 'no' }, ports)).toMatchObject({ error: { kind: 'request-over' } });

  const again = await acceptOffer(scope, owner, { shopId: first.shopId, quantity: 1, locale: 'fr' }, ports);
  expect(again).toMatchObject({ ok: true, value: { lineId: taken.value.lineId } });
  expect(await sql`select 1 from offers where shop_id = ${first.shopId} and merchant_sku like 'DEM-%'`).toHaveLength(1);
});

test('an offer whose page still waits for the law’s words is had by who asked, and seen by nobody else', async () => {
  const { word, first } = await street();
  const { sql } = databaseHandle();
  const before = await sql`select id, legal_gates::text as gates from categories`;
  await sql`update categories set legal_gates = '["safety"]'`;
  const { scope } = await asked(`${word} en fonte`);
  expect(await answerRequest(first.scope, scope.requestId, yes, ports)).toMatchObject({ value: { missing: ['manufacturer'] } });
  expect(await listShopRequests(first.scope, wednesdayMorning)).toMatchObject([{ asked: ['manufacturer'] }]);
  const taken = await acceptOffer(scope, guest, { shopId: first.shopId, quantity: 1, locale: 'fr' }, ports);
  // The same answer with what the law asks has a page everybody sees.
  const { scope: another } = await asked(`${word} en cuivre`);
  const manufacturer = { name: 'Fonderie du Drac', address: '1 rue du Port, 38000 Grenoble', email: 'qualite@fonderie.example' };
  const facts = { manufacturer, responsiblePerson: undefined, warnings: undefined, net: undefined, attributes: {} };
  const whole = { ...yes, title: 'Théière en cuivre 1 l', facts };
  expect(await answerRequest(first.scope, another.requestId, whole, ports)).toMatchObject({ value: { missing: [] } });
  expect(await acceptOffer(another, guest, { shopId: first.shopId, quantity: 1, locale: 'fr' }, ports)).toMatchObject({ ok: true });
  for (const { id, gates } of before) await sql`update categories set legal_gates = ${gates}::text::jsonb where id = ${id}`;
  expect(taken).toMatchObject({ ok: true });
  const pages = await sql`select l.is_published from offers o join listings l on l.id = o.listing_id
    where o.shop_id = ${first.shopId} and o.merchant_sku like 'DEM-%' order by l.title`;
  expect(pages).toEqual([{ is_published: true }, { is_published: false }]);
});

test('what the street brings to light is compared with the pages of others, and a person of the city looks', async () => {
  const { word, first } = await street(1);
  const neighbour = await given.shop();
  const known = await given.listing({ title: 'Théière fonte 80 cl', categoryId: await given.category() });
  await given.offer({ shop: neighbour, listing: known });
  const { scope } = await asked(`${word} en fonte`);
  await answerRequest(first.scope, scope.requestId, yes, ports);
  expect(await compareTaken(scope.requestId, ports), 'nothing was taken').toBe(0);
  const taken = await acceptOffer(scope, guest, { shopId: first.shopId, quantity: 1, locale: 'fr' }, ports);
  expect(taken.ok).toBe(true);
  for (let time = 0; time < 2; time += 1) await compareTaken(scope.requestId, ports);
  const pairs = (await listMatches(city)).filter(({ other }) => other.listingId === known.listingId);
  expect(pairs).toMatchObject([{ kind: 'alike', state: 'open', page: { title: yes.title } }]);
});

test('of a hundred who take two offers at once, one offer is taken', async () => {
  const { word, shops } = await street();
  const { scope } = await asked(`${word} en fonte`);
  for (const shop of shops) await answerRequest(shop.scope, scope.requestId, yes, ports);
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      acceptOffer(scope, guest, { shopId: shops[at % 2]?.shopId ?? shops[0]!.shopId, quantity: 1, locale: 'fr' }, ports),
    ),
  );
  const { sql } = databaseHandle();
  expect(await sql`select 1 from request_answers where request_id = ${scope.requestId} and state = 'accepted'`).toHaveLength(1);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(20);
});

test('what a shop has tomorrow is promised no earlier', async () => {
  const { word, first } = await street(1);
  const { scope } = await asked(`${word} en fonte`);
  await answerRequest(first.scope, scope.requestId, { ...yes, available: 'tomorrow' }, ports);
  const offer = (await shown(scope))?.offers[0];
  expect(offer?.readyFrom).toBeGreaterThan(plusMs(wednesdayMorning, 20 * HOUR));
  const taken = await acceptOffer(scope, guest, { shopId: first.shopId, quantity: 1, locale: 'fr' }, ports);
  if (!taken.ok) throw new Error(taken.error.kind);
  const basket = await getBasket({ ...guest, basketId: taken.value.basketId }, wednesdayMorning);
  expect(basket?.groups[0]?.promise.from).toBeGreaterThan(plusMs(wednesdayMorning, 20 * HOUR));
});

test('a request about a page brings an offer to that page', async () => {
  const { first, word } = await street(1);
  const sold = await given.offer({ shop: first, stock: 0 });
  const { scope } = await asked(word, { listingId: sold.listingId });
  expect(await answerRequest(first.scope, scope.requestId, yes, ports)).toMatchObject({ ok: true });
  const taken = await acceptOffer(scope, guest, { shopId: first.shopId, quantity: 2, locale: 'fr' }, ports);
  expect(taken.ok).toBe(true);
  const { sql } = databaseHandle();
  expect(await sql`select price_minor::int, is_active from offers where id = ${sold.offerId}`).toMatchObject([
    { price_minor: 4_590, is_active: true },
  ]);
});

test('another shop and another token find nothing', async () => {
  const { word, other, first } = await street();
  const { scope } = await asked(`${word} en fonte`);
  expect(await answerRequest(other.scope, scope.requestId, yes, ports)).toMatchObject({ error: { kind: 'request-not-found' } });
  expect(await requestScope('x'.repeat(43))).toBeUndefined();
  expect(await acceptOffer(scope, guest, { shopId: first.shopId, quantity: 1, locale: 'fr' }, ports)).toMatchObject({
    error: { kind: 'offer-gone' },
  });
});

test('nonsense, contact details, floods and half an offer are refused, each with its reason', async () => {
  const { word, first } = await street();
  const ask = (words: string, address = newAddress()) => askShops({ words, locale: 'fr', address }, ports);
  expect(await ask('  a ')).toMatchObject({ error: { kind: 'nothing-asked' } });
  for (const words of [`${word} moi@exemple.fr`, `${word} https://exemple.fr`, `${word} 06 12 34 56 78`])
    expect(await ask(words)).toMatchObject({ error: { kind: 'contact-details' } });
  expect(await ask('xqzvbk wxqjz')).toMatchObject({ error: { kind: 'no-fitting-shop' } });
  const flood = await Promise.all(Array.from({ length: 30 }, () => ask(`${word} en fonte`, '198.51.100.1')));
  expect(flood.filter(({ ok }) => ok)).toHaveLength(8);
  const { scope } = await asked(`${word} en bois`);
  for (const wrong of [{ priceMinor: 0 }, { quantity: 0 }, { title: '' }, { priceMinor: 1.5 }])
    expect(await answerRequest(first.scope, scope.requestId, { ...yes, ...wrong }, ports)).toMatchObject({
      error: { kind: 'offer-incomplete' },
    });
});

test('a picture is kept small and without what its file told of place and device, and is gone when the request is', async () => {
  const { word } = await street(1);
  const photo = await sharp({ create: { width: 2_400, height: 1_200, channels: 3, background: '#a33' } })
    .withExif({ IFD0: { Make: 'SecretPhone' }, IFD3: { GPSLatitude: '45/1 11/1 0/1' } })
    .jpeg()
    .toBuffer();
  const { scope } = await asked(`${word} cassé`, { photo });
  const key = (await shown(scope))?.photoKey ?? '';
  const kept = await readPhoto(key);
  const read = await sharp(kept?.bytes).metadata();
  expect(read).toMatchObject({ format: 'webp', width: 1_280 });
  expect(read.exif).toBeUndefined();
  expect(Buffer.from(kept?.bytes ?? []).includes('SecretPhone')).toBe(false);
  const bad = await askShops(
    { words: `${word} cassé`, locale: 'fr', address: newAddress(), photo: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
    ports,
  );
  expect(bad).toMatchObject({ error: { kind: 'photo-unreadable' } });
  await closeRequest(scope, ports);
  expect(await readPhoto(key)).toBeUndefined();
  expect(await readPhoto('../../etc/passwd')).toBeUndefined();
});

test('the shop and whoever asked are told by mail, once, and an address is forgotten when it is over', async () => {
  const { word, first } = await street(1);
  const { scope } = await asked(`${word} en fonte`, { email: 'Camille@Example.org', locale: 'en' });
  await answerRequest(first.scope, scope.requestId, yes, ports);
  const { sql } = databaseHandle();
  const events = await sql`select id, name from domain_events where subject = ${scope.requestId} order by occurred_at, id`;
  const facts = { requestId: scope.requestId, shopId: first.shopId };
  const [first_, second] = events;
  for (let time = 0; time < 2; time += 1) {
    await mailShopRequest({ name: 'RequestAsked', subject: scope.requestId, facts }, first_?.['id'], ports);
    await mailRequestOffer(
      { name: 'RequestAnswered', subject: scope.requestId, facts: { ...facts, answer: 'offered' } },
      second?.['id'],
      ports,
    );
  }
  const mails = await sql`select kind, recipient, title from messages where subject = ${scope.requestId}`;
  expect(mails).toMatchObject([{ kind: 'request-offer', recipient: 'camille@example.org', title: expect.stringContaining('€45.90') }]);
  await removeRequest(city, scope.requestId, ports);
  expect(await sql`select email, words from requests where id = ${scope.requestId}`).toMatchObject([{ email: null, words: '' }]);
  expect((await listOpenRequests(city)).map(({ requestId }) => requestId)).not.toContain(scope.requestId);
});

test('what nobody answers ends after a day, and is forgotten after a month', async () => {
  const { word, first } = await street(1);
  const { scope } = await asked(`${word} en fonte`, { email: 'a@example.org' });
  const dayLater = plusMs(wednesdayMorning, 25 * HOUR);
  expect(await shown(scope, dayLater)).toMatchObject({ state: 'expired' });
  expect(await listShopRequests(first.scope, dayLater)).toEqual([]);
  expect(await answerRequest(first.scope, scope.requestId, yes, portsAt(dayLater))).toMatchObject({ error: { kind: 'request-over' } });
  expect(await expireRequests(portsAt(dayLater))).toBeGreaterThan(0);
  expect(await expireRequests(portsAt(dayLater))).toBe(0);
  await expireRequests(portsAt(plusMs(dayLater, 31 * DAY)));
  expect(await shown(scope, dayLater)).toBeUndefined();
});

test('switched off by the city nothing is asked, answered nor taken, and what was asked is kept; on again it goes on', async () => {
  const { word, first } = await street();
  const { scope } = await asked(`${word} en fonte`);
  await answerRequest(first.scope, scope.requestId, yes, ports);
  const take = () => acceptOffer(scope, guest, { shopId: first.shopId, quantity: 1, locale: 'fr' }, ports);
  const off = { error: { kind: 'module-off', module: 'requests' } };
  await whileOff('requests', async () => {
    expect(await askShops({ words: `${word} en bois`, locale: 'fr', address: newAddress() }, ports)).toMatchObject(off);
    expect(await answerRequest(first.scope, scope.requestId, { answer: 'no' }, ports)).toMatchObject(off);
    expect(await take()).toMatchObject(off);
    expect(await listShopRequests(first.scope, wednesdayMorning)).toEqual([]);
  });
  expect(await listShopRequests(first.scope, wednesdayMorning)).toHaveLength(1);
  expect((await take()).ok).toBe(true);
});
