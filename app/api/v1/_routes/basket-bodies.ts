import { z } from 'zod';
import type { BasketView } from '@/lib/basket/views';
import { planKinds } from '@/lib/basket/views';
import { currency, idText, iso, method, minorUnits, moment, salesUnit } from '../_door/fields';
import { promise, promiseBody } from './promise-bodies';

const plan = z.enum(planKinds);

const line = z.object({
  lineId: idText('basketLine'),
  listingId: idText('listing'),
  offerId: idText('offer'),
  title: z.string(),
  quantity: z.int(),
  salesUnit,
  unitPriceMinor: minorUnits,
  priceSteps: z.int(),
  totalMinor: minorUnits,
  formerUnitPriceMinor: minorUnits.nullable().meta({ description: 'The price that was shown before, when it was another.' }),
  movedFromShop: z.string().nullable(),
  shopChosen: z.boolean(),
  minimumAge: z.int().nullable(),
});

const group = z
  .object({
    shopId: idText('shop'),
    shopName: z.string(),
    merchantName: z.string(),
    promise,
    methods: z.array(promise).readonly().meta({ description: 'Every way this shop’s goods could be received.' }),
    goodsMinor: minorUnits,
    deliveryMinor: minorUnits,
    totalMinor: minorUnits,
    lines: z.array(line).readonly(),
  })
  .meta({ id: 'BasketGroup' });

export const basket = z
  .object({
    place: z.string().nullable(),
    plan,
    plans: z
      .array(
        z.object({
          plan,
          isChosen: z.boolean(),
          shopCount: z.int(),
          deliveryMinor: minorUnits,
          totalMinor: minorUnits,
          differenceMinor: z.int(),
          lastAt: moment,
          co2Grams: z.int(),
        }),
      )
      .readonly(),
    groups: z.array(group).readonly(),
    problems: z
      .array(z.object({ lineId: idText('basketLine'), title: z.string(), reason: z.string(), wanted: z.int(), available: z.int() }))
      .readonly(),
    goodsMinor: minorUnits,
    deliveryMinor: minorUnits,
    totalMinor: minorUnits,
    currency,
  })
  .meta({ id: 'Basket' });

export const planName = plan;
export const methodChoice = z.object({ shopId: z.string(), method });

type Group = BasketView['groups'][number];

function groupBody({ shop, promise: given, methods, lines, goodsMinor, deliveryMinor, totalMinor }: Group): z.input<typeof group> {
  return {
    shopId: shop.shopId,
    shopName: shop.name,
    merchantName: shop.merchantName,
    promise: promiseBody(given),
    methods: methods.map((one) => promiseBody(one.promise)),
    goodsMinor,
    deliveryMinor,
    totalMinor,
    lines: lines.map(lineBody),
  };
}

function lineBody(view: Group['lines'][number]): z.input<typeof line> {
  const { lineId, listingId, offerId, title, quantity, unitPriceMinor, priceSteps, totalMinor, shopChosen } = view;
  return {
    lineId,
    listingId,
    offerId,
    title,
    quantity,
    salesUnit: view.salesUnit,
    unitPriceMinor,
    priceSteps,
    totalMinor,
    formerUnitPriceMinor: view.former?.unitPriceMinor ?? null,
    movedFromShop: view.movedFromShopName ?? null,
    shopChosen,
    minimumAge: view.minimumAge ?? null,
  };
}

export function basketBody(view: BasketView): z.input<typeof basket> {
  return {
    place: view.place?.label ?? null,
    plan: view.plan,
    plans: view.plans.map(({ kind, isChosen, shopCount, deliveryMinor, totalMinor, differenceMinor, lastAt, co2Grams }) => ({
      plan: kind,
      isChosen,
      shopCount,
      deliveryMinor,
      totalMinor,
      differenceMinor,
      lastAt: iso(lastAt),
      co2Grams,
    })),
    groups: view.groups.map(groupBody),
    problems: view.problems.map(({ reason, available, line: gone }) => ({
      lineId: gone.lineId,
      title: gone.title,
      reason,
      wanted: gone.quantity,
      available,
    })),
    goodsMinor: view.goodsMinor,
    deliveryMinor: view.deliveryMinor,
    totalMinor: view.totalMinor,
    currency: view.currency,
  };
}
