import { addLine, createBasket } from '@/lib/basket';
import { placeOrder } from '@/lib/checkout';
import { refuseSubOrder } from '@/lib/fulfilment';
import type { ListingId, OfferId, PersonId, ShopId, ShopperScope, ShopScope, SubOrderId } from '@/lib/kernel';
import { payWithDemoCard } from '@/lib/payments';
import { databaseHandle } from '@/lib/platform/database';
import { systemIds } from '@/lib/platform/ids';
import { expect, test } from '../support/browser';

/** Within five seconds the line is re-routed (issue of the order's life), within two more the page says so; twice that on a busy machine. */
const WITHIN = 15_000;

test('a shop refuses, the line is re-routed, and the shopper’s open page says so within seconds, without being asked', async ({ page }) => {
  const { sql } = databaseHandle();
  const [thing] = await sql<{ offerId: OfferId; listingId: ListingId; shopId: ShopId; personId: PersonId; priceMinor: number }[]>`
    with sold as (
      select o.id, o.listing_id, o.shop_id, o.price_minor, count(*) over (partition by o.listing_id) as shops from offers o
      join shops s on s.id = o.shop_id and s.level = 'sell' and s.takes_orders and (s.services ->> 'pickup')::boolean
      join listings li on li.id = o.listing_id and li.is_published join variants v on v.id = li.variant_id and v.sales_unit = 'each'
      join categories c on c.id = li.category_id and c.minimum_age is null
      join stock_levels l on l.offer_id = o.id and l.on_hand - l.reserved - l.allocated - l.safety_stock >= 3
      where o.is_active and o.price_steps = 1)
    select s.id as "offerId", s.listing_id as "listingId", s.shop_id as "shopId", g.person_id as "personId", s.price_minor::int as "priceMinor"
    from sold s join lateral (select person_id from role_grants where shop_id = s.shop_id and role = 'owner' limit 1) g on true
    where s.shops >= 3 order by s.id limit 1`;
  if (!thing) throw new Error('three shops of the test city sell the same thing');
  const { basketId } = await createBasket('fr');
  const shopper: ShopperScope = { kind: 'shopper', personId: undefined, basketId };
  const { personId, shopId, ...chosen } = thing;
  await addLine(shopper, {
    offerId: chosen.offerId,
    listingId: chosen.listingId,
    quantity: 1,
    shopChosen: true,
    priceSeenMinor: chosen.priceMinor,
  });
  const who = { name: 'Nadia Attentive', email: 'nadia@example.org' };
  const order = { basketId, key: systemIds.make('event'), ...who, rescueWish: 'elsewhere', locale: 'fr' } as const;
  const placed = await placeOrder(shopper, order);
  if (!placed.ok) throw new Error(JSON.stringify(placed.error));
  const paid = await payWithDemoCard(placed.value.orderToken, { number: '4242 4242 4242 4242', expiry: '12/34', code: '123' });
  if (!paid.ok) throw new Error(JSON.stringify(paid.error));

  await page.goto(`/suivi/${placed.value.orderToken}`);
  await expect(page.locator('[data-link="live"]')).toBeVisible();
  await expect(page.getByTestId('rescues')).toHaveCount(0);
  const [part] = await sql<{ id: SubOrderId }[]>`select id from sub_orders where order_id = ${placed.value.orderId}`;
  const scope: ShopScope = { kind: 'shop', role: 'owner', shopId, personId };
  const refused = await refuseSubOrder(scope, { subOrderId: part?.id ?? systemIds.make('subOrder'), reason: 'overloaded' });
  expect(refused.ok).toBe(true);
  // Another shop at the same promise, or the choice where the promise would be another one: both are news, and neither is a refund.
  const news = page.getByTestId('rescues');
  await expect(news).toContainText(/prend le relais|Que préférez-vous/u, { timeout: WITHIN });
  await expect(news).not.toContainText('n’a été trouvé nulle part');
});

test('who was away is told at once that something happened meanwhile', async ({ baseURL }) => {
  const { sql } = databaseHandle();
  const [order] = await sql<{ token: string; first: string }[]>`
    select o.token, min(e.id) as first from orders o join domain_events e on e.facts ->> 'orderId' = o.id
    where o.shopper_name = 'Nadia Attentive' group by o.token having count(*) > 1 limit 1`;
  if (!order) throw new Error('the story before left its order');
  const firstNews = async (lastEventId: string): Promise<string> => {
    const stop = new AbortController();
    const answer = await fetch(`${baseURL}/api/live?order=${order.token}`, {
      headers: { 'last-event-id': lastEventId },
      signal: stop.signal,
    });
    const timer = setTimeout(() => stop.abort(), 10_000);
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const piece of answer.body ?? []) {
        text += decoder.decode(piece);
        if (text.includes('event: change')) break;
      }
    } catch {
      // nothing came
    }
    clearTimeout(timer);
    stop.abort();
    return text;
  };
  expect(await firstNews(order.first)).toContain('event: change');
});
