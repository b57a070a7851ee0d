import { and, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import { orderLines, stockLevels, subOrders } from '@/db/schema';
import type { OfferId, Result, StockLocationId, SubOrderId } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { TransitionNotAllowed } from '../advance-sub-order';
import { loseLines } from '../lose-lines';
import { servedQuantity } from '../owed';
import { awaitsCarry, listLines, lockForSystem, NOT_CARRIED } from '../sub-order-repository';

export type Shelf = { readonly offerId: OfferId; readonly locationId: StockLocationId };

/**
 * A shelf holds less than was promised from it: the youngest promises that nobody picked yet lose their units, until what is left is
 * there, and look for another shop. What was picked is in a bag and is nobody else's. Says how many units were given up; carried out
 * again, with the shelf as it then is, it changes nothing.
 */
export async function rescueShortage(shelf: Shelf, ports: Ports = systemPorts): Promise<number> {
  const outcome = await observed(
    { useCase: 'rescue-shortage', actor: 'system', ids: { offerId: shelf.offerId } },
    async (): Promise<Result<number, never>> => {
      let given = 0;
      for (const subOrderId of await youngestFirst(shelf)) {
        const lost = await withTransaction((tx) => loseShort(tx, { shelf, subOrderId, ports }));
        if (lost.ok) given += lost.value;
      }
      return ok(given);
    },
  );
  return outcome.ok ? outcome.value : 0;
}

/** Parts with unpicked units of this shelf, the latest first. */
async function youngestFirst({ offerId, locationId }: Shelf): Promise<readonly SubOrderId[]> {
  const rows = await reader()
    .select({ id: subOrders.id })
    .from(orderLines)
    .innerJoin(subOrders, eq(subOrders.id, orderLines.subOrderId))
    .where(
      and(
        eq(orderLines.offerId, offerId),
        eq(orderLines.locationId, locationId),
        or(inArray(subOrders.state, ['offered', 'accepted']), and(eq(subOrders.state, 'preparing'), isNull(orderLines.pickedQuantity))),
      ),
    )
    .orderBy(desc(subOrders.createdAt), desc(subOrders.id));
  return [...new Set(rows.map((row) => row.id))];
}

type Short = { readonly shelf: Shelf; readonly subOrderId: SubOrderId; readonly ports: Ports };

async function loseShort(tx: Tx, { shelf, subOrderId, ports }: Short): Promise<Result<number, TransitionNotAllowed>> {
  const subOrder = await lockForSystem(tx, subOrderId);
  const [level] = await tx
    .select()
    .from(stockLevels)
    .where(and(eq(stockLevels.offerId, shelf.offerId), eq(stockLevels.locationId, shelf.locationId)))
    .for('update');
  const short = level ? level.allocated - Math.max(0, level.onHand) : 0;
  if (!subOrder || short <= 0 || !['offered', 'accepted', 'preparing'].includes(subOrder.state)) return ok(0);
  const by = { actor: { kind: 'system', id: undefined }, now: ports.clock.now(), ids: ports.ids, quietly: subOrder.isReplayed } as const;
  let left = short;
  const lost = (await listLines(tx, [subOrderId]))
    .filter((line) => line.offerId === shelf.offerId && line.locationId === shelf.locationId && line.pickedQuantity === null)
    .map((line) => {
      const units = Math.min(left, servedQuantity(line));
      left -= units;
      return { line, units };
    })
    .filter(({ units }) => units > 0);
  if (lost.length === 0) return ok(0);
  const reason = awaitsCarry(subOrder) ? NOT_CARRIED : 'missing';
  const done = await loseLines(tx, { subOrder, lost, cause: 'shortage', reason }, by);
  return done.ok ? ok(short - left) : done;
}
