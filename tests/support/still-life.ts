import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { addLine, createBasket, setPlace } from '@/lib/basket';
import { enterCheckout, placeOrder } from '@/lib/checkout';
import { checkImport, stageImport } from '@/lib/connectors';
import { passTokenOf } from '@/lib/fulfilment';
import { BASKET_COOKIE, requestSignInLink } from '@/lib/identity';
import type {
  ListingId,
  Minor,
  OfferId,
  OrderId,
  OrderLineId,
  PersonId,
  RequestId,
  ShopId,
  ShopperScope,
  ShopScope,
  SubOrderId,
} from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { answerRequest, askShops } from '@/lib/requests';
import { startReturn } from '@/lib/returns';

/** The demo people of the city: their roles reach every page. */
export const demoPeople = {
  shopper: 'camille@courriel.example',
  shop: 'paul.morel@quincaillerie-morel.example',
  city: 'admin@halles-grenoble.example',
} as const;

/** The shop whose counter the seeding leaves at work, and the shopper who bought there and in two shops more. */
export const SHOP = 'quincaillerie-morel';
const SHOPPER = 'Camille Rolland';

const wished = [
  [SHOP, 'Cafetière italienne inox, 6 tasses'],
  [SHOP, 'Joints et filtre pour cafetière 6 tasses'],
  ['la-brulerie-du-port', 'Café moulu « Vieux Port », 250 g'],
  ['librairie-sainte-ombre', 'Le Café, une histoire sensible'],
] as const;

const place = { label: '7 rue de Turenne, 38000 Grenoble', latitude: 45.184571, longitude: 5.721728 };

async function one<T>(rows: Promise<readonly T[]>, what: string): Promise<T> {
  const [row] = await rows;
  if (row === undefined) throw new Error(`the still city has ${what}`);
  return row;
}

/** A basket of three shops, filled as the pages fill it; the cookie that makes it a browser's own. */
export async function basketOfThreeShops(): Promise<{ readonly shopper: ShopperScope; readonly token: string }> {
  const { basketId, token } = await createBasket('fr');
  const shopper: ShopperScope = { kind: 'shopper', personId: undefined, basketId };
  await setPlace(shopper, place);
  for (const [shop, title] of wished) {
    const thing = await one(
      databaseHandle().sql<{ offerId: OfferId; listingId: ListingId; priceMinor: Minor }[]>`
        select o.id as "offerId", l.id as "listingId", o.price_minor::int as "priceMinor" from offers o
        join listings l on l.id = o.listing_id join shops s on s.id = o.shop_id
        where s.slug = ${shop} and replace(l.title, ${'\u00a0'}, ' ') = ${title}`,
      title,
    );
    const { priceMinor, ...chosen } = thing;
    // Time stands still, so that no hold runs out: whoever comes late must find enough on the shelf.
    await databaseHandle().sql`
      update stock_levels set on_hand = reserved + allocated + safety_stock + 2
      where offer_id = ${chosen.offerId} and on_hand - reserved - allocated - safety_stock < 2`;
    const added = await addLine(shopper, { ...chosen, quantity: 1, shopChosen: true, priceSeenMinor: priceMinor });
    if (!added.ok) throw new Error(`${title}: ${added.error.kind}`);
  }
  return { shopper, token };
}

export async function carryBasket(context: BrowserContext, baseUrl: string, token: string): Promise<void> {
  await context.addCookies([{ name: BASKET_COOKIE, value: token, url: baseUrl, httpOnly: true, sameSite: 'Lax' }]);
}

/** A shopper's street, as its form keeps it. */
export async function standSomewhere(context: BrowserContext, baseUrl: string): Promise<void> {
  await context.addCookies([{ name: 'halles_place', value: encodeURIComponent(JSON.stringify(place)), url: baseUrl, httpOnly: true }]);
}

/** The basket of three shops with its stock held. */
export async function basketInCheckout(): Promise<string> {
  const { shopper, token } = await basketOfThreeShops();
  const entered = await enterCheckout(shopper);
  if (!entered.ok) throw new Error(`checkout: ${entered.error.kind}`);
  return token;
}

/** An order that waits for its payment: the token of its payment page. */
export async function orderToPay(): Promise<string> {
  const { shopper } = await basketOfThreeShops();
  const { basketId } = shopper;
  if (basketId === undefined) throw new Error('a basket has an id');
  const email = 'camille@example.org';
  const key = systemIds.make('event');
  const placed = await placeOrder(shopper, {
    basketId,
    key,
    name: 'Camille Roux',
    email,
    rescueWish: 'refund',
    locale: 'fr',
    isBroughtToPlace: true,
  });
  if (!placed.ok) throw new Error(`order: ${placed.error.kind}`);
  return placed.value.orderToken;
}

/** What the addresses of single pages need, found in the still city. */
export async function stillLife() {
  const { sql } = databaseHandle();
  const order = await one(
    sql<{ id: string; token: string }[]>`
      select o.id, o.token from orders o where o.shopper_name = ${SHOPPER} and o.paid_at is not null and (select count(*) from sub_orders where order_id = o.id) = 3
      order by o.placed_at desc limit 1`,
    'an order of three shops',
  );
  const parts = await sql<{ id: string; number: string; shop: string; state: string }[]>`
    select p.id, p.number, s.slug as shop, p.state from sub_orders p join shops s on s.id = p.shop_id where p.order_id = ${order.id}`;
  const listing = await one(
    sql<{ slugId: string }[]>`select slug || '-' || id as "slugId" from listings where replace(title, ${'\u00a0'}, ' ') = ${wished[0][1]}`,
    'a coffee maker',
  );
  const preparing = parts.find((part) => part.shop === SHOP);
  const ready = parts.find((part) => part.state === 'ready');
  if (!preparing || !ready) throw new Error('one part is being prepared, another is ready');
  return {
    listing: `/p/${listing.slugId}`,
    track: `/suivi/${order.token}`,
    pickup: `/retrait/${encodeURIComponent(passTokenOf(ready.number))}`,
    counterPart: `/merchant/${SHOP}/counter/${preparing.id}`,
    order: `/admin/orders/${order.id}`,
    ...(await comingBack()),
  };
}

/** An order that was handed over, the form to return something of it, and the pass of a return that is open. */
async function comingBack() {
  const { sql } = databaseHandle();
  const part = await one(
    sql<{ id: SubOrderId; number: string; orderId: OrderId; token: string }[]>`
      select p.id, p.number, p.order_id as "orderId", o.token from sub_orders p join orders o on o.id = p.order_id
      where p.state = 'handed-over' and o.paid_at is not null
        and exists (select from order_lines l where l.sub_order_id = p.id and l.withdrawal_exception is null and l.refused_quantity = 0)
      order by p.state_changed_at desc, p.id limit 1`,
    'a part that was handed over',
  );
  const lines = await sql<{ lineId: OrderLineId }[]>`
    select id as "lineId" from order_lines where sub_order_id = ${part.id} and refused_quantity = 0 order by id limit 1`;
  const start = `/retour/${part.token}`;
  const claim = { subOrderId: part.id, cause: 'defect', remedy: 'refund', lines: lines.map((line) => ({ ...line, quantity: 1 })) } as const;
  const opened = await startReturn({ kind: 'order', orderId: part.orderId }, { ...claim, key: `still-life-${part.id}` });
  if (!opened.ok) throw new Error(`return: ${opened.error.kind}`);
  return {
    startReturn: start,
    returnForm: `${start}?part=${part.number}&cause=defect`,
    returnPass: `/retour/${encodeURIComponent(opened.value.returnToken)}`,
  };
}

/** A mail in the city's mailbox: a sign-in link somebody asked for. */
export async function mailInMailbox(): Promise<string> {
  const asked = await requestSignInLink({ email: 'quelquun@example.org', callbackPath: '/', locale: 'fr', from: 'still life' });
  if (!asked.ok) throw new Error(asked.error.kind);
  const { id } = await one(databaseHandle().sql<{ id: string }[]>`select id from messages order by id desc limit 1`, 'a mail');
  return `/admin/mailbox/${id}`;
}

/** A series of vouchers with its codes. */
export async function voucherSeries(): Promise<string> {
  const { id } = await one(
    databaseHandle().sql<{ id: string }[]>`select id from voucher_series where top_up_bps > 10000 order by id limit 1`,
    'vouchers',
  );
  return `/admin/vouchers/${id}`;
}

/** A file of the shop's, read and not yet decided: one row is good, one has a price that is none. */
export async function fileToImport(): Promise<string> {
  const hand = await one(
    databaseHandle().sql<{ shopId: ShopId; personId: PersonId }[]>`
      select s.id as "shopId", g.person_id as "personId" from shops s join role_grants g on g.shop_id = s.id and g.role = 'owner' where s.slug = ${SHOP}`,
    'an owner of the shop',
  );
  const scope: ShopScope = { kind: 'shop', role: 'owner', ...hand };
  const folder = mkdtempSync(join(tmpdir(), 'halles-looks-'));
  const path = join(folder, 'rayon.csv');
  writeFileSync(path, 'Référence;Libellé;Prix TTC;Stock\nV1;Vase bleu;14,00;3\nV2;Vase vert;quatorze;2\n');
  const staged = await stageImport(scope, { path, fileName: 'rayon.csv' });
  rmSync(folder, { recursive: true });
  if (!staged.ok) throw new Error(staged.error.kind);
  const checked = await checkImport(scope, { importId: staged.value });
  if (!checked.ok) throw new Error(checked.error.kind);
  return `/merchant/${SHOP}/stock/import/${staged.value}`;
}

/** A product of the shop, in its form. */
export async function ownProduct(): Promise<string> {
  const rows = databaseHandle().sql<{ id: string }[]>`
    select o.id from offers o join shops s on s.id = o.shop_id where s.slug = ${SHOP} order by o.id limit 1`;
  return `/merchant/${SHOP}/products/${(await one(rows, 'an offer of the shop')).id}`;
}

/** Something the street is asked for, with an offer of the shop: the page whoever asked holds the link of. */
export async function requestWithOffer(): Promise<string> {
  const asked = await askShops({ words: 'Joint pour cafetière italienne 6 tasses', locale: 'fr', address: systemIds.make('event') });
  if (!asked.ok) throw new Error(asked.error.kind);
  const asks = await databaseHandle().sql<{ requestId: RequestId; shopId: ShopId; personId: PersonId }[]>`
    select a.request_id as "requestId", a.shop_id as "shopId", g.person_id as "personId" from request_answers a
    join requests r on r.id = a.request_id join role_grants g on g.shop_id = a.shop_id and g.role = 'owner'
    where r.token = ${asked.value.token} order by a.shop_id limit 2`;
  for (const { requestId, ...hand } of asks) {
    const offer = { answer: 'yes', title: 'Joint silicone, 6 tasses', priceMinor: 450, quantity: 3, available: 'now' } as const;
    await answerRequest({ kind: 'shop', role: 'owner', ...hand }, requestId, offer);
  }
  return `/demandes/${asked.value.token}`;
}

/** The rules of the demo's branch network, with the shop's owner at its head office. */
export async function networkToRule(): Promise<string> {
  const { sql } = databaseHandle();
  const { id } = await one(
    sql<{ id: string }[]>`select id from networks where kind = 'branch' order by id limit 1`,
    'a network of branches',
  );
  await sql`insert into role_grants (person_id, network_id, role, granted_at)
    select person_id, ${id}, 'head-office', now() from role_grants where shop_id = (select id from shops where slug = ${SHOP}) and role = 'owner'
      and not exists (select from role_grants other where other.person_id = role_grants.person_id and other.network_id = ${id})`;
  return `/merchant/network/${id}`;
}
