import { expect, test } from 'vitest';
import { readRescue } from '@/lib/basket';
import { DAY, HOUR, minor, plusMs } from '@/lib/kernel';
import { databaseHandle } from '@/lib/platform/database';
import { reader } from '@/lib/platform/transaction';
import { given, wednesdayMorning } from '../../support/builders';
import { linesOf, paidOrder, partOf } from '../../support/paid-order';

const inAMoment = plusMs(wednesdayMorning, HOUR / 12);

/** A thing three shops have: one took the order and refuses, one is as quick, one opens tomorrow. */
async function refusedOrder() {
  const listing = await given.listing();
  const shop = await given.shop({ preparationMinutes: 60 });
  const taken = await given.offer({ shop, listing, priceMinor: 450 });
  const quick = await given.offer({ shop: await given.shop({ preparationMinutes: 15 }), listing, priceMinor: 500 });
  const tomorrow = await given.offer({ shop: await given.shop({ openingHours: 'Th 09:00-19:00' }), listing, priceMinor: 400 });
  const order = await paidOrder([{ offer: taken, quantity: 2 }]);
  const [line] = await linesOf(await partOf(order, shop));
  if (!line) throw new Error('the order has a line');
  const asked = {
    orderId: order.orderId,
    lost: [{ orderLineId: line.id, quantity: 2, reroutes: 0 }],
    excludedShops: [shop.shopId],
    wish: 'elsewhere',
    budgetMinor: minor(300),
    now: inAMoment,
  } as const;
  return { asked, line, quick, tomorrow };
}

test('a refused line comes from the shop that keeps its promise, from a real shelf, for what the rescue account adds', async () => {
  const { asked, line, quick } = await refusedOrder();
  const { rescued, asked: questions, refunded } = await readRescue(reader(), asked);
  expect(rescued).toMatchObject([
    {
      extraMinor: 100,
      lineIds: [line.id],
      plan: {
        fulfilments: [{ shopId: quick.shop.shopId, locationId: quick.shop.locationId, items: [{ offerId: quick.offerId, quantity: 2 }] }],
      },
    },
  ]);
  expect([questions, refunded]).toEqual([[], []]);
});

test('units withheld from sale serve an order that was taken; units withheld from routing serve nobody', async () => {
  const { asked, quick } = await refusedOrder();
  const { sql } = databaseHandle();
  await sql`update stock_levels set on_hand = 2, safety_stock = 2, routing_safety_stock = 0 where offer_id = ${quick.offerId}`;
  expect((await readRescue(reader(), asked)).rescued).toHaveLength(1);
  await sql`update stock_levels set routing_safety_stock = 1 where offer_id = ${quick.offerId}`;
  const { rescued, asked: questions } = await readRescue(reader(), asked);
  // One of two keeps its promise; about the other the shopper is asked.
  expect(rescued[0]?.plan.fulfilments[0]?.items[0]?.quantity ?? 0).toBeLessThanOrEqual(1);
  expect(questions[0]?.options.map((option) => option.kind)).toContain('later');
});

test('what nobody has is refunded, and an agreed substitute is offered', async () => {
  const { asked, line, quick, tomorrow } = await refusedOrder();
  const none = { ...asked, excludedShops: [...asked.excludedShops, quick.shop.shopId, tomorrow.shop.shopId] };
  expect((await readRescue(reader(), none)).refunded).toEqual([{ lineId: line.id, quantity: 2 }]);
  const other = await given.offer({ shop: await given.shop({ preparationMinutes: 15 }), priceMinor: 470 });
  const agreed = { ...none, lost: none.lost.map((entry) => ({ ...entry, substitutes: [other.listingId] })) };
  expect((await readRescue(reader(), agreed)).asked[0]?.options).toMatchObject([{ kind: 'substitute', differenceMinor: 40, lateMs: 0 }]);
});

test('an expected delivery is a dated wait, at the shop it comes to', async () => {
  const { asked, quick, tomorrow } = await refusedOrder();
  const gone = { ...asked, excludedShops: [...asked.excludedShops, tomorrow.shop.shopId] };
  const { sql } = databaseHandle();
  await sql`update stock_levels set on_hand = 0 where offer_id = ${quick.offerId}`;
  const expectedAt = plusMs(wednesdayMorning, 2 * DAY);
  await sql`insert into expected_deliveries (id, offer_id, location_id, shop_id, quantity, expected_at, state, created_at)
    values (${`dlv_${quick.offerId.slice(4)}`}, ${quick.offerId}, ${quick.shop.locationId}, ${quick.shop.shopId}, 5, ${new Date(expectedAt).toISOString()}, 'expected', ${new Date(wednesdayMorning).toISOString()})`;
  const { asked: questions } = await readRescue(reader(), gone);
  const [option] = questions[0]?.options ?? [];
  expect(option).toMatchObject({ kind: 'wait', plan: { fulfilments: [{ locationId: quick.shop.locationId, items: [{ quantity: 2 }] }] } });
  expect(option?.plan.completeBy ?? 0).toBeGreaterThan(expectedAt);
});
