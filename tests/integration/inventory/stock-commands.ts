import fc from 'fast-check';
import { expect } from 'vitest';
import { enterCheckout, placeOrder } from '@/lib/checkout';
import {
  allocate,
  expireHolds,
  fulfil,
  getShelfRecord,
  recordChange,
  recordCount,
  recordStockBatch,
  release,
  releaseHold,
  searchShopStock,
} from '@/lib/inventory';
import type { OperatorScope, OrderLineId } from '@/lib/kernel';
import { MINUTE, ok, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { withTransaction } from '@/lib/platform/transaction';
import { listOffers } from '@/lib/search';
import { loadShopBook } from '@/lib/shops';
import type { GivenBasket, GivenOffer, GivenShop } from '../../support/builders';
import { given, newKey, orderFor, portsAt } from '../../support/builders';
import type { StockModel } from './stock-model';

/** The real city of a history: a shop, its offers, and the baskets made so far, in the order of the model's claims. */
export type RealCity = {
  readonly shop: GivenShop;
  readonly offers: readonly GivenOffer[];
  readonly baskets: GivenBasket[];
  readonly told: (() => Promise<unknown>)[];
};

type Command = fc.AsyncCommand<StockModel, RealCity>;
const operator: OperatorScope = { kind: 'operator', personId: systemIds.make('person'), role: 'admin' };

/** A command by its words, its moment in the model, and what it does to both. */
function command(words: string, can: (model: StockModel) => boolean, run: (model: StockModel, real: RealCity) => Promise<void>): Command {
  return {
    check: can,
    run: async (model, real) => {
      await run(model, real);
      await agree(model, real);
    },
    toString: () => words,
  };
}

/** After each step: the level is what the model says, and shopper, shop and city read the same figure. */
async function agree(model: StockModel, { shop, offers }: RealCity): Promise<void> {
  const book = await loadShopBook(model.now);
  const shelf = await searchShopStock(shop.scope, '');
  for (const [index, offer] of offers.entries()) {
    const { offers: shown } = await listOffers({ listingId: offer.listingId, book, place: undefined, now: model.now });
    const record = await getShelfRecord(operator, offer.offerId);
    const row = shelf.find(({ offerId }) => offerId === offer.offerId);
    const figures = {
      onHand: model.onHand(index),
      reserved: model.reserved(index),
      allocated: model.allocated(index),
      available: model.available(index),
    };
    expect(row).toMatchObject(figures);
    expect(record?.places).toMatchObject([figures]);
    expect(shown.find(({ offerId }) => offerId === offer.offerId)?.available).toBe(figures.available);
  }
}

const offerAt = (real: RealCity, index: number): GivenOffer => real.offers[index] ?? real.offers[0]!;

type Told = { readonly offer: number; readonly amount: number; readonly ago: number; readonly isCount: boolean };

const tells = ({ offer, amount, ago, isCount }: Told): Command =>
  command(
    `${isCount ? 'count' : 'change'}(${offer}, ${amount}, ${ago} min ago)`,
    () => true,
    async (model, real) => {
      const { offerId } = offerAt(real, offer);
      const at = plusMs(model.now, -ago * MINUTE);
      const key = newKey();
      const ports = portsAt(model.now);
      const say = () =>
        isCount
          ? recordCount(real.shop.scope, { offerId, counted: amount, asOf: at, key }, ports)
          : recordChange(real.shop.scope, { offerId, delta: -amount, reason: 'counter-sale', occurredAt: at, key }, ports);
      real.told.push(say);
      expect((await say()).ok).toBe(true);
      model.tell(offer, {
        name: `shop:${real.shop.shopId}:${key}`,
        at,
        kind: isCount ? 'count' : 'change',
        amount: isCount ? amount : -amount,
      });
    },
  );

const repeats = (which: number): Command =>
  command(
    `repeat(${which})`,
    () => true,
    async (_, real) => {
      await real.told[which % Math.max(1, real.told.length)]?.();
    },
  );

const batches = (facts: readonly Told[]): Command =>
  command(
    `batch(${facts.length})`,
    () => true,
    async (model, real) => {
      const named = facts.map((fact) => ({ ...fact, key: newKey(), at: plusMs(model.now, -fact.ago * MINUTE) }));
      const rows = named.map(({ offer, amount, isCount, key, at }) => ({
        of: { offerId: offerAt(real, offer).offerId },
        kind: isCount ? ('count' as const) : ('change' as const),
        quantity: isCount ? amount : -amount,
        occurredAt: at,
        key,
      }));
      const source = 'till:model';
      const say = () =>
        recordStockBatch({ kind: 'system', id: undefined }, { shopId: real.shop.shopId, source, grade: 'A', rows }, portsAt(model.now));
      real.told.push(say);
      expect((await say()).ok).toBe(true);
      for (const { offer, amount, isCount, key, at } of named)
        model.tell(offer, { name: `${source}:${key}`, at, kind: isCount ? 'count' : 'change', amount: isCount ? amount : -amount });
    },
  );

const enters = (offer: number, quantity: number): Command =>
  command(
    `enter(${offer}, ${quantity})`,
    () => true,
    async (model, real) => {
      const basket = await given.basketOf([{ offer: offerAt(real, offer), quantity, shopChosen: true }], model.now);
      const units = Math.max(0, Math.min(quantity, model.claimable(offer))); // what is lacking is said in the basket; the rest is held
      const there = units > 0;
      const entered = await enterCheckout(basket.shopper, portsAt(model.now));
      expect(entered.ok).toBe(there);
      if (model.available(offer) < units) model.lapse(offer);
      real.baskets.push(basket);
      model.claims.push({ offer, quantity: units, state: there ? 'held' : 'none', heldUntil: plusMs(model.now, 15 * MINUTE) });
    },
  );

const inState = (model: StockModel, which: number, ...states: readonly string[]) => states.includes(model.claims[which]?.state ?? 'absent');

const places = (which: number): Command =>
  command(
    `place(${which})`,
    (model) => inState(model, which, 'held') && (model.claims[which]?.heldUntil ?? 0) > model.now,
    async (model, real) => {
      const [basket, claim] = [real.baskets[which]!, model.claims[which]!];
      expect((await placeOrder(basket.shopper, orderFor(basket), portsAt(model.now))).ok).toBe(true);
      claim.state = 'ordered';
    },
  );

async function linesOf({ basketId }: GivenBasket): Promise<readonly OrderLineId[]> {
  const rows = await databaseHandle().sql<{ id: OrderLineId }[]>`
    select l.id from order_lines l join sub_orders s on s.id = l.sub_order_id join orders o on o.id = s.order_id where o.basket_id = ${basketId}`;
  return rows.map((row) => row.id);
}

const step =
  (
    name: string,
    from: readonly string[],
    to: 'allocated' | 'over',
    act: (model: StockModel, lines: readonly OrderLineId[]) => Promise<unknown>,
  ) =>
  (which: number): Command =>
    command(
      `${name}(${which})`,
      (model) => inState(model, which, ...from),
      async (model, real) => {
        const claim = model.claims[which]!;
        const lines = await linesOf(real.baskets[which]!);
        await act(model, lines);
        await act(model, lines); // twice changes nothing
        if (name === 'hand over' && claim.state === 'allocated')
          model.tell(claim.offer, { name: `halles:fulfil:${lines[0]}`, at: model.now, kind: 'change', amount: -claim.quantity });
        claim.state = to;
      },
    );

const pays = step('pay', ['ordered'], 'allocated', (model, lines) => withTransaction((tx) => allocate(tx, lines, portsAt(model.now))));
const cancels = step('cancel', ['ordered', 'allocated'], 'over', (_, lines) => withTransaction(async (tx) => ok(await release(tx, lines))));
const handsOver = step('hand over', ['allocated'], 'over', (model, lines) =>
  withTransaction(async (tx) => ok(await fulfil(tx, lines, 'handed-over', portsAt(model.now)))),
);

const leaves = (which: number): Command =>
  command(
    `leave(${which})`,
    (model) => inState(model, which, 'held'),
    async (model, real) => {
      await withTransaction(async (tx) => ok(await releaseHold(tx, real.baskets[which]!.basketId, model.now)));
      model.claims[which]!.state = 'none';
    },
  );

const waits = (minutes: number): Command =>
  command(
    `wait(${minutes} min)`,
    () => true,
    async (model) => model.advance(minutes),
  );

const sweeps: Command = command(
  'sweep',
  () => true,
  async (model) => {
    await expireHolds(model.now);
    model.lapse();
  },
);

const offer = fc.nat({ max: 1 });
const told = fc.record({ offer, amount: fc.nat({ max: 9 }), ago: fc.nat({ max: 6 }), isCount: fc.boolean() });
const which = fc.nat({ max: 4 });

/** Histories of a shop's shelves: facts late, twice and out of order among baskets that hold, order, pay, give up and fetch. */
export const histories = fc.commands(
  [
    told.map(tells),
    which.map(repeats),
    fc.array(told, { minLength: 1, maxLength: 6 }).map(batches),
    fc.tuple(offer, fc.integer({ min: 1, max: 4 })).map(([index, quantity]) => enters(index, quantity)),
    fc.tuple(offer, fc.integer({ min: 1, max: 2 })).map(([index, quantity]) => enters(index, quantity)),
    which.map(places),
    which.map(pays),
    which.map(cancels),
    which.map(handsOver),
    which.map(leaves),
    fc.nat({ max: 9 }).map(waits),
    fc.constant(sweeps),
  ],
  { maxCommands: 20 },
);
