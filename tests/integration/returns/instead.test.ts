import { expect, test } from 'vitest';
import { listings, variants } from '@/db/schema';
import { recordCount } from '@/lib/inventory';
import { DAY, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { decideReturn, getReturnPass, listShopReturns, startReturn } from '@/lib/returns';
import { checkLedger } from '@/lib/settlement';
import type { GivenOffer, GivenShop } from '../../support/builders';
import { given, newKey, portsAt, wednesdayMorning } from '../../support/builders';
import { carryOutEverything, type GivenOrder, moneyOf, paidOrder } from '../../support/paid-order';
import { allOf, documented, handedOver, inspect, onHand, openReturn, scopeOf } from '../../support/returned';

const later = (days: number) => portsAt(plusMs(wednesdayMorning, days * DAY));

/** The same thing in another size, in the same shop. */
async function otherSize(shop: GivenShop, { listingId }: GivenOffer, label: string, priceMinor: number): Promise<GivenOffer> {
  const [first] = await databaseHandle().sql<{ productId: string; categoryId: string }[]>`
    select v.product_id as "productId", l.category_id as "categoryId" from listings l join variants v on v.id = l.variant_id where l.id = ${listingId}`;
  const [variantId, id] = [systemIds.make('variant'), systemIds.make('listing')];
  const title = `Tablier ${label}`;
  const { productId, categoryId } = first as { productId: never; categoryId: never };
  await reader()
    .insert(variants)
    .values({ id: variantId, productId, attributes: {}, label, salesUnit: 'each', weightGrams: 300, volumeCm3: 900 });
  await reader().insert(listings).values({ id, variantId, categoryId, slug: 'tablier', title });
  return given.offer({ shop, listing: { listingId: id, title }, priceMinor, stock: 5 });
}

async function bought(priceMinor = 2_490) {
  const shop = await given.shop();
  const offer = await given.offer({ shop, listing: await given.listing({ title: 'Tablier M' }), priceMinor, stock: 10 });
  const order = await paidOrder([{ offer }]);
  return { shop, offer, order, part: await handedOver(order, shop) };
}

async function exchanging(priceMinor: number) {
  const sale = await bought();
  const other = await otherSize(sale.shop, sale.offer, 'L', priceMinor);
  const lines = (await allOf(sale.part)).lines.map((line) => ({ ...line, exchangeOfferId: other.offerId }));
  const started = await openReturn(sale.order, sale.part, sale.shop, { cause: 'exchange', lines });
  return { ...sale, other, ...started };
}

const claims = async (remedy: 'repair' | 'replacement' | 'refund') => {
  const sale = await bought();
  return { ...sale, ...(await openReturn(sale.order, sale.part, sale.shop, { cause: 'defect', remedy })) };
};

async function mailsTo(who: string, order: GivenOrder): Promise<readonly string[]> {
  const rows = await databaseHandle().sql<{ kind: string }[]>`
    select m.kind from messages m join return_cases c on c.id = m.subject where c.order_id = ${order.orderId} and m.recipient like ${who} order by m.created_at, m.id`;
  return rows.map((row) => row.kind);
}

test('an exchange for something cheaper is one walk: the new thing leaves, the old one is on the shelf, the difference comes back', async () => {
  const { shop, offer, other, order, part, returnToken } = await exchanging(1_990);
  expect(await inspect(shop, returnToken)).toMatchObject({
    value: { outcome: 'settled', done: 'swapped', refundedMinor: 500, supplementMinor: 0 },
  });
  await carryOutEverything();
  expect((await moneyOf(order)).providerRefunded).toBe(500);
  expect([await onHand(offer.offerId), await onHand(other.offerId)]).toEqual([10, 4]);
  expect(await documented(part)).toMatchObject({ gross: 1_990, notes: 1 });
  expect(await checkLedger(reader())).toEqual([]);
  expect(await mailsTo('camille%', order)).toEqual(['return-accept', 'return-settle']);
  // What was given instead can come back like anything bought, for what it cost.
  const again = await openReturn(order, part, shop);
  expect(await inspect(shop, again.returnToken)).toMatchObject({ value: { done: 'refunded', refundedMinor: 1_990 } });
  await carryOutEverything();
  expect((await moneyOf(order)).providerRefunded).toBe(2_490);
  expect([await onHand(offer.offerId), await onHand(other.offerId)]).toEqual([10, 5]);
});

test('for something dearer the shop’s till takes the difference and our books do not move; at another shop nothing is exchanged', async () => {
  const { shop, other, order, part, returnToken } = await exchanging(2_990);
  expect(await inspect(await given.shop(), returnToken)).toMatchObject({ error: { kind: 'shop-takes-no-returns' } });
  expect(await inspect(shop, returnToken)).toMatchObject({ value: { done: 'swapped', refundedMinor: 0, supplementMinor: 500 } });
  await carryOutEverything();
  expect((await moneyOf(order)).providerRefunded).toBe(0);
  expect(await documented(part)).toMatchObject({ gross: 2_490, notes: 0 });
  expect(await onHand(other.offerId)).toBe(4);
  const wish = { cause: 'exchange', toShopId: (await given.shop()).shopId } as const;
  expect(await startReturn(scopeOf(order), await allOf(part, wish), portsAt())).toMatchObject({ ok: false });
});

test('when the other size was sold meanwhile, money is given instead', async () => {
  const { shop, offer, other, order, returnToken } = await exchanging(1_990);
  await recordCount(shop.scope, { offerId: other.offerId, counted: 0, asOf: wednesdayMorning, key: newKey() }, portsAt());
  expect(await inspect(shop, returnToken)).toMatchObject({ value: { done: 'refunded', refundedMinor: 2_490 } });
  await carryOutEverything();
  expect((await moneyOf(order)).providerRefunded).toBe(2_490);
  expect([await onHand(offer.offerId), await onHand(other.offerId)]).toEqual([10, 0]);
});

test('a repair is waited for, told, given back and lengthens the guarantee; nothing is refunded', async () => {
  const { shop, offer, order, part, returnToken } = await claims('repair');
  const guaranteed = async () => {
    const [row] = await databaseHandle().sql<
      { count: number }[]
    >`select count(*)::int as count from return_cases where order_id = ${order.orderId} and state = 'settled'`;
    return row?.count;
  };
  expect(await inspect(shop, returnToken, {}, later(1))).toMatchObject({
    value: { outcome: 'to-mend', dueAt: plusMs(wednesdayMorning, 31 * DAY) },
  });
  const [mending] = (await listShopReturns(shop.scope, later(2))).toDecide;
  const decide = { returnId: mending!.returnId, decision: { kind: 'mended' } } as const;
  expect(await decideReturn((await given.shop()).scope, decide, later(9))).toMatchObject({ error: { kind: 'return-not-found' } });
  expect(await decideReturn(shop.scope, decide, later(9))).toMatchObject({ ok: true, value: { done: 'mended', refundedMinor: 0 } });
  await carryOutEverything(later(9));
  expect(await guaranteed()).toBe(1);
  expect((await moneyOf(order)).providerRefunded).toBe(0);
  expect(await onHand(offer.offerId)).toBe(9);
  expect(await mailsTo('camille%', order)).toEqual(['return-accept', 'return-await-remedy', 'return-settle']);
  // Two years and six months more (L.217-13): a claim after two years and three months is still one.
  expect(
    await startReturn(scopeOf(order), await allOf(part, { cause: 'defect', remedy: 'refund', toShopId: shop.shopId }), later(820)),
  ).toMatchObject({ ok: true });
  const other = await bought();
  const late = await allOf(other.part, { cause: 'defect', remedy: 'refund', toShopId: other.shop.shopId });
  expect(await startReturn(scopeOf(other.order), late, later(820))).toMatchObject({ error: { kind: 'no-right-to-return' } });
});

test('what cannot be mended is refunded whole; a replacement leaves the shelf and the broken thing does not come back on it', async () => {
  const broken = await claims('repair');
  await inspect(broken.shop, broken.returnToken);
  const [mending] = (await listShopReturns(broken.shop.scope, portsAt())).toDecide;
  expect(await decideReturn(broken.shop.scope, { returnId: mending!.returnId, decision: { kind: 'refund' } }, portsAt())).toMatchObject({
    value: { refundedMinor: 2_490 },
  });
  await carryOutEverything();
  expect((await moneyOf(broken.order)).providerRefunded).toBe(2_490);

  const { shop, offer, order, returnToken } = await claims('replacement');
  expect(await inspect(shop, returnToken)).toMatchObject({ value: { done: 'swapped', refundedMinor: 0, supplementMinor: 0 } });
  await carryOutEverything();
  expect(await onHand(offer.offerId)).toBe(8);
  expect((await moneyOf(order)).providerRefunded).toBe(0);
  expect(await checkLedger(reader())).toEqual([]);
});

test('a claim the shop refuses is told with the reason and the mediator, and no money moves', async () => {
  const { shop, order, returnToken } = await claims('refund');
  await inspect(shop, returnToken, { verdict: 'question', note: 'chute' });
  const [asked] = (await listShopReturns(shop.scope, portsAt())).toDecide;
  const refuse = { returnId: asked!.returnId, decision: { kind: 'refuse', reason: 'cassé par une chute' } } as const;
  expect(await decideReturn(shop.scope, refuse, portsAt())).toMatchObject({ ok: true, value: { outcome: 'refused' } });
  await carryOutEverything();
  expect((await getReturnPass(returnToken, portsAt()))?.state).toBe('refused');
  const [mail] = await databaseHandle().sql<{ text: string }[]>`
    select m.plain_text as text from messages m join return_cases c on c.id = m.subject where c.order_id = ${order.orderId} and m.kind = 'return-refuse'`;
  expect(mail?.text).toContain('cassé par une chute');
  expect(mail?.text).toContain('mediateur.example.org');
  expect((await moneyOf(order)).providerRefunded).toBe(0);
});
