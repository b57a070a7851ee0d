import { asc, desc, eq, inArray } from 'drizzle-orm';
import { shipmentEvents, shipments, subOrders } from '@/db/schema';
import type { OrderScope } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { ShipmentView } from './views';

/** The parcels of an order with everything their carrier said, the latest first. */
export async function listShipments({ orderId }: OrderScope): Promise<readonly ShipmentView[]> {
  const rows = await reader()
    .select({ id: shipments.id, carrier: shipments.carrier, trackingCode: shipments.trackingCode, number: subOrders.number })
    .from(shipments)
    .innerJoin(subOrders, eq(subOrders.id, shipments.subOrderId))
    .where(eq(subOrders.orderId, orderId))
    .orderBy(asc(subOrders.number));
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const events = await reader()
    .select()
    .from(shipmentEvents)
    .where(inArray(shipmentEvents.shipmentId, ids))
    .orderBy(desc(shipmentEvents.occurredAt), desc(shipmentEvents.messageId));
  return rows.flatMap(({ id, trackingCode, ...row }) =>
    trackingCode === null
      ? []
      : {
          ...row,
          trackingCode,
          events: events
            .filter((event) => event.shipmentId === id)
            .map(({ code, place, occurredAt }) => ({ code, place: place ?? undefined, at: occurredAt })),
        },
  );
}
