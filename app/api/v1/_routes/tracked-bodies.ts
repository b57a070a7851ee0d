import { z } from 'zod';
import type { TrackedSubOrderView, TrackingView } from '@/lib/fulfilment/views';
import { currency, idText, iso, isoOrNull, method, minorUnits, moment, salesUnit } from '../_door/fields';
import { orderState } from './order-bodies';

const part = z
  .object({
    subOrderId: idText('subOrder'),
    number: z.string(),
    state: orderState,
    step: z.int().min(1).max(5),
    hasEnded: z.boolean(),
    shop: z.object({ name: z.string(), street: z.string(), postcode: z.string(), town: z.string(), phone: z.string() }),
    method,
    promisedFrom: moment,
    promisedTo: moment.nullable(),
    keptUntil: moment.nullable(),
    isLate: z.boolean(),
    pickupCode: z.string().nullable(),
    canCancel: z.boolean(),
    goodsMinor: minorUnits,
    deliveryMinor: minorUnits,
    totalMinor: minorUnits,
    lines: z
      .array(z.object({ title: z.string(), quantity: z.int(), pickedQuantity: z.int().nullable(), salesUnit, totalMinor: minorUnits }))
      .readonly(),
  })
  .meta({ id: 'TrackedSubOrder' });

export const trackedOrder = z
  .object({
    number: z.string(),
    state: z.enum(['unpaid', 'waiting', 'in-progress', 'ready', 'completed', 'undecided', 'ended', 'expired']),
    placedAt: moment,
    paidAt: moment.nullable(),
    payBy: moment,
    totalMinor: minorUnits,
    deliveryMinor: minorUnits,
    refundedMinor: minorUnits,
    currency,
    subOrders: z.array(part).readonly(),
  })
  .meta({ id: 'TrackedOrder' });

function partBody(view: TrackedSubOrderView): z.input<typeof part> {
  const { subOrderId, number, state, step, hasEnded, shop, isLate, canCancel, goodsMinor, deliveryMinor, totalMinor, lines } = view;
  const { name, street, postcode, town, phone } = shop;
  return {
    subOrderId,
    number,
    state,
    step,
    hasEnded,
    shop: { name, street, postcode, town, phone },
    method: view.method,
    promisedFrom: iso(view.promisedFrom),
    promisedTo: isoOrNull(view.promisedTo),
    keptUntil: isoOrNull(view.keptUntil),
    isLate,
    pickupCode: view.pickupCode ?? null,
    canCancel,
    goodsMinor,
    deliveryMinor,
    totalMinor,
    lines: lines.map((line) => ({
      title: line.title,
      quantity: line.quantity,
      pickedQuantity: line.pickedQuantity ?? null,
      salesUnit: line.salesUnit,
      totalMinor: line.totalMinor,
    })),
  };
}

export function trackedOrderBody(view: TrackingView): z.input<typeof trackedOrder> {
  const { number, head, totalMinor, deliveryMinor, refundedMinor, subOrders } = view;
  return {
    number,
    state: head.state,
    placedAt: iso(view.placedAt),
    paidAt: isoOrNull(view.paidAt),
    payBy: iso(view.payBy),
    totalMinor,
    deliveryMinor,
    refundedMinor,
    currency: view.currency,
    subOrders: subOrders.map(partBody),
  };
}
