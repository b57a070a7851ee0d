import { and, eq } from 'drizzle-orm';
import { shipmentEvents, shipments } from '@/db/schema';
import type { LockedSubOrder } from '@/lib/fulfilment';
import { arrive, comeBack, leaveShop, lockForSystem } from '@/lib/fulfilment';
import type { Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import type { SignedHeaders } from '@/lib/machines';
import { observed } from '@/lib/platform/log';
import { appendEvents } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import type { Carrier, CarrierMessageRefusal, CarrierReport } from './carrier';
import { currentCarrier } from './current-carrier';

/** `heard`: it was news. `heard-before`: the same message came again. `not-ours`: no parcel of this city. */
type HeardCarrier = 'heard' | 'heard-before' | 'not-ours';

/**
 * A message of the carrier: verified, read, claimed by its id and carried out in one transaction, so each acts once. Late and out of order
 * it is kept with its own time and changes only what may still change: a parcel that was delivered stays delivered.
 */
export async function hearCarrier(
  body: string,
  headers: SignedHeaders,
  ports: Ports = systemPorts,
  carrier: Carrier = currentCarrier(ports),
): Promise<Result<HeardCarrier, CarrierMessageRefusal>> {
  return observed({ useCase: 'hear-carrier', actor: 'carrier' }, async () => {
    const report = carrier.readMessage(body, headers, ports.clock.now());
    if (!report.ok) return report;
    return withTransaction(async (tx): Promise<Result<HeardCarrier, CarrierMessageRefusal>> => {
      const [shipment] = await tx
        .select()
        .from(shipments)
        .where(and(eq(shipments.carrier, carrier.name), eq(shipments.trackingCode, report.value.trackingCode)));
      const subOrder = shipment && (await lockForSystem(tx, shipment.subOrderId));
      if (!shipment || !subOrder) return ok('not-ours');
      const { messageId, code, place, occurredAt } = report.value;
      const claimed = await tx
        .insert(shipmentEvents)
        .values({ shipmentId: shipment.id, messageId, code, place: place ?? null, occurredAt, receivedAt: ports.clock.now() })
        .onConflictDoNothing()
        .returning({ messageId: shipmentEvents.messageId });
      if (claimed.length === 0) return ok('heard-before');
      await carryOut(tx, { subOrder, report: report.value }, ports);
      return ok('heard');
    });
  });
}

type Told = { readonly subOrder: LockedSubOrder; readonly report: CarrierReport };

/** What the parcel's news means for its sub-order; what can no longer happen changes nothing. */
async function carryOut(tx: Tx, { subOrder, report }: Told, ports: Ports): Promise<void> {
  const by = {
    actor: { kind: 'carrier', id: report.trackingCode },
    now: ports.clock.now(),
    ids: ports.ids,
    quietly: subOrder.isReplayed,
  } as const;
  const detail = { trackingCode: report.trackingCode };
  const { id, orderId, shopId } = subOrder;
  const news = { name: 'ParcelMoved', subject: id, facts: { orderId, shopId, code: report.code } } as const;
  const isOnItsWay = report.code !== 'announced';
  let current = subOrder;
  if (isOnItsWay && current.state === 'ready') {
    const left = await leaveShop(tx, current, { event: 'despatch', detail, by }, ports);
    if (left.ok) current = { ...current, state: left.value };
  }
  if (report.code === 'delivered' && current.state === 'despatched') await arrive(tx, current, { detail, by });
  else if (report.code === 'returned' && current.state === 'despatched')
    await comeBack(tx, current, { by, hand: undefined, detail }, ports);
  await appendEvents(tx, [news], by);
}
