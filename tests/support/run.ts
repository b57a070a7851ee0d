import { addLine, chooseMethod, createBasket, setPlace } from '@/lib/basket';
import { placeOrder } from '@/lib/checkout';
import { planRun } from '@/lib/courier';
import { acceptSubOrder, markReady, tickLine } from '@/lib/fulfilment';
import type { ListingId, OfferId, OrderLineId, PersonId, ShopId, ShopperScope, ShopScope, SubOrderId } from '@/lib/kernel';
import { payWithDemoCard } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';

type Thing = {
  readonly offerId: OfferId;
  readonly listingId: ListingId;
  readonly shopId: ShopId;
  readonly personId: PersonId;
  readonly priceMinor: number;
};

export type BroughtOrder = { readonly orderToken: string; readonly number: string; readonly parts: readonly SubOrderId[] };

/** Things of shops that have them brought by bike, one a shop. */
async function broughtThings(count: number): Promise<readonly Thing[]> {
  const things = await databaseHandle().sql<Thing[]>`
    select distinct on (o.shop_id) o.id as "offerId", o.listing_id as "listingId", o.shop_id as "shopId", o.price_minor::int as "priceMinor", g.person_id as "personId"
    from offers o join shops s on s.id = o.shop_id and s.level = 'sell' and s.takes_orders and s.services ->> 'courier' is not null
    join listings li on li.id = o.listing_id and li.is_published join categories c on c.id = li.category_id and c.minimum_age is null
    join variants v on v.id = li.variant_id and v.sales_unit = 'each'
    join stock_levels l on l.offer_id = o.id and l.on_hand - l.reserved - l.allocated - l.safety_stock > 6
    join lateral (select person_id from role_grants where shop_id = o.shop_id and role = 'owner' limit 1) g on true
    where o.is_active and o.price_steps = 1 order by o.shop_id, o.id`;
  if (things.length < count) throw new Error('shops of the city have things brought by bike');
  return things.slice(0, count);
}

const HOUSES = [
  { label: '12 rue du Port, 38000 Grenoble', latitude: 45.1912, longitude: 5.7232 },
  { label: '31 cours Berriat, 38000 Grenoble', latitude: 45.1868, longitude: 5.7171 },
] as const;

/** A paid order of one thing from each of these shops, brought to a door and ready at every shop. */
async function broughtOrder(things: readonly Thing[], shopperName: string, house: (typeof HOUSES)[number]): Promise<BroughtOrder> {
  const { basketId } = await createBasket('fr');
  const shopper: ShopperScope = { kind: 'shopper', personId: undefined, basketId };
  for (const { offerId, listingId, priceMinor } of things) {
    await addLine(shopper, { offerId, listingId, quantity: 1, shopChosen: true, priceSeenMinor: priceMinor });
  }
  await setPlace(shopper, house);
  for (const { shopId } of things) {
    const chosen = await chooseMethod(shopper, { shopId, method: 'courier' });
    if (!chosen.ok) throw new Error(chosen.error.kind);
  }
  const who = { name: shopperName, email: 'tournee@example.org', phone: '+33 6 12 34 56 78' };
  const order = { basketId, key: systemIds.make('event'), ...who, isBroughtToPlace: true, rescueWish: 'refund', locale: 'fr' } as const;
  const placed = await placeOrder(shopper, order);
  if (!placed.ok) throw new Error(JSON.stringify(placed.error));
  const paid = await payWithDemoCard(placed.value.orderToken, { number: '4242 4242 4242 4242', expiry: '12/34', code: '123' });
  if (!paid.ok) throw new Error(JSON.stringify(paid.error));
  const { sql } = databaseHandle();
  const parts = await sql<{ id: SubOrderId; shopId: ShopId }[]>`
    select id, shop_id as "shopId" from sub_orders where order_id = ${placed.value.orderId} order by number`;
  for (const part of parts) {
    const owner = things.find((thing) => thing.shopId === part.shopId);
    if (!owner) throw new Error('the shops are chosen');
    const scope: ShopScope = { kind: 'shop', role: 'owner', shopId: part.shopId, personId: owner.personId };
    await acceptSubOrder(scope, part.id);
    const lines = await sql<{ id: OrderLineId; quantity: number }[]>`select id, quantity from order_lines where sub_order_id = ${part.id}`;
    for (const line of lines) await tickLine(scope, { lineId: line.id, pickedQuantity: line.quantity });
    const ready = await markReady(scope, { subOrderId: part.id, bag: 'B1' });
    if (!ready.ok) throw new Error(ready.error.kind);
  }
  return { ...placed.value, parts: parts.map((part) => part.id) };
}

/** Two people's bags from two shops, all for the next slot: one from both, one from the second. */
export async function twoBroughtOrders(): Promise<readonly [BroughtOrder, BroughtOrder]> {
  const things = await broughtThings(2);
  return [await broughtOrder(things, 'Camille Rolland', HOUSES[0]), await broughtOrder(things.slice(1), 'Inès Barral', HOUSES[1])];
}

/** The link of a run nobody has begun, with two shops and two doors. */
export async function runSheet(): Promise<string> {
  const orders = await twoBroughtOrders();
  const [admin] = await databaseHandle().sql<{ id: PersonId }[]>`
    select person_id as id from role_grants where role = 'admin' and shop_id is null limit 1`;
  if (!admin) throw new Error('the city has an administration');
  const ids = orders.flatMap((order) => order.parts);
  const slot = await databaseHandle().sql<{ id: SubOrderId }[]>`
    select id from sub_orders where id in ${databaseHandle().sql(ids)}
      and promised_from = (select min(promised_from) from sub_orders where id in ${databaseHandle().sql(ids)})`;
  const run = await planRun(
    { kind: 'operator', personId: admin.id, role: 'admin' },
    { courierName: 'Karim', subOrderIds: slot.map((part) => part.id) },
  );
  if (!run.ok) throw new Error(run.error.kind);
  return run.value.token;
}
