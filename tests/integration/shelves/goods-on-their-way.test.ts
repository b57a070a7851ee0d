import { expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { networks, shops } from '@/db/schema';
import { placeOrder } from '@/lib/checkout';
import { allocate, listLevelsOffTheirFold, recordCount, release, searchShopStock } from '@/lib/inventory';
import type { OrderLineId, StockTransferId } from '@/lib/kernel';
import { DAY, ok, plusMs } from '@/lib/kernel';
import { subOrderStates } from '@/lib/oms';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { reader, withTransaction } from '@/lib/platform/transaction';
import {
  cancelDelivery,
  endTransfer,
  expectDelivery,
  listDeliveries,
  listFutureStock,
  listSafetyRules,
  listTransferSources,
  listTransfers,
  receiveDelivery,
  receiveTransfer,
  requestTransfer,
  sendTransfer,
  setSafetyRule,
} from '@/lib/shelves';
import type { GivenOffer, GivenShop } from '../../support/builders';
import { given, newKey, orderFor, portsAt, wednesdayMorning } from '../../support/builders';
import { askedOf, refused, street } from '../../support/network-street';

const ports = portsAt();
const tomorrow = plusMs(wednesdayMorning, DAY);
const onHand = async (offer: GivenOffer) =>
  (await searchShopStock(offer.shop.scope, '')).find((row) => row.offerId === offer.offerId)?.onHand;

async function inOneNetwork(...members: readonly GivenShop[]): Promise<void> {
  const id = systemIds.make('network');
  await reader().insert(networks).values({ id, name: 'Enseigne', slug: id.toLowerCase(), kind: 'branch' });
  for (const { shopId } of members) await reader().update(shops).set({ networkId: id }).where(eq(shops.id, shopId));
}

test('a delivery is future stock until it is received, and then the units that were really in the box', async () => {
  const offer = await given.offer({ shop: await given.shop(), stock: 0 });
  const { scope } = offer.shop;
  const wish = { code: offer.offerId, quantity: 12, expectedAt: tomorrow };
  const noted = await expectDelivery(scope, wish, ports);
  if (!noted.ok) throw new Error(noted.error.kind);
  const { deliveryId } = noted.value;
  expect((await listFutureStock([offer.offerId], wednesdayMorning)).get(offer.offerId)).toMatchObject({
    quantity: 12,
    expectedAt: tomorrow,
  });
  expect(await listDeliveries(scope, plusMs(tomorrow, DAY))).toMatchObject([{ deliveryId, isLate: true }]);
  expect((await listFutureStock([offer.offerId], plusMs(tomorrow, 1))).size).toBe(0); // late: it promises nothing

  for (const received of [10, 7])
    expect(await receiveDelivery(scope, { deliveryId, received }, ports)).toEqual({ ok: true, value: { onHand: 10 } });
  expect(await onHand(offer)).toBe(10);
  expect(await cancelDelivery(scope, deliveryId, ports)).toMatchObject({ ok: false, error: { kind: 'delivery-ended' } });
  expect(await listDeliveries(scope, wednesdayMorning)).toEqual([]);
});

test('yesterday, a hundred years on, nothing, and another shop’s delivery are refused', async () => {
  const offer = await given.offer({ shop: await given.shop(), stock: 0 });
  const other = await given.shop();
  const wish = { code: offer.offerId, quantity: 1, expectedAt: tomorrow };
  const expecting = async (change: Partial<typeof wish>, scope = offer.shop.scope) => {
    const outcome = await expectDelivery(scope, { ...wish, ...change }, ports);
    return outcome.ok ? 'ok' : outcome.error.kind;
  };
  expect(await expecting({ expectedAt: plusMs(wednesdayMorning, -DAY) })).toBe('not-a-coming-day');
  expect(await expecting({ expectedAt: plusMs(wednesdayMorning, 400 * DAY) })).toBe('not-a-coming-day');
  expect(await expecting({ quantity: 0 })).toBe('absurd-quantity');
  expect(await expecting({}, other.scope)).toBe('offer-not-found');
  const noted = await expectDelivery(offer.shop.scope, wish, ports);
  if (!noted.ok) throw new Error(noted.error.kind);
  expect(await cancelDelivery(other.scope, noted.value.deliveryId, ports)).toMatchObject({
    ok: false,
    error: { kind: 'delivery-not-found' },
  });
  expect(await cancelDelivery(offer.shop.scope, noted.value.deliveryId, ports)).toEqual({ ok: true, value: undefined });
});

async function twoShops() {
  const [here, there] = [await given.shop(), await given.shop()];
  await inOneNetwork(here, there);
  const listing = await given.listing();
  const [own, theirs] = [await given.offer({ shop: here, listing, stock: 1 }), await given.offer({ shop: there, listing, stock: 8 })];
  const sources = await listTransferSources(here.scope, own.offerId);
  expect(sources).toMatchObject([{ offerId: theirs.offerId, available: 8 }]);
  const asked = await requestTransfer(here.scope, { code: own.offerId, fromOfferId: theirs.offerId, quantity: 5 }, ports);
  if (!asked.ok) throw new Error(asked.error.kind);
  return { here, there, own, theirs, transferId: asked.value.transferId };
}

async function unitsAnywhere(transferId: StockTransferId, ...offers: readonly GivenOffer[]): Promise<number> {
  const [transfer] = await databaseHandle()
    .sql`select state, sent_quantity as sent, received_quantity as received from stock_transfers where id = ${transferId}`;
  const shelves = await Promise.all(offers.map(onHand));
  const away = transfer?.['state'] === 'sent' ? transfer['sent'] : (transfer?.['sent'] ?? 0) - (transfer?.['received'] ?? 0); // on the way, or lost there
  return shelves.reduce<number>((sum, units) => sum + (units ?? 0), away);
}

test('a transfer neither makes nor loses a unit: on one shelf, on the way, on the other shelf, or known to be lost', async () => {
  const { here, there, own, theirs, transferId } = await twoShops();
  expect(await unitsAnywhere(transferId, own, theirs)).toBe(9);
  await Promise.all(Array.from({ length: 20 }, () => sendTransfer(there.scope, transferId, ports)));
  expect([await onHand(own), await onHand(theirs)]).toEqual([1, 3]);
  expect(await unitsAnywhere(transferId, own, theirs)).toBe(9);
  await Promise.all(Array.from({ length: 20 }, () => receiveTransfer(here.scope, { transferId, received: 4 }, ports)));
  expect([await onHand(own), await onHand(theirs)]).toEqual([5, 3]);
  expect(await unitsAnywhere(transferId, own, theirs)).toBe(9);
  expect(await listTransfers(here.scope)).toMatchObject([{ direction: 'in', sentQuantity: 5, receivedQuantity: 4, state: 'received' }]);
  expect(await listLevelsOffTheirFold()).toEqual([]);
});

test('each side acts for itself only: others find no transfer, and nothing is received before it was sent', async () => {
  const { here, there, transferId } = await twoShops();
  const stranger = await given.shop();
  const kindOf = async (outcome: Promise<{ readonly ok: boolean; readonly error?: { readonly kind: string } }>) =>
    (await outcome).error?.kind ?? 'ok';
  expect(await kindOf(sendTransfer(here.scope, transferId, ports))).toBe('transfer-not-found');
  expect(await kindOf(sendTransfer(stranger.scope, transferId, ports))).toBe('transfer-not-found');
  expect(await kindOf(receiveTransfer(here.scope, { transferId, received: 1 }, ports))).toBe('transfer-is');
  expect(await kindOf(endTransfer(there.scope, { transferId, as: 'declined' }, ports))).toBe('ok');
  expect(await kindOf(sendTransfer(there.scope, transferId, ports))).toBe('transfer-is');
  expect(await kindOf(requestTransfer(stranger.scope, { code: 'x', fromOfferId: systemIds.make('offer'), quantity: 1 }, ports))).toBe(
    'not-in-a-network',
  );
});

test('what a shop withholds is not sold: for a department, or for all others, and a new count keeps it', async () => {
  const shop = await given.shop();
  const [bread, tools] = [await given.category(), await given.category()];
  const loaf = await given.offer({ shop, stock: 5, listing: await given.listing({ categoryId: bread }) });
  const hammer = await given.offer({ shop, stock: 5, listing: await given.listing({ categoryId: tools }) });
  const available = async () => {
    const rows = await searchShopStock(shop.scope, '');
    return [loaf, hammer].map(({ offerId }) => rows.find((row) => row.offerId === offerId)?.available);
  };
  const rule = (categoryId: typeof bread | undefined, safetyStock: number, routingSafetyStock = 0) =>
    setSafetyRule(shop.scope, { categoryId, safetyStock, routingSafetyStock }, ports);
  expect((await rule(undefined, 1)).ok).toBe(true);
  expect(await available()).toEqual([4, 4]);
  expect((await rule(tools, 3, 2)).ok).toBe(true);
  expect(await available()).toEqual([4, 2]);
  await recordCount(shop.scope, { offerId: hammer.offerId, counted: 4, asOf: wednesdayMorning, key: newKey() }, ports);
  expect(await available()).toEqual([4, 1]);
  expect(await rule(tools, 1, 2)).toEqual({ ok: false, error: { kind: 'routing-above-sale' } });
  expect(await rule(await given.category(), 1)).toEqual({ ok: false, error: { kind: 'department-not-sold' } });
  expect(await listSafetyRules(shop.scope)).toMatchObject([
    { categoryId: undefined, safetyStock: 1, offers: 2 },
    { isOwn: false, safetyStock: 1 },
    { isOwn: true, safetyStock: 3, routingSafetyStock: 2 },
  ]);
});

test('what is withheld from sale may serve an order that was taken already, what is withheld from those too may not', async () => {
  const offer = await given.offer({ shop: await given.shop(), stock: 3 });
  const taken = await given.basketOf([{ offer, quantity: 2 }]);
  expect((await placeOrder(taken.shopper, orderFor(taken), ports)).ok).toBe(true);
  const rows = await databaseHandle().sql<{ id: OrderLineId }[]>`select id from order_lines where offer_id = ${offer.offerId}`;
  const lines = rows.map((row) => row.id);
  await withTransaction(async (tx) => ok(await release(tx, lines)));
  await setSafetyRule(offer.shop.scope, { categoryId: undefined, safetyStock: 3, routingSafetyStock: 2 }, ports);
  const allocating = (forWhom: 'sale' | 'taken-order') => withTransaction((tx) => allocate(tx, lines, ports, forWhom));
  expect((await allocating('sale')).ok).toBe(false);
  expect((await allocating('taken-order')).ok).toBe(false);
  await setSafetyRule(offer.shop.scope, { categoryId: undefined, safetyStock: 3, routingSafetyStock: 1 }, ports);
  expect((await allocating('sale')).ok).toBe(false);
  expect((await allocating('taken-order')).ok).toBe(true);
});

test('what is carried for an order is shown as its part says, whatever that is, and what somebody has still to do stands first', async () => {
  const made = await street();
  const order = await refused(made);
  const carried = await askedOf(made.sister);
  const { near, sister } = made;
  const before = portsAt(plusMs(wednesdayMorning, -DAY));
  const wish = { code: near.offer.offerId, fromOfferId: sister.offer.offerId, quantity: 1 };
  expect(await requestTransfer(near.shop.scope, wish, before)).toMatchObject({ ok: true });
  const { sql } = databaseHandle();
  for (const part of subOrderStates) {
    await sql`update sub_orders set state = ${part} where order_id = ${order.orderId} and number like '%-2'`;
    const shown = {
      requested: part === 'offered' ? 'requested' : 'cancelled',
      sent: part === 'accepted' || part === 'preparing' ? 'sent' : 'received',
      declined: 'declined',
    } as const;
    for (const [state, as] of Object.entries(shown)) {
      await sql`update stock_transfers set state = ${state} where id = ${carried}`;
      const list = await listTransfers(sister.shop.scope);
      const at = list.findIndex(({ transferId }) => transferId === carried);
      expect(list[at], `${state} for what is ${part}`).toMatchObject({ state: as, forOrder: { number: `${order.number}-2` } });
      expect(at, `${as} beside what was asked yesterday`).toBe(as === 'requested' || as === 'sent' ? 0 : 1);
    }
  }
});
