import { asc, eq, sql } from 'drizzle-orm';
import { courierRunParts, courierRuns, orderLines, orders, shops, subOrders } from '@/db/schema';
import type { RunScope } from '@/lib/kernel';
import type { SubOrderState } from '@/lib/oms';
import { isFinal } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { getCity } from '@/lib/shops';
import type { DoorStopView, PickUpStopView, RunPartState, RunPartView, RunSheetView } from './views';

/**
 * A run as its courier works it. A name and a telephone are there only while something is still to be brought to that door.
 * Undefined when the run is gone.
 */
export async function getRunSheet(scope: RunScope, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<RunSheetView | undefined> {
  const [[run], rows, city] = await Promise.all([
    reader().select().from(courierRuns).where(eq(courierRuns.id, scope.runId)),
    listRows(scope),
    getCity(),
  ]);
  if (!run) return undefined;
  const parts = rows.map(partOf);
  const left = parts.filter((part) => part.state !== 'gone');
  return {
    runId: run.id,
    courierName: run.courierName,
    slotFrom: run.slotFrom,
    slotTo: run.slotTo,
    pickUps: [...Map.groupBy(rows, (row) => row.part.pickUpPosition)].toSorted(byPlace).map(pickUpStop),
    doors: [...Map.groupBy(rows, (row) => row.part.doorPosition)].toSorted(byPlace).map(doorStop),
    toBringBack: parts.filter((part) => part.state === 'absent'),
    fetched: rows.filter((row) => row.part.fetchedAt !== null).length,
    ended: left.filter((part) => part.state === 'delivered' || part.state === 'back').length,
    count: left.length,
    asOf: clock.now(),
    timeZone: city.timeZone,
  };
}

function listRows({ runId }: RunScope) {
  return reader()
    .select({
      part: courierRunParts,
      number: subOrders.number,
      subOrderState: subOrders.state,
      bag: subOrders.bag,
      shop: {
        name: shops.name,
        street: shops.street,
        postcode: shops.postcode,
        town: shops.town,
        phone: shops.phone,
        awning: shops.awning,
        latitude: shops.latitude,
        longitude: shops.longitude,
      },
      order: {
        number: orders.number,
        name: orders.shopperName,
        phone: orders.phone,
        label: orders.addressLabel,
        latitude: orders.addressLatitude,
        longitude: orders.addressLongitude,
      },
      articleCount: sql<number>`(select coalesce(sum(case when sales_unit = 'each' then quantity - refused_quantity else 1 end), 0)::int
        from ${orderLines} where ${orderLines.subOrderId} = ${subOrders.id})`,
      minimumAge: sql<number | null>`(select max(minimum_age) from ${orderLines}
        where ${orderLines.subOrderId} = ${subOrders.id} and ${orderLines.pickedQuantity} is distinct from 0)`,
    })
    .from(courierRunParts)
    .innerJoin(subOrders, eq(subOrders.id, courierRunParts.subOrderId))
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .innerJoin(shops, eq(shops.id, subOrders.shopId))
    .where(eq(courierRunParts.runId, runId))
    .orderBy(asc(subOrders.number));
}

type Row = Awaited<ReturnType<typeof listRows>>[number];
type Stop = readonly [position: number, rows: readonly Row[]];

function byPlace(a: Stop, b: Stop): number {
  return a[0] - b[0];
}

/** The bag as it really stands: what the shop or the shopper did meanwhile counts more than what the run last heard. */
export function stateOnRun(part: Row['part']['state'], subOrder: SubOrderState): RunPartState {
  if (part === 'delivered' || part === 'back') return part;
  if (subOrder === 'delivered' || subOrder === 'handed-over') return 'delivered';
  if (subOrder === 'uncollected') return 'back';
  if (isFinal(subOrder)) return 'gone';
  if (subOrder === 'despatched') return part === 'to-fetch' ? 'on-board' : part;
  return subOrder === 'ready' ? 'to-fetch' : 'not-ready';
}

function partOf({ part, ...row }: Row): RunPartView {
  return {
    subOrderId: part.subOrderId,
    number: row.number,
    shopName: row.shop.name,
    state: stateOnRun(part.state, row.subOrderState),
    bag: row.bag ?? undefined,
    articleCount: row.articleCount,
    minimumAge: row.minimumAge === null || row.minimumAge === 0 ? undefined : row.minimumAge,
    endedAt: part.endedAt ?? undefined,
    receivedBy: part.receivedBy ?? undefined,
    absentReason: part.absentReason ?? undefined,
  };
}

function pickUpStop([position, rows]: Stop): PickUpStopView {
  const parts = rows.map(partOf);
  const shop = rows[0]?.shop;
  return {
    position,
    shopName: shop?.name ?? '',
    shopPhone: shop?.phone ?? '',
    awning: shop?.awning ?? 0,
    where: shop ? `${shop.street}, ${shop.postcode} ${shop.town}` : '',
    latitude: shop?.latitude ?? 0,
    longitude: shop?.longitude ?? 0,
    parts,
    isDone: parts.every((part) => part.state !== 'to-fetch' && part.state !== 'not-ready'),
  };
}

function doorStop([position, rows]: Stop): DoorStopView {
  const parts = rows.map(partOf);
  const order = rows[0]?.order;
  const isDone = parts.every((part) => part.state === 'delivered' || part.state === 'back' || part.state === 'gone');
  return {
    position,
    orderNumber: order?.number ?? '',
    name: isDone ? undefined : order?.name,
    phone: isDone ? undefined : (order?.phone ?? undefined),
    where: isDone ? '' : (order?.label ?? ''),
    latitude: order?.latitude ?? 0,
    longitude: order?.longitude ?? 0,
    parts,
    isDone,
  };
}
