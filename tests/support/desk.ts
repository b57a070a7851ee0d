import type { Locator } from '@playwright/test';
import { and, asc, eq, exists, gt, isNull, notExists, sql } from 'drizzle-orm';
import { categories, listings, offers, people, roleGrants, shops, stockLevels, stockLocations } from '@/db/schema';
import { addLine, createBasket } from '@/lib/basket';
import { placeOrder } from '@/lib/checkout';
import { acceptSubOrder, handOver, markReady, tickLine } from '@/lib/fulfilment';
import type { OperatorRole, OrderId, OrderLineId, ShopId, ShopperScope, ShopRole, ShopScope, SubOrderId } from '@/lib/kernel';
import { payWithDemoCard } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { reader } from '@/lib/platform/transaction';
import { expect } from './browser';

/** A shop of the test city, its keys, and things it sells by the piece. */
export type DeskShop = { readonly shopId: ShopId; readonly slug: string; readonly name: string; readonly owner: string };

/** So that a few runs on one city do not empty a shelf. */
const THINGS_ENOUGH = 8;

/** Shops that sell for pickup and have an owner, always the same ones; `skip` leaves the first ones to other stories. */
export async function deskShops(count: number, skip = 0): Promise<readonly DeskShop[]> {
  const rows = await reader()
    .select({ shopId: shops.id, slug: shops.slug, name: shops.name, owner: people.email })
    .from(shops)
    .innerJoin(roleGrants, and(eq(roleGrants.shopId, shops.id), eq(roleGrants.role, 'owner')))
    .innerJoin(people, eq(people.id, roleGrants.personId))
    .where(
      and(
        eq(shops.level, 'sell'),
        eq(shops.takesOrders, true),
        sql`(${shops.services} ->> 'pickup')::boolean`,
        exists(thingsOf(shops.id).offset(THINGS_ENOUGH)),
        notExists(
          reader()
            .select({ one: sql`1` })
            .from(sql`role_grants other`)
            .where(sql`other.person_id = ${people.id} and other.shop_id <> ${shops.id}`),
        ),
      ),
    )
    .orderBy(sql`${shops.slug} desc`)
    .offset(skip)
    .limit(count);
  expect(rows, 'the test city has that many shops').toHaveLength(count);
  return rows;
}

/** Somebody with a role in a shop, made for one story. */
export async function colleague(shop: Pick<DeskShop, 'shopId'>, role: ShopRole, name: string): Promise<string> {
  return grant(name, { shopId: shop.shopId, role });
}

/** Somebody of the city with a role, made for one story. */
export async function cityPerson(role: OperatorRole, name: string): Promise<string> {
  return grant(name, { shopId: null, role });
}

async function grant(
  name: string,
  { shopId, role }: { readonly shopId: ShopId | null; readonly role: ShopRole | OperatorRole },
): Promise<string> {
  const personId = systemIds.make('person');
  const email = `${personId.toLowerCase()}@example.org`;
  const { sql: query } = databaseHandle();
  await query`insert into people (id, email, name, locale, created_at) values (${personId}, ${email}, ${name}, 'fr', now())`;
  await query`insert into role_grants (person_id, shop_id, role, granted_at) values (${personId}, ${shopId}, ${role}, now())`;
  return email;
}

export type DeskOrder = {
  readonly orderId: OrderId;
  readonly orderToken: string;
  readonly number: string;
  readonly part: { readonly id: SubOrderId; readonly number: string; readonly code: string };
};

/** What a shop sells by the piece to anybody, with some to spare. */
function thingsOf(shopId: ShopId | typeof shops.id) {
  return reader()
    .select({ offerId: offers.id, listingId: offers.listingId, priceMinor: offers.priceMinor })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(categories, eq(categories.id, listings.categoryId))
    .innerJoin(stockLocations, and(eq(stockLocations.shopId, offers.shopId), eq(stockLocations.kind, 'shop')))
    .innerJoin(stockLevels, and(eq(stockLevels.offerId, offers.id), eq(stockLevels.locationId, stockLocations.id)))
    .where(
      and(
        eq(offers.shopId, shopId),
        eq(offers.isActive, true),
        eq(offers.priceSteps, 1),
        isNull(categories.minimumAge),
        gt(sql`${stockLevels.onHand} - ${stockLevels.reserved} - ${stockLevels.allocated} - ${stockLevels.safetyStock}`, 3),
      ),
    )
    .orderBy(asc(offers.id));
}

/** A paid order of `articles` different things of one shop, offered to it just now. */
export async function orderAt(shop: DeskShop, articles: number, shopperName: string): Promise<DeskOrder> {
  const things = await thingsOf(shop.shopId).limit(articles);
  expect(things, `${shop.name} has enough on its shelf`).toHaveLength(articles);
  const { basketId } = await createBasket('fr');
  const shopper: ShopperScope = { kind: 'shopper', personId: undefined, basketId };
  for (const { priceMinor, ...thing } of things) {
    const added = await addLine(shopper, { ...thing, quantity: 1, shopChosen: true, priceSeenMinor: priceMinor });
    expect(added).toMatchObject({ ok: true });
  }
  const key = systemIds.make('event');
  const placed = await placeOrder(shopper, {
    basketId,
    key,
    name: shopperName,
    email: 'desk@example.org',
    rescueWish: 'refund',
    locale: 'fr',
  });
  if (!placed.ok) throw new Error(`the order was refused: ${JSON.stringify(placed.error)}`);
  const paid = await payWithDemoCard(placed.value.orderToken, { number: '4242 4242 4242 4242', expiry: '12/34', code: '123' });
  if (!paid.ok) throw new Error(`the payment was refused: ${JSON.stringify(paid.error)}`);
  const [part] = await databaseHandle().sql<
    { id: SubOrderId; number: string; code: string }[]
  >`select id, number, pickup_code as code from sub_orders where order_id = ${placed.value.orderId}`;
  if (!part) throw new Error('the order has a part');
  return { ...placed.value, part };
}

/** Somebody nobody ordered as before, and how the counter calls them: "Inesqxz B.". */
export function someone(first: string, last: string): { readonly full: string; readonly short: string } {
  const letters = systemIds.make('event').slice(-5).toLowerCase().replaceAll(/\d/gu, 'x');
  return { full: `${first}${letters} ${last}`, short: `${first}${letters} ${last.charAt(0)}.` };
}

/** A shop picks what was ordered and gives it to whoever shows the code. */
export async function giveAway(shop: Pick<DeskShop, 'shopId'>, { part }: Pick<DeskOrder, 'part'>): Promise<void> {
  const scope: ShopScope = { kind: 'shop', shopId: shop.shopId, personId: systemIds.make('person'), role: 'owner' };
  await acceptSubOrder(scope, part.id);
  const lines = await databaseHandle().sql<
    { id: OrderLineId; quantity: number }[]
  >`select id, quantity from order_lines where sub_order_id = ${part.id}`;
  for (const line of lines) await tickLine(scope, { lineId: line.id, pickedQuantity: line.quantity });
  await markReady(scope, { subOrderId: part.id });
  const given = await handOver(scope, { subOrderId: part.id, proof: { pass: part.code } });
  expect(given).toMatchObject({ ok: true });
}

/** Where a sub-order stands, in the books. */
export async function stateOf(part: { readonly id: SubOrderId }): Promise<string> {
  const [row] = await databaseHandle().sql<{ state: string }[]>`select state from sub_orders where id = ${part.id}`;
  return row?.state ?? '';
}

/** The fields of a form as the page sends them. */
export async function fieldsOf(form: Locator): Promise<Readonly<Record<string, string>>> {
  const fields = await form.evaluate((element) =>
    element instanceof HTMLFormElement
      ? [...new FormData(element)].map(([name, value]) => [name, typeof value === 'string' ? value : ''] as const)
      : [],
  );
  return Object.fromEntries(fields);
}
