import { and, eq, isNull } from 'drizzle-orm';
import { orders, shipments, shops, subOrders } from '@/db/schema';
import type { Result, ShipmentId, ShopScope, SubOrderId } from '@/lib/kernel';
import { err, invariant, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { Carrier, ParcelWish } from './carrier';
import { currentCarrier } from './current-carrier';

type ShipmentRefusal = { readonly kind: 'sub-order-not-found' } | { readonly kind: 'not-ready' };

/** What a label shows. */
export type LabelFacts = ParcelWish & { readonly trackingCode: string; readonly carrier: string };

const labelled = ['accepted', 'preparing', 'ready', 'despatched'] as const;

/**
 * The parcel of a sub-order of this shop, announced to the carrier the first time its label is asked for: the row is the claim, the carrier
 * is asked outside any transaction and its code kept once. Asked again, the same label. Errors: another's, or none that goes by parcel, is
 * not found; one that is over has no label any more.
 */
export async function makeShipment(
  scope: ShopScope,
  subOrderId: SubOrderId,
  ports: Ports = systemPorts,
  carrier: Carrier = currentCarrier(ports),
): Promise<Result<LabelFacts, ShipmentRefusal>> {
  return observed(
    { useCase: 'make-shipment', actor: scope.kind, ids: { shopId: scope.shopId, subOrderId } },
    async (): Promise<Result<LabelFacts, ShipmentRefusal>> => {
      const facts = await findParcel(scope, subOrderId);
      if (!facts) return err({ kind: 'sub-order-not-found' });
      if (!labelled.some((state) => state === facts.state)) return err({ kind: 'not-ready' });
      const shipment = await ensureShipment(subOrderId, carrier.name, ports);
      const wish = { ...facts.wish, shipmentId: shipment.id };
      if (shipment.trackingCode !== null) return ok({ ...wish, trackingCode: shipment.trackingCode, carrier: shipment.carrier });
      const announced = await carrier.announce(wish);
      const trackingCode = await keepCode(shipment.id, announced.trackingCode);
      return ok({ ...wish, trackingCode, carrier: shipment.carrier });
    },
  );
}

async function findParcel({ shopId }: ShopScope, subOrderId: SubOrderId) {
  const [row] = await reader()
    .select({ subOrder: subOrders, order: orders, shop: shops })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .innerJoin(shops, eq(shops.id, subOrders.shopId))
    .where(and(eq(subOrders.id, subOrderId), eq(subOrders.shopId, shopId), eq(subOrders.method, 'parcel')));
  if (!row) return undefined;
  const { subOrder, order, shop } = row;
  const wish: Omit<ParcelWish, 'shipmentId'> = {
    reference: subOrder.number,
    from: { name: shop.name, lines: [shop.street, `${shop.postcode} ${shop.town}`], phone: shop.phone },
    to: { name: order.shopperName, lines: (order.addressLabel ?? '').split(/,\s*/u), phone: order.phone ?? undefined },
  };
  return { state: subOrder.state, wish };
}

async function ensureShipment(subOrderId: SubOrderId, carrier: string, { clock, ids }: Ports) {
  await reader()
    .insert(shipments)
    .values({ id: ids.make('shipment'), subOrderId, carrier, createdAt: clock.now() })
    .onConflictDoNothing();
  const [shipment] = await reader().select().from(shipments).where(eq(shipments.subOrderId, subOrderId));
  invariant(shipment, 'a shipment was just written');
  return shipment;
}

/** Of two answers the first is kept: the parcel has one label. */
async function keepCode(id: ShipmentId, trackingCode: string): Promise<string> {
  await reader()
    .update(shipments)
    .set({ trackingCode })
    .where(and(eq(shipments.id, id), isNull(shipments.trackingCode)));
  const [kept] = await reader().select({ code: shipments.trackingCode }).from(shipments).where(eq(shipments.id, id));
  return kept?.code ?? trackingCode;
}
