import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { orderLines, reservations, stockLevels, subOrders } from '@/db/schema';
import type { BasketId, Instant, OrderId, OrderLineId, Result } from '@/lib/kernel';
import { dateOf, ok } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { planned } from '@/lib/platform/transaction';
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
  if (wanted.length > 0 && (await claimAfresh(tx, { ...hold, wanted }, { clock, ids }))) return ok(undefined);
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

type Hold = { readonly basketId: BasketId; readonly wanted: readonly StockAmount[]; readonly expiresAt: Instant };

/**
 * The usual case in one statement: the basket holds nothing yet and the units are there. Says whether it was so; nothing is changed
 * otherwise. Levels are locked in key order and judged as they are once locked.
 */
async function claimAfresh(tx: Tx, { basketId, wanted, expiresAt }: Hold, { clock, ids }: Ports): Promise<boolean> {
  const rows = wanted.map(({ offerId, locationId, quantity: units }) => ({
    id: ids.make('reservation'),
    offer_id: offerId,
    location_id: locationId,
    units,
  }));
  const [row] = await tx.execute<{ held: number }>(sql`${planned} with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(id text, offer_id text, location_id text, units int)
      where not exists (select from ${reservations} where basket_id = ${basketId} and state = 'held' and order_line_id is null)
    ), locked as (
      select level.offer_id, level.location_id, wanted.units,
        level.on_hand - level.reserved - level.allocated - level.safety_stock >= wanted.units as there
      from ${stockLevels} level join wanted using (offer_id, location_id)
      order by level.offer_id, level.location_id for update of level
    ), whole as (
      select count(*) = ${rows.length}::int and bool_and(there) as yes from locked
    ), levels as (
      update ${stockLevels} level set reserved = level.reserved + locked.units
      from locked, whole where whole.yes and level.offer_id = locked.offer_id and level.location_id = locked.location_id
    ), held as (
      insert into ${reservations} (id, offer_id, location_id, quantity, state, basket_id, expires_at, created_at)
      select id, offer_id, location_id, units, 'held', ${basketId}::text, ${dateOf(expiresAt).toISOString()}::timestamptz,
        ${dateOf(clock.now()).toISOString()}::timestamptz
      from wanted, whole where whole.yes returning 1
    )
    select count(*)::int as held from held`);
  return row?.held === rows.length;
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
    .where(and(sql`${planned} ${eq(reservations.basketId, basketId)} and ${reservations.state} = 'held'`, isNull(reservations.orderLineId)))
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
  if (await allocateHeld(tx, orderId)) return ok(undefined);
  const own = tx.select({ id: subOrders.id }).from(subOrders).where(eq(subOrders.orderId, orderId));
  return allocateLines(tx, await claimedLines(tx).where(inArray(orderLines.subOrderId, own)), { ports, forWhom: 'sale' });
}

/**
 * The usual case in one statement: every line still holds its units, so nothing can fall short. Levels are locked in key order. Says
 * whether it was so; nothing is changed otherwise.
 */
async function allocateHeld(tx: Tx, orderId: OrderId): Promise<boolean> {
  const [row] = await tx.execute<{ whole: boolean }>(sql`${planned} with own as (
      select line.id from ${orderLines} line join ${subOrders} part on part.id = line.sub_order_id where part.order_id = ${orderId}
    ), mine as (
      select claim.id, claim.offer_id, claim.location_id, claim.quantity from ${reservations} claim
      where claim.order_line_id in (select id from own) and claim.state = 'held' for update
    ), whole as (
      select count(*) > 0 and count(*) = (select count(*) from own) as yes from mine
    ), net as (
      select offer_id, location_id, sum(quantity)::int as units from mine, whole where whole.yes group by offer_id, location_id
    ), locked as (
      select level.offer_id, level.location_id, net.units from ${stockLevels} level join net using (offer_id, location_id)
      order by level.offer_id, level.location_id for update of level
    ), levels as (
      update ${stockLevels} level set reserved = level.reserved - locked.units, allocated = level.allocated + locked.units
      from locked where level.offer_id = locked.offer_id and level.location_id = locked.location_id
    ), firm as (
      update ${reservations} claim set state = 'allocated', expires_at = null from mine, whole where claim.id = mine.id and whole.yes
    )
    select yes as whole from whole`);
  return row?.whole === true;
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
