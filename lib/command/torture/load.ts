import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '@/db/seed';
import { createSignInLink } from '@/lib/identity';
import { recordChange, recordStockBatch } from '@/lib/inventory';
import type { StockBatchRow } from '@/lib/inventory';
import { instant, parseId } from '@/lib/kernel';
import type { Client, Page } from '../shopping/client';
import { FailedStep, openClient } from '../shopping/client';
import { addToBasket, enterCheckout, pay, placeOrder } from '../shopping/purchase';
import type { TorturedCity } from './city';
import type { Cast, Desk, Prize, Truth } from './truth';

type Work = { readonly city: TorturedCity; readonly cast: Cast; readonly truth: Truth; readonly chance: Chance; isOver(): boolean };

/** Does something again and again until the time is over. What fails because something is dead is counted and tried anew. */
async function untilOver(work: Work, once: () => Promise<void>, restMs: number): Promise<void> {
  while (!work.isOver()) {
    try {
      await once();
    } catch (error) {
      if (error instanceof FailedStep) work.truth.refused += 1;
      else work.truth.lost += 1;
    }
    await pause(restMs * (0.5 + work.chance.next()));
  }
}

const client = ({ city, chance }: Work): Client => openClient(chance.pick(city.baseUrls));

/** A guest with one to three things on the way to the tracking page. Some leave before they pay. */
export function shopper(work: Work, number: number): Promise<void> {
  const { cast, truth, chance } = work;
  let bought = 0;
  return untilOver(
    work,
    async () => {
      bought += 1;
      const browser = client(work);
      for (let things = chance.between(1, 3); things > 0; things -= 1) {
        const prize = chance.pick(cast.prizes);
        await addToBasket(browser, await browser.get(prize.path), prize.offerId);
      }
      const rescueWish = chance.pick(['elsewhere', 'refund', 'ask'] as const);
      const buyer = { email: `torture-${number}-${bought}@exemple.fr`, name: `Client ${number}`, rescueWish };
      const payment = await placeOrder(browser, await enterCheckout(browser), buyer);
      const token = new URL(payment.url).pathname.split('/').at(-1) ?? '';
      truth.placed.add(token);
      if (chance.isBelow(0.12)) return; // never paid
      const tracking = await pay(browser, payment);
      truth.confirmed.set(token, /H-\d+/.exec(tracking.text)?.[0] ?? '');
    },
    400,
  );
}

/** A shop's desk: it accepts most, refuses some, and lets some wait for ever. */
export function desk(work: Work, shop: Desk): Promise<void> {
  const { city, truth, chance } = work;
  let browser: Client | undefined;
  return untilOver(
    work,
    async () => {
      browser ??= await signedIn(city, shop);
      const counter = await browser.get(`/merchant/${shop.slug}/counter`);
      if (!new URL(counter.url).pathname.endsWith('/counter')) browser = undefined;
      const asked = waitingOn(counter).filter((id) => !silent(id));
      const chosen = asked[0];
      if (!browser || chosen === undefined) return;
      const refuses = chance.isBelow(0.2);
      const form = counter.forms.find(({ fields }) => fields.some(({ value }) => value === chosen) && hasReasons(fields) === refuses);
      if (!form) return;
      const answer = await browser.submit(counter, form, refuses ? { reason: chance.pick(['missing', 'overloaded', 'closing']) } : {});
      const id = parseId('subOrder', chosen);
      if (isCounter(answer) && id && !waitingOn(answer).includes(chosen)) truth.answered.set(id, refuses ? 'refuse' : 'accept');
    },
    900,
  );
}

async function signedIn(city: TorturedCity, shop: Desk): Promise<Client> {
  const browser = openClient(city.baseUrls[0]);
  await browser.get(
    await createSignInLink({ email: shop.email, callbackPath: `/merchant/${shop.slug}/counter`, baseUrl: city.baseUrls[0] }),
  );
  return browser;
}

const hasReasons = (fields: Page['forms'][number]['fields']) => fields.some(({ name }) => name === 'reason');

/** The counter itself, and not the page that apologises in its place (which may come with the same status: pages of desks stream). */
const isCounter = (page: Page) => page.status === 200 && /<main[^>]*class="counter"/.test(page.html);

/** Sub-orders whose tickets can still be answered. */
function waitingOn(counter: Page): readonly string[] {
  const offered = counter.forms.filter(({ fields }) => hasReasons(fields));
  return offered.flatMap(({ fields }) => fields.filter(({ name }) => name === 'subOrderId').map(({ value }) => value));
}

/** One in six is never answered; which one does not change with the visit. */
function silent(subOrderId: string): boolean {
  return subOrderId.charCodeAt(subOrderId.length - 1) % 6 === 0;
}

/** A till: sales as they happen, batches that come late, out of order and twice. */
export function till(work: Work, number: number): Promise<void> {
  const { cast, truth, chance } = work;
  const things = cast.prizes.filter((prize) => prize.isTilled);
  const again: StockBatchRow[] = [];
  let told = 0;
  return untilOver(
    work,
    async () => {
      const prize = chance.pick(things);
      told += 1;
      if (chance.isBelow(0.5)) return sell(work, prize, `till-${number}-${told}`);
      const shelf = things.filter((thing) => thing.shopId === prize.shopId);
      const fresh = Array.from({ length: chance.between(1, 12) }, (_, index): StockBatchRow => ({
        of: { offerId: chance.pick(shelf).offerId },
        kind: chance.isBelow(0.15) ? 'count' : 'change',
        quantity: chance.isBelow(0.15) ? chance.between(0, 30) : -1,
        occurredAt: instant(Date.now() - chance.between(0, 90) * 1_000),
        key: `batch-${number}-${told}-${index}`,
      })).map((row) =>
        row.kind === 'count' ? { ...row, quantity: Math.abs(row.quantity) } : { ...row, quantity: -Math.abs(row.quantity) },
      );
      const source = `torture-till:${prize.shopId}`;
      const rows = [...fresh, ...again.filter(() => chance.isBelow(0.3))].toSorted((a, b) => (a.key < b.key ? 1 : -1));
      const own = rows.filter(
        (row) => 'offerId' in row.of && shelf.some((thing) => 'offerId' in row.of && thing.offerId === row.of.offerId),
      );
      const outcome = await recordStockBatch({ kind: 'system', id: undefined }, { shopId: prize.shopId, source, grade: 'B', rows: own });
      if (!outcome.ok) throw new FailedStep('till', outcome.error.kind);
      for (const row of fresh)
        if ('offerId' in row.of) truth.facts.set(`${source}:${row.key}`, { offerId: row.of.offerId, quantity: row.quantity });
      again.splice(0, again.length, ...fresh, ...again.slice(0, 20));
    },
    250,
  );
}

/** A sale over the counter; the same one told again in one case of four. */
async function sell({ cast, truth, chance }: Work, prize: Prize, key: string): Promise<void> {
  const owner = cast.desks.find((one) => one.shopId === prize.shopId);
  if (!owner) return;
  const scope = { kind: 'shop', shopId: prize.shopId, personId: owner.personId, role: 'owner' } as const;
  const sale = {
    offerId: prize.offerId,
    delta: -1,
    reason: 'counter-sale',
    occurredAt: instant(Date.now() - chance.between(0, 60_000)),
    key,
  } as const;
  for (let times = chance.isBelow(0.25) ? 2 : 1; times > 0; times -= 1) {
    const recorded = await recordChange(scope, sale);
    if (!recorded.ok) throw new FailedStep('counter sale', recorded.error.kind);
  }
  truth.facts.set(`shop:${prize.shopId}:${key}`, { offerId: prize.offerId, quantity: -1 });
}
