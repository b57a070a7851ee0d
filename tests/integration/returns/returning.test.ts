import { describe, expect, test } from 'vitest';
import { DAY, minor, plusMs } from '@/lib/kernel';
import { payWithDemoCard } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { reader } from '@/lib/platform/transaction';
import {
  decideReturn,
  dropForgottenReturns,
  dropReturn,
  getCounterReturn,
  getReturnPass,
  listShopReturns,
  moveHome,
  noteSentBack,
  remindOfReturns,
  returnTokenOf,
  settleDueReturns,
  startReturn,
} from '@/lib/returns';
import { checkLedger } from '@/lib/settlement';
import { setReturnsWish } from '@/lib/shops';
import { given, portsAt, wednesdayMorning } from '../../support/builders';
import { carryOutEverything, goodCard, linesOf, moneyOf, paidOrder, placedOrder } from '../../support/paid-order';
import { allOf, documented, handedOver, inspect, onHand, openReturn, scopeOf } from '../../support/returned';

const later = (days: number) => portsAt(plusMs(wednesdayMorning, days * DAY));
const sql = (text: TemplateStringsArray, ...values: string[]) => databaseHandle().sql(text, ...values);

async function oneSale(wish: { readonly quantity?: number; readonly priceMinor?: number; readonly takesReturns?: boolean } = {}) {
  const shop = await given.shop({ services: { takesReturns: wish.takesReturns ?? true } });
  const listing = await given.listing({ title: 'Bol en grès' });
  const offer = await given.offer({ shop, listing, priceMinor: wish.priceMinor ?? 2_490, stock: 10 });
  const order = await paidOrder([{ offer, quantity: wish.quantity ?? 2 }]);
  const part = await handedOver(order, shop);
  return { shop, listing, offer, order, part };
}

const merchantBalance = async (shopId: string) => {
  const [row] = await databaseHandle().sql<{ sum: number }[]>`
    select coalesce(sum(e.amount_minor), 0)::int as sum from ledger_entries e join shops s on s.merchant_id = e.holder
    where e.account = 'merchant' and s.id = ${shopId}`;
  return row?.sum ?? 0;
};

describe('a return to the shop that sold it', () => {
  test('is stated, scanned and settled: money, stock, books and papers say the same', async () => {
    const { shop, offer, order, part } = await oneSale();
    expect(await onHand(offer.offerId)).toBe(8);
    const [line] = await linesOf(part);
    const started = await openReturn(order, part, shop, { lines: [{ lineId: line!.id, quantity: 1 }] });
    expect(started.number).toMatch(/^R-\d+$/);
    const inspected = await inspect(shop, started.returnToken);
    expect(inspected).toMatchObject({ ok: true, value: { outcome: 'settled', done: 'refunded', refundedMinor: 2_490 } });
    await carryOutEverything();
    expect((await moneyOf(order)).providerRefunded).toBe(2_490);
    expect(await onHand(offer.offerId)).toBe(9);
    expect(await documented(part)).toMatchObject({ gross: 2_490, notes: 1 });
    expect(await checkLedger(reader())).toEqual([]);
    await inspect(shop, (await openReturn(order, part, shop, { lines: [{ lineId: line!.id, quantity: 1 }] })).returnToken);
    await carryOutEverything();
    expect(await documented(part)).toEqual({ gross: 0, vat: 0, notes: 2 });
    expect(await merchantBalance(shop.shopId)).toBe(0);
    expect((await moneyOf(order)).providerRefunded).toBe(4_980);
    expect(await checkLedger(reader())).toEqual([]);
  });

  test('damaged goods do not come back on the shelf; the selling shop may keep back what they lost, no more, and no claim is refused that is a withdrawal', async () => {
    const { shop, offer, order, part } = await oneSale({ quantity: 1 });
    const [line] = await linesOf(part);
    const { returnToken } = await openReturn(order, part, shop);
    const asked = await inspect(shop, returnToken, { verdict: 'question', note: 'ébréché', found: () => ({ good: 0 }) });
    expect(asked).toMatchObject({ ok: true, value: { outcome: 'questioned' } });
    const [waiting] = (await listShopReturns(shop.scope, portsAt())).toDecide;
    expect(waiting).toMatchObject({ question: 'ébréché', refundDueOn: '2026-12-09' });
    const { returnId } = waiting!;
    const decide = (amount: number) =>
      decideReturn(
        shop.scope,
        { returnId, decision: { kind: 'accept', deductions: [{ lineId: line!.id, amountMinor: minor(amount) }] } },
        portsAt(),
      );
    expect(await decideReturn(shop.scope, { returnId, decision: { kind: 'refuse', reason: 'non' } }, portsAt())).toMatchObject({
      error: { kind: 'withdrawal-stands' },
    });
    expect(await decide(2_491)).toMatchObject({ error: { kind: 'deduction-too-large', mostMinor: 2_490 } });
    expect(await decide(500)).toMatchObject({ ok: true, value: { refundedMinor: 1_990 } });
    expect(await decide(500)).toMatchObject({ error: { kind: 'return-not-open', state: 'settled' } });
    await carryOutEverything();
    expect((await moneyOf(order)).providerRefunded).toBe(1_990);
    expect(await documented(part)).toMatchObject({ gross: 500, notes: 1 });
    expect(await onHand(offer.offerId)).toBe(9);
    expect(await checkLedger(reader())).toEqual([]);
  });

  test('delivery comes back with the last thing, no more of it than the least the shop asks (BO-13, BO-14)', async () => {
    const shop = await given.shop();
    const order = await placedOrder([{ offer: await given.offer({ shop, priceMinor: 2_490 }), quantity: 2 }]);
    await sql`update order_lines set delivery_share_minor = 590 where sub_order_id = (select id from sub_orders where order_id = ${order.orderId})`;
    await sql`update sub_orders set delivery_minor = 590, total_minor = goods_minor + 590, standard_delivery_minor = 390 where order_id = ${order.orderId}`;
    await sql`update orders set delivery_minor = 590, total_minor = goods_minor + 590 where id = ${order.orderId}`;
    await payWithDemoCard(order.orderToken, goodCard, portsAt());
    const part = await handedOver(order, shop);
    const [line] = await linesOf(part);
    const first = await openReturn(order, part, shop, { lines: [{ lineId: line!.id, quantity: 1 }] });
    expect(await inspect(shop, first.returnToken)).toMatchObject({ value: { refundedMinor: 2_490 } });
    const last = await openReturn(order, part, shop, { lines: [{ lineId: line!.id, quantity: 1 }] });
    expect(await inspect(shop, last.returnToken)).toMatchObject({ value: { refundedMinor: 2_490 + 390 } });
    await carryOutEverything();
    expect((await moneyOf(order)).providerRefunded).toBe(2 * 2_490 + 390);
    expect(await documented(part)).toMatchObject({ gross: 200, notes: 1 });
    expect(await checkLedger(reader())).toEqual([]);
  });
});

describe('a return to another shop', () => {
  test('goes home: the shop that has it sends it, the selling shop counts it back once, whoever taps twice', async () => {
    const { shop, offer, order, part } = await oneSale({ quantity: 1 });
    const other = await given.shop();
    const { returnToken } = await openReturn(order, part, other);
    expect(await inspect(other, returnToken)).toMatchObject({ value: { outcome: 'settled', refundedMinor: 2_490 } });
    await carryOutEverything();
    expect(await onHand(offer.offerId)).toBe(9);
    const [going] = (await listShopReturns(other.scope, portsAt())).toSendHome;
    expect(going?.lines).toMatchObject([{ destination: 'home' }]);
    const { returnId } = going!;
    expect(await moveHome(other.scope, { returnId, step: 'arrived' }, portsAt())).toMatchObject({ error: { kind: 'return-not-found' } });
    expect((await moveHome(other.scope, { returnId, step: 'sent' }, portsAt())).ok).toBe(true);
    expect((await listShopReturns(other.scope, portsAt())).toSendHome).toEqual([]);
    expect((await listShopReturns(shop.scope, portsAt())).comingHome).toHaveLength(1);
    await Promise.all(Array.from({ length: 10 }, () => moveHome(shop.scope, { returnId, step: 'arrived' }, portsAt())));
    expect(await onHand(offer.offerId)).toBe(10);
    expect((await listShopReturns(shop.scope, portsAt())).comingHome).toEqual([]);
  });

  test('is bought by a shop that agreed beforehand and sells the same: its shelf grows, it pays the selling shop seven tenths', async () => {
    const { shop, listing, offer, order, part } = await oneSale({ quantity: 1 });
    const buyer = await given.shop({ services: { takesReturns: false } });
    await setReturnsWish(buyer.scope, 'buys');
    const own = await given.offer({ shop: buyer, listing, priceMinor: 2_000, stock: 3 });
    const before = await merchantBalance(shop.shopId);
    const { returnToken } = await openReturn(order, part, buyer);
    await inspect(buyer, returnToken);
    await carryOutEverything();
    expect([await onHand(own.offerId), await onHand(offer.offerId)]).toEqual([4, 9]);
    expect(await merchantBalance(buyer.shopId)).toBe(-1_400);
    expect(await merchantBalance(shop.shopId)).toBe(1_400);
    expect(before).toBeGreaterThan(2_000);
    const clearing = await databaseHandle().sql`select sum(amount_minor)::int as sum from ledger_entries where account = 'return-clearing'`;
    expect(clearing[0]).toEqual({ sum: 0 });
    expect(await checkLedger(reader())).toEqual([]);
  });

  test('a shop that takes no returns cannot be chosen nor scan one; with the module off only the selling shop and the one that was announced take it', async () => {
    const { order, part } = await oneSale({ quantity: 1 });
    const closed = await given.shop();
    await setReturnsWish(closed.scope, 'none');
    const chosen = await startReturn(scopeOf(order), await allOf(part, { toShopId: closed.shopId }), portsAt());
    expect(chosen).toMatchObject({ error: { kind: 'shop-takes-no-returns' } });
    const open = await given.shop();
    const { returnToken } = await openReturn(order, part, open);
    expect(await inspect(closed, returnToken)).toMatchObject({ error: { kind: 'shop-takes-no-returns' } });
    await sql`insert into modules (name, enabled, updated_at) values ('returns-anywhere', false, now())`;
    try {
      const late = await startReturn(scopeOf(order), await allOf(part, { toShopId: open.shopId }), portsAt());
      expect(late.ok).toBe(false);
      expect(await inspect(await given.shop(), returnToken)).toMatchObject({ error: { kind: 'shop-takes-no-returns' } });
      expect(await inspect(open, returnToken), 'it was announced there before').toMatchObject({ ok: true });
    } finally {
      await sql`delete from modules where name = 'returns-anywhere'`;
    }
  });

  test('a doubt is the origin’s to decide: the shop that took it in and strangers find nothing', async () => {
    const { shop, order, part } = await oneSale({ quantity: 1 });
    const [other, stranger] = [await given.shop(), await given.shop()];
    const { returnToken } = await openReturn(order, part, other);
    expect(await inspect(other, returnToken, { found: () => ({ good: 0 }) })).toMatchObject({ value: { outcome: 'questioned' } });
    const [asked] = (await listShopReturns(shop.scope, portsAt())).toDecide;
    const command = { returnId: asked!.returnId, decision: { kind: 'accept', deductions: [] } } as const;
    for (const one of [other, stranger]) {
      expect(await decideReturn(one.scope, command, portsAt())).toMatchObject({ error: { kind: 'return-not-found' } });
    }
    expect((await listShopReturns(stranger.scope, portsAt())).toDecide).toEqual([]);
    expect(await decideReturn(shop.scope, command, portsAt())).toMatchObject({ ok: true, value: { refundedMinor: 2_490 } });
  });
});

describe('what is refused', () => {
  test('more than was bought, twice the same unit, another order’s part, a thing without the right, a period that is over', async () => {
    const { shop, order, part } = await oneSale({ quantity: 2 });
    const stranger = await oneSale();
    const [line] = await linesOf(part);
    const start = async (wish: Parameters<typeof allOf>[1], who = order, ports = portsAt()) =>
      startReturn(scopeOf(who), await allOf(part, { toShopId: shop.shopId, ...wish }), ports);
    expect(await start({ lines: [{ lineId: line!.id, quantity: 3 }] })).toMatchObject({ error: { kind: 'more-than-left', left: 2 } });
    expect(await start({ lines: [] })).toMatchObject({ error: { kind: 'nothing-to-return' } });
    expect(await start({}, stranger.order)).toMatchObject({ error: { kind: 'sub-order-not-found' } });
    expect(await start({}, order, later(30))).toMatchObject({ error: { kind: 'no-right-to-return', until: '2026-12-09' } });
    await sql`update order_lines set withdrawal_exception = 'perishable' where id = ${line!.id}`;
    expect(await start({})).toMatchObject({ error: { kind: 'no-right-to-return' } });
    expect(await start({ cause: 'defect', remedy: 'refund' }, order, later(600))).toMatchObject({ ok: true });
    expect(await start({ cause: 'defect', remedy: 'refund' })).toMatchObject({ error: { kind: 'more-than-left', left: 0 } });
  });

  test('of a hundred who return the same two units at once, two units come back; the same form twice is one return', async () => {
    const { shop, order, part } = await oneSale({ quantity: 2 });
    const [line] = await linesOf(part);
    const commands = await Promise.all(
      Array.from({ length: 100 }, () => allOf(part, { toShopId: shop.shopId, lines: [{ lineId: line!.id, quantity: 1 }] })),
    );
    const outcomes = await Promise.all(commands.map((command) => startReturn(scopeOf(order), command, portsAt())));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(2);
    const [won] = commands.filter((_, index) => outcomes[index]?.ok);
    const again = await startReturn(scopeOf(order), won!, portsAt());
    expect(again).toMatchObject(outcomes.find((outcome) => outcome.ok) ?? {});
  });

  test('a hundred scans of one pass settle it once; the others hear who was first', async () => {
    const { shop, offer, order, part } = await oneSale({ quantity: 1 });
    const shops = [shop, await given.shop(), await given.shop()];
    const { returnToken } = await openReturn(order, part, shop);
    const scans = await Promise.all(Array.from({ length: 100 }, (_, index) => inspect(shops[index % 3]!, returnToken)));
    expect(scans.filter((scan) => scan.ok)).toHaveLength(1);
    expect(new Set(scans.flatMap((scan) => (scan.ok ? [] : [scan.error.kind])))).toEqual(new Set(['already-received']));
    await Promise.all(Array.from({ length: 5 }, () => carryOutEverything()));
    expect((await moneyOf(order)).providerRefunded).toBe(2_490);
    expect(await onHand(offer.offerId)).toBeLessThanOrEqual(10);
    expect(await documented(part)).toMatchObject({ gross: 0, notes: 1 });
    expect(await checkLedger(reader())).toEqual([]);
  });

  test('forged and foreign tokens open nothing; four characters open nothing at a shop that has nothing to do with it', async () => {
    const { shop, order, part } = await oneSale({ quantity: 1 });
    const stranger = await given.shop();
    const { number, returnToken } = await openReturn(order, part, shop);
    const { code } = (await getReturnPass(returnToken, portsAt()))!;
    for (const forged of [`${number}.${'A'.repeat(22)}`, number, returnToken.slice(0, -1), returnTokenOf('R-999999999'), 'x'.repeat(400)]) {
      expect(await getReturnPass(forged, portsAt())).toBeUndefined();
      expect(await dropReturn(forged, portsAt())).toMatchObject({ error: { kind: 'return-not-found' } });
    }
    expect(await getCounterReturn(stranger.scope, code, portsAt())).toMatchObject({ error: { kind: 'wrong-pass' } });
    expect(await getCounterReturn(stranger.scope, number, portsAt())).toMatchObject({ error: { kind: 'wrong-pass' } });
    expect(await getCounterReturn(shop.scope, code, portsAt())).toMatchObject({ ok: true, value: { number } });
  });
});

describe('time', () => {
  test('a parcel on its way is refunded on the last day of the law, without its goods (BO-12)', async () => {
    const { shop, offer, order, part } = await oneSale({ quantity: 1 });
    const started = await startReturn(scopeOf(order), await allOf(part), portsAt());
    const { returnToken } = started.ok ? started.value : { returnToken: '' };
    expect((await noteSentBack(returnToken, '6A123', later(3))).ok).toBe(true);
    expect((await noteSentBack(returnToken, '6A124', later(4))).ok).toBe(true);
    expect(await getReturnPass(returnToken, later(4))).toMatchObject({ tracking: '6A123', refundDueOn: '2026-12-09' });
    expect(await settleDueReturns(later(13))).toBe(0);
    expect(await settleDueReturns(later(14))).toBe(1);
    expect(await settleDueReturns(later(14))).toBe(0);
    await carryOutEverything(later(14));
    expect((await moneyOf(order)).providerRefunded).toBe(2_490);
    expect(await onHand(offer.offerId)).toBe(9);
    expect(await inspect(shop, returnToken, {}, later(15))).toMatchObject({ error: { kind: 'return-not-open' } });
  });

  test('a doubt nobody decides is refunded whole on the last day; a withdrawal nobody follows is reminded of once and stays', async () => {
    const { shop, order, part } = await oneSale({ quantity: 2 });
    const [line] = await linesOf(part);
    const one = { lines: [{ lineId: line!.id, quantity: 1 }] };
    const doubted = await openReturn(order, part, shop, one);
    const forgotten = await openReturn(order, part, shop, one);
    await inspect(shop, doubted.returnToken, { verdict: 'question' });
    expect(await remindOfReturns(later(11))).toBeGreaterThan(0);
    expect(await remindOfReturns(later(11))).toBe(0);
    expect(await settleDueReturns(later(14))).toBe(1);
    expect(await dropForgottenReturns(later(60))).toBe(0);
    await carryOutEverything(later(60));
    expect((await moneyOf(order)).providerRefunded).toBe(2_490);
    expect(await getReturnPass(forgotten.returnToken, later(60))).toMatchObject({ state: 'accepted', refundDueOn: undefined });
    expect(await inspect(shop, forgotten.returnToken, {}, later(61))).toMatchObject({ value: { refundedMinor: 2_490 } });
  });

  test('a claim nobody comes with is closed, and its units may be claimed again', async () => {
    const { shop, order, part } = await oneSale({ quantity: 1 });
    const claim = { cause: 'defect', remedy: 'repair' } as const;
    const first = await openReturn(order, part, shop, claim);
    expect(await dropForgottenReturns(later(29))).toBe(0);
    expect(await dropForgottenReturns(later(31))).toBe(1);
    expect(await getReturnPass(first.returnToken, later(31))).toMatchObject({ state: 'dropped' });
    await openReturn(order, part, shop, claim, later(31));
  });
});
