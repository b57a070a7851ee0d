import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { orderLines, reservations, subOrders } from '@/db/schema';
import type { BasketId, Instant, OrderId, OrderLineId, Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import type { ClaimedFor, InsufficientStock } from './stock-level-repository';
import { changeClaims } from './stock-level-repository';
import type { StockAmount } from './stock-keys';
import { summedByKey } from './stock-keys';
import { freeExpiredHolds } from './expire-holds';

/** Units of an order's line at the place that supplies them. */
export type LineClaim = StockAmount & { readonly orderLineId: OrderLineId };

/**
 * Makes the hold of a basket exactly `wanted`, until `expiresAt`: what it holds beyond that is freed, what is lacking is claimed.
 * All or nothing; on `insufficient-stock` the caller rolls back. Holds that have run out give way at once.
 */
export async function holdForBasket(
  tx: Tx,
  hold: { readonly basketId: BasketId; readonly wanted: readonly StockAmount[]; readonly expiresAt: Instant },
  { clock, ids }: Ports,
): Promise<Result<void, InsufficientStock>> {
  const wanted = summedByKey(hold.wanted);
  const changed = await exchange(tx, { basketId: hold.basketId, wanted, now: clock.now() });
  if (!changed.ok || wanted.length === 0) return changed;
  await tx.insert(reservations).values(
    wanted.map((amount) => ({
      id: ids.make('reservation'),
      ...amount,
      state: 'held' as const,
      basketId: hold.basketId,
      expiresAt: hold.expiresAt,
      createdAt: clock.now(),
    })),
  );
  return changed;
}

/**
 * Gives an order's lines the units their basket held, or claims them afresh where it held none (any more).
 * Returns the rows to be written as reservations of the order: the caller inserts them together with the lines they belong to.
 */
export async function takeOverHold(
  tx: Tx,
  order: { readonly basketId: BasketId; readonly lines: readonly LineClaim[]; readonly expiresAt: Instant },
  { clock, ids }: Ports,
): Promise<Result<readonly (typeof reservations.$inferInsert)[], InsufficientStock>> {
  const now = clock.now();
  const changed = await exchange(tx, { basketId: order.basketId, wanted: summedByKey(order.lines), now });
  if (!changed.ok) return changed;
  return ok(
    order.lines.map((line) => ({
      id: ids.make('reservation'),
      offerId: line.offerId,
      locationId: line.locationId,
      quantity: line.quantity,
      state: 'held' as const,
      orderLineId: line.orderLineId,
      expiresAt: order.expiresAt,
      createdAt: now,
    })),
  );
}

/** Frees whatever a basket holds. */
export async function releaseHold(tx: Tx, basketId: BasketId, now: Instant): Promise<void> {
  await exchange(tx, { basketId, wanted: [], now });
}

/** Ends the basket's hold and changes the levels by the difference to `wanted`; equal holds touch no level at all. */
async function exchange(
  tx: Tx,
  { basketId, wanted, now }: { readonly basketId: BasketId; readonly wanted: readonly StockAmount[]; readonly now: Instant },
): Promise<Result<void, InsufficientStock>> {
  const held = await tx
    .update(reservations)
    .set({ state: 'released' })
    .where(and(eq(reservations.basketId, basketId), eq(reservations.state, 'held'), isNull(reservations.orderLineId)))
    .returning({ offerId: reservations.offerId, locationId: reservations.locationId, quantity: reservations.quantity });
  const changes = [
    ...held.map((amount) => ({ ...amount, reserved: -amount.quantity, allocated: 0 })),
    ...wanted.map((amount) => ({ ...amount, reserved: amount.quantity, allocated: 0 })),
  ];
  const changed = await changeClaims(tx, changes);
  if (changed.ok) return changed;
  const freed = await freeExpiredHolds(tx, changed.error.shortfalls, now);
  return freed ? changeClaims(tx, changes) : changed;
}

/**
 * Turns the reservations of paid lines into allocations. A line whose reservation has run out claims its units again.
 * A rescue of a taken order may use what is withheld from sale.
 * Errors: `insufficient-stock` when they are gone; nothing is changed then. Lines already allocated stay as they are.
 */
export async function allocate(
  tx: Tx,
  lineIds: readonly OrderLineId[],
  ports: Ports,
  forWhom: ClaimedFor = 'sale',
): Promise<Result<void, InsufficientStock>> {
  if (lineIds.length === 0) return ok(undefined);
  return allocateLines(tx, await claimedLines(tx).where(inArray(orderLines.id, [...lineIds])), { ports, forWhom });
}

/** The same for every line of an order. */
export async function allocateOrder(tx: Tx, orderId: OrderId, ports: Ports): Promise<Result<void, InsufficientStock>> {
  const own = tx.select({ id: subOrders.id }).from(subOrders).where(eq(subOrders.orderId, orderId));
  return allocateLines(tx, await claimedLines(tx).where(inArray(orderLines.subOrderId, own)), { ports, forWhom: 'sale' });
}

function claimedLines(tx: Tx) {
  return tx
    .select({
      orderLineId: orderLines.id,
      offerId: orderLines.offerId,
      locationId: orderLines.locationId,
      quantity: orderLines.quantity,
      state: reservations.state,
    })
    .from(orderLines)
    .leftJoin(reservations, and(eq(reservations.orderLineId, orderLines.id), inArray(reservations.state, ['held', 'allocated'])))
    .$dynamic();
}

type ClaimedLine = Awaited<ReturnType<typeof claimedLines>>[number];

type Allocating = { readonly ports: Ports; readonly forWhom: ClaimedFor };

async function allocateLines(
  tx: Tx,
  lines: readonly ClaimedLine[],
  { ports: { clock, ids }, forWhom }: Allocating,
): Promise<Result<void, InsufficientStock>> {
  const open = lines.filter((line) => line.state !== 'allocated');
  const changes = open.map((line) => ({ ...line, reserved: line.state === 'held' ? -line.quantity : 0, allocated: Number(line.quantity) }));
  const changed = await changeClaims(tx, changes, forWhom);
  if (!changed.ok) return changed;
  const held = open.filter((line) => line.state === 'held').map((line) => line.orderLineId);
  if (held.length > 0) {
    await tx
      .update(reservations)
      .set({ state: 'allocated', expiresAt: null })
      .where(and(inArray(reservations.orderLineId, held), eq(reservations.state, 'held')));
  }
  const again = open.filter((line) => line.state !== 'held');
  if (again.length > 0) {
    await tx.insert(reservations).values(
      again.map(({ orderLineId, offerId, locationId, quantity: units }) => ({
        id: ids.make('reservation'),
        offerId,
        locationId,
        quantity: units,
        state: 'allocated' as const,
        orderLineId,
        createdAt: clock.now(),
      })),
    );
  }
  return ok(undefined);
}

/** Frees the units of lines that will not be served: refused, cancelled, never paid. Lines that claim nothing are left alone. */
export async function release(tx: Tx, lineIds: readonly OrderLineId[]): Promise<void> {
  await endClaims(tx, lineIds, 'released');
}

/** Ends the claims of lines; the levels count them no more. Returns what was claimed. */
export async function endClaims(tx: Tx, lineIds: readonly OrderLineId[], as: 'released' | 'fulfilled') {
  if (lineIds.length === 0) return [];
  const ended = await tx.execute<{
    offer_id: StockAmount['offerId'];
    location_id: StockAmount['locationId'];
    quantity: number;
    was: string;
  }>(sql`
    with open as (
      select id, offer_id, location_id, quantity, state as was from ${reservations}
      where order_line_id in ${[...lineIds]} and state in ('held', 'allocated') for update
    ), ended as (update ${reservations} r set state = ${as} from open where r.id = open.id returning r.id)
    select offer_id, location_id, quantity, was from open`);
  const changes = ended.map((row) => ({
    offerId: row.offer_id,
    locationId: row.location_id,
    reserved: row.was === 'held' ? -row.quantity : 0,
    allocated: row.was === 'allocated' ? -row.quantity : 0,
  }));
  await changeClaims(tx, changes); // giving back cannot fall short
  return changes;
}
