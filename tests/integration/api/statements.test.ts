import { afterEach, beforeEach, expect, test } from 'vitest';
import { given } from '../../support/builders';
import { emptyTables } from '../../support/database';
import { machineWith } from '../../support/machine';
import type { WatchedDatabase } from '../../support/watched-database';
import { watchDatabase } from '../../support/watched-database';

let watched: WatchedDatabase;

beforeEach(async () => {
  await emptyTables();
  watched = await watchDatabase();
});
afterEach(() => watched.close());

const guest = machineWith();
const place = { label: '12 rue du Port, 38000 Grenoble', latitude: 45.1931, longitude: 5.7182 };
const courier = { priceMinor: 390, radiusMetres: 6_000, slots: [['08:00', '22:00']] as const };

/** Read once a second for everybody in production, and each time here: all shops, the zones with the rates of commission, the live settings. */
function isKept(text: string): boolean {
  return /delivery_zones|routing_policies|left join "shops" on "shops"\."level" <> 'draft' left/.test(text);
}

async function buy(offerIds: readonly string[], shopId: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const sent: Record<string, readonly string[]> = {};
  const step = async <T extends { readonly ok: boolean }>(name: string, call: Promise<T>): Promise<Extract<T, { readonly ok: true }>> => {
    const answer = await call;
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    const texts = watched.statements.splice(0).filter((text) => !isKept(text));
    sent[name] = texts.map((text) => text.replaceAll(/\s+/g, ' ').slice(0, 90));
    return answer as Extract<T, { readonly ok: true }>;
  };
  watched.statements.length = 0;
  const lines = offerIds.map((offerId) => ({ offerId, quantity: 1, shopChosen: true }));
  const started = await step('start', guest('startBasket', { body: { locale: 'fr', place, lines } }));
  const { basketToken } = started.value;
  const methods = [{ shopId, method: 'courier' as const }];
  const held = await step('hold', guest('holdBasket', { params: { basketToken }, body: { methods } }));
  const buyer = { name: 'Camille', email: 'camille@example.org', rescueWish: 'refund', ageConfirmed: false, locale: 'fr' } as const;
  const { totalMinor } = held.value;
  const placed = await step('place', guest('placeOrder', { body: { ...buyer, basketToken, totalSeenMinor: totalMinor } }));
  const card = { number: '4242 4242 4242 4242', expiry: '12/34', code: '123' };
  await step('pay', guest('payOrder', { params: { orderToken: placed.value.orderToken }, body: card }));
  return sent;
}

test('a guest purchase from three shops takes few statements, from the first basket write to the order paid', async () => {
  const shops = [];
  for (let made = 0; made < 3; made += 1) shops.push(await given.shop({ services: { courier }, openingHours: '24/7' }));
  const offers = await Promise.all(shops.map((shop) => given.offer({ shop, stock: 40 })));
  const ids = offers.map((offer) => offer.offerId);
  await buy(ids, shops[0]!.shopId); // what a process asks once is asked now
  const sent = await buy(ids, shops[0]!.shopId);
  const counts = Object.fromEntries(Object.entries(sent).map(([name, statements]) => [name, statements.length]));
  if (process.env['SHOW_STATEMENTS']) process.stdout.write(`${JSON.stringify({ counts, sent }, null, 1)}\n`);
  expect(counts['start']).toBe(1);
  // BEGIN and COMMIT of hold, order, card and settlement: eight more.
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0) + 8).toBeLessThanOrEqual(30);
});
