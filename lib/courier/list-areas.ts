import { and, eq, isNull } from 'drizzle-orm';
import { courierRunParts, courierRuns, orders, subOrders } from '@/db/schema';
import type { OperatorScope } from '@/lib/kernel';
import { metresBetween } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { CourierZone } from '@/lib/shops/views';
import { loadShopBook } from '@/lib/shops';
import { isOpenPart } from './open-parts';
import type { CourierAreaView } from './views';

/** The areas couriers ride into, with the runs and bags whose doors lie there now. Where areas overlap, the one whose middle is nearest counts. */
export async function listCourierAreas(
  _scope: OperatorScope,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<readonly CourierAreaView[]> {
  const [{ zones }, doors] = await Promise.all([loadShopBook(clock.now()), readDoors()]);
  const placed = doors.flatMap((door) => {
    const zone = zoneOf(door, zones);
    return zone ? [{ ...door, zone }] : [];
  });
  return zones.map(({ slug, name, centre, radiusMetres }) => {
    const there = placed.filter(({ zone }) => zone.slug === slug);
    return {
      slug,
      name,
      at: centre,
      radiusMetres,
      runs: new Set(there.map(({ runId }) => runId)).size,
      onBoard: there.filter(({ state }) => state !== 'to-fetch').length,
      toFetch: there.filter(({ state }) => state === 'to-fetch').length,
    };
  });
}

type Door = { readonly latitude: number; readonly longitude: number };

function zoneOf(door: Door, zones: readonly CourierZone[]): CourierZone | undefined {
  const [nearest] = zones
    .map((zone) => ({ zone, metres: metresBetween(zone.centre, door) }))
    .filter(({ zone, metres }) => metres <= zone.radiusMetres)
    .toSorted((a, b) => a.metres - b.metres);
  return nearest?.zone;
}

async function readDoors() {
  const rows = await reader()
    .select({
      runId: courierRunParts.runId,
      state: courierRunParts.state,
      latitude: orders.addressLatitude,
      longitude: orders.addressLongitude,
    })
    .from(courierRunParts)
    .innerJoin(courierRuns, and(eq(courierRuns.id, courierRunParts.runId), isNull(courierRuns.calledOffAt)))
    .innerJoin(subOrders, eq(subOrders.id, courierRunParts.subOrderId))
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(isOpenPart);
  return rows.flatMap(({ latitude, longitude, ...row }) =>
    latitude === null || longitude === null ? [] : [{ ...row, latitude, longitude }],
  );
}
