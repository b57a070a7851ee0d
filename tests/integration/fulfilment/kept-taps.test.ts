import { NextRequest } from 'next/server';
import { beforeAll, expect, test } from 'vitest';
import { POST } from '@/app/api/counter/route';
import { SESSION_COOKIE } from '@/lib/identity';
import { revokeSession } from '@/lib/identity/sessions';
import { databaseHandle } from '@/lib/platform/database';
import { systemPorts } from '@/lib/platform/ports';
import { type GivenOffer, type GivenShop, given } from '../../support/builders';
import { type GivenPart, paidOrder, partOf } from '../../support/paid-order';
import { type Person, personOf } from '../../support/signed-in';

type Desk = { readonly shop: GivenShop; readonly slug: string; readonly offer: GivenOffer; readonly owner: Person };

let mine: Desk;
let theirs: Desk;

async function desk(name: string): Promise<Desk> {
  const shop = await given.shop({ name, openingHours: '24/7' });
  const [row] = await databaseHandle().sql<{ slug: string }[]>`select slug from shops where id = ${shop.shopId}`;
  return { shop, slug: row?.slug ?? '', offer: await given.offer({ shop, stock: 20 }), owner: await personOf(shop, 'owner') };
}

/** A paid order that waits for the shop's answer, now. */
async function asked({ offer, shop }: Desk): Promise<GivenPart> {
  return partOf(await paidOrder([{ offer }], systemPorts), shop);
}

beforeAll(async () => {
  [mine, theirs] = [await desk('Chez Nous'), await desk('Maison Voisine')];
});

type Tap = { readonly act: string; readonly fields: Readonly<Record<string, string>>; readonly key?: string; readonly at?: number };

function send(
  who: Person | undefined,
  slug: string,
  { key = crypto.randomUUID(), at = Date.now(), ...tap }: Tap,
  headers: Record<string, string> = {},
) {
  const request = new NextRequest('http://shop.test/api/counter', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(who && { cookie: who.cookie }), ...headers },
    body: JSON.stringify({ shop: slug, key, at, ...tap }),
  });
  return POST(request);
}

async function stateOf({ id }: GivenPart): Promise<string | undefined> {
  return (await databaseHandle().sql<{ state: string }[]>`select state from sub_orders where id = ${id}`)[0]?.state;
}

async function onHand({ offer }: Desk): Promise<number | undefined> {
  return (await databaseHandle().sql<{ units: number }[]>`select on_hand as units from stock_levels where offer_id = ${offer.offerId}`)[0]
    ?.units;
}

const accept = ({ id }: GivenPart): Tap => ({ act: 'accept', fields: { subOrderId: id } });

test('a kept tap of the shop’s own people is carried out, once however often it comes', async () => {
  const part = await asked(mine);
  const tap = { ...accept(part), key: crypto.randomUUID() };
  const answers = await Promise.all(Array.from({ length: 5 }, () => send(mine.owner, mine.slug, tap)));
  expect(answers.map(({ status }) => status).every((status) => status === 200 || status === 425)).toBe(true);
  expect((await send(mine.owner, mine.slug, tap)).status).toBe(200);
  const events = await databaseHandle().sql`select id from sub_order_events where sub_order_id = ${part.id} and event = 'accept'`;
  expect(events).toHaveLength(1);
});

test('nobody taps for another shop: neither at its desk nor at its order from one’s own, and no name is told', async () => {
  const victim = await asked(theirs);
  const shopper = await databaseHandle().sql<{ name: string }[]>`
    select shopper_name as name from orders where id = (select order_id from sub_orders where id = ${victim.id})`;
  const atTheirs = await send(mine.owner, theirs.slug, accept(victim));
  expect([atTheirs.status, await atTheirs.text()]).toEqual([404, '']);
  expect((await send(mine.owner, 'no-such-shop', accept(victim))).status, 'as if it were not there').toBe(404);
  const [line] = await databaseHandle().sql<{ id: string }[]>`select id from order_lines where sub_order_id = ${victim.id}`;
  const taps: readonly Tap[] = [
    accept(victim),
    { act: 'refuse', fields: { subOrderId: victim.id, reason: 'missing' } },
    { act: 'tick', fields: { lineId: line?.id ?? '', pickedQuantity: '1' } },
    { act: 'missing', fields: { subOrderId: victim.id, lineId: line?.id ?? '', found: '0', reason: 'missing' } },
    { act: 'ready', fields: { subOrderId: victim.id } },
    { act: 'handover', fields: { subOrderId: victim.id, pass: victim.code } },
    { act: 'count', fields: { offerId: theirs.offer.offerId, counted: '0' } },
    { act: 'change', fields: { offerId: theirs.offer.offerId, delta: '-5' } },
  ];
  for (const tap of taps) {
    const answer = await send(mine.owner, mine.slug, tap);
    expect(answer.status, tap.act).toBe(409);
    const words = await answer.text();
    for (const secret of [shopper[0]?.name ?? 'Camille', 'Maison Voisine', victim.number]) expect(words, tap.act).not.toContain(secret);
  }
  expect(await stateOf(victim)).toBe('offered');
  expect(await onHand(theirs)).toBe(20);
  expect((await send(theirs.owner, theirs.slug, accept(victim))).status, 'its own people may').toBe(200);
});

test('a key is its person’s: somebody else’s same key hears nothing of the first answer', async () => {
  const [first, second] = [await asked(mine), await asked(theirs)];
  const key = crypto.randomUUID();
  expect((await send(mine.owner, mine.slug, { ...accept(first), key })).status).toBe(200);
  expect((await send(theirs.owner, theirs.slug, { ...accept(second), key })).status).toBe(200);
  expect([await stateOf(first), await stateOf(second)]).toEqual(['accepted', 'accepted']);
  expect((await send(mine.owner, mine.slug, { ...accept(await asked(mine)), key })).status, 'another tap under the same key').toBe(400);
});

test('who is not signed in, was signed out, or works there no more taps nothing', async () => {
  const part = await asked(mine);
  expect((await send(undefined, mine.slug, accept(part))).status).toBe(401);
  const forged = { ...mine.owner, cookie: `${SESSION_COOKIE}=${mine.owner.cookie.slice(15, -4)}AAAA` };
  expect((await send(forged, mine.slug, accept(part))).status).toBe(401);
  const left = await personOf(mine.shop, 'counter');
  await databaseHandle().sql`delete from role_grants where person_id = ${left.personId}`;
  expect((await send(left, mine.slug, accept(part))).status).toBe(404);
  const out = await personOf(mine.shop, 'counter');
  await revokeSession(out.sessionId);
  expect((await send(out, mine.slug, accept(part))).status).toBe(401);
  expect(await stateOf(part)).toBe('offered');
});

test('what is no tap is refused before anything is looked up: another form, another act, too much of it', async () => {
  const part = await asked(mine);
  const form = { 'content-type': 'application/x-www-form-urlencoded' }; // what a page of another site may send without asking
  expect((await send(mine.owner, mine.slug, accept(part), form)).status).toBe(400);
  expect((await send(mine.owner, mine.slug, { act: 'refund', fields: { subOrderId: part.id } })).status).toBe(400);
  expect((await send(mine.owner, mine.slug, { act: 'accept', fields: { subOrderId: "' or 1=1 --" } })).status).toBe(400);
  expect((await send(mine.owner, mine.slug, { ...accept(part), key: 'x'.repeat(65) })).status).toBe(400);
  expect((await send(mine.owner, mine.slug, { act: 'accept', fields: { subOrderId: part.id, more: 'x'.repeat(9_000) } })).status).toBe(400);
  expect(await stateOf(part)).toBe('offered');
});

test('a count keeps the moment of its tap, within two days and never ahead of now', async () => {
  const offer = await given.offer({ shop: mine.shop, stock: 9 });
  const count = (counted: string, at: number) =>
    send(mine.owner, mine.slug, { act: 'count', fields: { offerId: offer.offerId, counted }, at });
  expect((await count('5', Date.now() + 86_400_000)).status).toBe(200);
  expect((await count('3', 0)).status).toBe(200);
  const rows = await databaseHandle().sql<{ quantity: number; age: number }[]>`
    select quantity, extract(epoch from now() - occurred_at)::float8 / 3600 as age from stock_movements
    where offer_id = ${offer.offerId} and kind = 'count' and source like 'shop:%' order by received_at`;
  expect(rows.map(({ quantity }) => quantity)).toEqual([5, 3]);
  expect(rows[0]?.age).toBeGreaterThanOrEqual(-0.01);
  expect(rows[1]?.age).toBeCloseTo(48, 0);
});
