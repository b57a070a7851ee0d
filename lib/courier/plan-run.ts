import { and, asc, eq, inArray, notExists, sql } from 'drizzle-orm';
import { citySettings, courierRunParts, courierRuns, orders, shops, subOrders } from '@/db/schema';
import type { MapPoint, OperatorScope, OrderId, Position, Result, RunId, ShopId, SubOrderId } from '@/lib/kernel';
import { err, invariant, ok, onMap } from '@/lib/kernel';
import { orderRun } from '@/lib/oms';
import { token } from '@/lib/platform/ids';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';
import { isOpenPart, waitingStates } from './open-parts';

/** A bicycle carries so many bags at once. */
export const MOST_PARTS = 16;

export type PlanRunRefusal =
  | { readonly kind: 'nothing-to-carry' }
  | { readonly kind: 'too-many-parts'; readonly most: number }
  /** Some of it ended, belongs to another slot or rides already. */
  | { readonly kind: 'parts-changed' };

export type PlannedRun = { readonly runId: RunId; readonly token: string };

/**
 * Makes a run of these parts: one slot, shops first, doors after, on the shortest way. The link that works it is in the answer.
 * Two people who plan the same bag at once: one of them is told.
 */
export async function planRun(
  scope: OperatorScope,
  command: { readonly courierName: string; readonly subOrderIds: readonly SubOrderId[] },
  ports: Ports = systemPorts,
): Promise<Result<PlannedRun, PlanRunRefusal>> {
  const ids = [...new Set(command.subOrderIds)];
  if (ids.length === 0) return err({ kind: 'nothing-to-carry' });
  if (ids.length > MOST_PARTS) return err({ kind: 'too-many-parts', most: MOST_PARTS });
  return observed({ useCase: 'plan-run', actor: scope.kind, ids: {} }, () =>
    withTransaction(async (tx): Promise<Result<PlannedRun, PlanRunRefusal>> => {
      const parts = await lockWaiting(tx, ids);
      const [first] = parts;
      const isOneSlot = parts.every((part) => part.from === first?.from && part.to === first.to);
      if (!first || parts.length !== ids.length || !isOneSlot || first.to === null) return err({ kind: 'parts-changed' });
      const runId = ports.ids.make('run');
      const secret = token();
      await tx.insert(courierRuns).values({
        id: runId,
        token: secret,
        courierName: command.courierName,
        slotFrom: first.from,
        slotTo: first.to,
        createdBy: scope.personId,
        createdAt: ports.clock.now(),
      });
      const written = await tx
        .insert(courierRunParts)
        .values(placed(parts, await centreOf(tx)).map((part) => ({ runId, ...part, state: 'to-fetch' as const })))
        .onConflictDoNothing()
        .returning({ subOrderId: courierRunParts.subOrderId });
      return written.length === parts.length ? ok({ runId, token: secret }) : err({ kind: 'parts-changed' });
    }),
  );
}

type Waiting = Awaited<ReturnType<typeof lockWaiting>>[number];

function lockWaiting(tx: Tx, ids: readonly SubOrderId[]) {
  return tx
    .select({
      id: subOrders.id,
      orderId: subOrders.orderId,
      shopId: subOrders.shopId,
      from: subOrders.promisedFrom,
      to: subOrders.promisedTo,
      shop: { latitude: shops.latitude, longitude: shops.longitude },
      door: { latitude: orders.addressLatitude, longitude: orders.addressLongitude },
    })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .innerJoin(shops, eq(shops.id, subOrders.shopId))
    .where(
      and(
        inArray(subOrders.id, [...ids]),
        eq(subOrders.method, 'courier'),
        inArray(subOrders.state, [...waitingStates]),
        notExists(
          tx
            .select({ one: sql`1` })
            .from(courierRunParts)
            .where(and(eq(courierRunParts.subOrderId, subOrders.id), isOpenPart)),
        ),
      ),
    )
    .orderBy(asc(subOrders.id))
    .for('update', { of: subOrders });
}

async function centreOf(tx: Tx): Promise<Position> {
  const [city] = await tx.select({ latitude: citySettings.latitude, longitude: citySettings.longitude }).from(citySettings);
  invariant(city, 'the city is set up');
  return city;
}

/** Free of effects: the place of each part's shop and door on the way the engine found. */
function placed(parts: readonly Waiting[], centre: Position) {
  const fetched = new Map<ShopId, MapPoint>();
  const brought = new Map<OrderId, MapPoint>();
  for (const { shopId, orderId, shop, door } of parts) {
    fetched.set(shopId, onMap(shop, centre));
    brought.set(
      orderId,
      onMap(door.latitude === null || door.longitude === null ? shop : { latitude: door.latitude, longitude: door.longitude }, centre),
    );
  }
  const order = orderRun(points(fetched), points(brought));
  const pickUps = positions([...fetched.keys()], order.pickUps, 1);
  const doors = positions([...brought.keys()], order.doors, 1 + fetched.size);
  return parts.map(({ id, shopId, orderId }) => ({
    subOrderId: id,
    pickUpPosition: pickUps.get(shopId) ?? 0,
    doorPosition: doors.get(orderId) ?? 0,
  }));
}

function points(stops: ReadonlyMap<string, MapPoint>): readonly (readonly [number, number])[] {
  return [...stops.values()].map(({ x, y }) => [x, y] as const);
}

function positions<Id>(ids: readonly Id[], order: readonly number[], from: number): ReadonlyMap<Id, number> {
  return new Map(
    order.flatMap((index, place) => {
      const id = ids[index];
      return id === undefined ? [] : [[id, from + place] as const];
    }),
  );
}
