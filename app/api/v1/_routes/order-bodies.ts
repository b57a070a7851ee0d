import { z } from 'zod';
import type { CounterSubOrderView, PickLineView, QueueCardView } from '@/lib/fulfilment/views';
import { currency, idText, iso, isoOrNull, method, minorUnits, moment, salesUnit } from '../_door/fields';

export const orderState = z.enum([
  'placed',
  'offered',
  'accepted',
  'preparing',
  'ready',
  'despatched',
  'handed-over',
  'delivered',
  'expired',
  'refused',
  'unanswered',
  'cancelled',
  'uncollected',
]);

export const orderCard = z
  .object({
    subOrderId: idText('subOrder'),
    number: z.string(),
    state: orderState,
    shopperName: z.string().meta({ description: 'Enough to call somebody at the counter.' }),
    method,
    lineCount: z.int(),
    pickedLines: z.int(),
    totalMinor: minorUnits,
    currency,
    acceptBy: moment.nullable(),
    promisedFrom: moment,
    promisedTo: moment.nullable(),
    keptUntil: moment.nullable(),
    bag: z.string().nullable(),
    minimumAge: z.int().nullable(),
  })
  .meta({ id: 'SubOrderCard' });

export function cardBody(view: QueueCardView): z.input<typeof orderCard> {
  const { subOrderId, number, state, shopperName, lineCount, pickedLines, totalMinor } = view;
  return {
    subOrderId,
    number,
    state,
    shopperName,
    lineCount,
    pickedLines,
    totalMinor,
    method: view.method,
    currency: view.currency,
    acceptBy: isoOrNull(view.acceptBy),
    promisedFrom: iso(view.promisedFrom),
    promisedTo: isoOrNull(view.promisedTo),
    keptUntil: isoOrNull(view.keptUntil),
    bag: view.bag ?? null,
    minimumAge: view.minimumAge ?? null,
  };
}

const line = z
  .object({
    lineId: idText('orderLine'),
    listingId: idText('listing'),
    title: z.string(),
    keyAttribute: z.string().nullable(),
    shelf: z.string().nullable(),
    quantity: z.int(),
    pickedQuantity: z.int().nullable(),
    salesUnit,
    totalMinor: minorUnits,
    minimumAge: z.int().nullable(),
  })
  .meta({ id: 'SubOrderLine' });

function lineBody(view: PickLineView): z.input<typeof line> {
  const { lineId, listingId, title, quantity, totalMinor } = view;
  return {
    lineId,
    listingId,
    title,
    quantity,
    totalMinor,
    salesUnit: view.salesUnit,
    keyAttribute: view.keyAttribute ?? null,
    shelf: view.shelf ?? null,
    pickedQuantity: view.pickedQuantity ?? null,
    minimumAge: view.minimumAge ?? null,
  };
}

export const subOrder = orderCard
  .extend({
    orderNumber: z.string(),
    placedAt: moment,
    lines: z.array(line).readonly(),
    deliveryMinor: minorUnits,
    phone: z.string().nullable(),
    address: z.string().nullable(),
    refusalReason: z.string().nullable(),
    allowed: z.array(z.string()).readonly().meta({ description: 'What may be done now.' }),
    history: z.array(z.object({ event: z.string(), to: orderState, at: moment, by: z.string() })).readonly(),
  })
  .meta({ id: 'SubOrder' });

export function subOrderBody(view: CounterSubOrderView): z.input<typeof subOrder> {
  return {
    ...cardBody(view),
    orderNumber: view.orderNumber,
    placedAt: iso(view.placedAt),
    lines: view.lines.map(lineBody),
    deliveryMinor: view.deliveryMinor,
    phone: view.phone ?? null,
    address: view.address ?? null,
    refusalReason: view.refusalReason ?? null,
    allowed: view.allowed,
    history: view.history.map((event) => ({ ...event, at: iso(event.at) })),
  };
}
