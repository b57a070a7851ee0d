import { and, eq, inArray } from 'drizzle-orm';
import { reservations } from '@/db/schema';
import type { OrderLineId } from '@/lib/kernel';
import { quantity } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';
import { release } from './claims';
import { changeClaims } from './stock-level-repository';

/**
 * Frees some of the units a line claims: those its shop will not serve. Freeing all of them ends the claim.
 * A line that claims nothing is left alone; never more is freed than is claimed. Steps.
 */
export async function releaseUnits(tx: Tx, lineId: OrderLineId, units: number): Promise<void> {
  const [claim] = await tx
    .select()
    .from(reservations)
    .where(and(eq(reservations.orderLineId, lineId), inArray(reservations.state, ['held', 'allocated'])))
    .for('update');
  if (!claim || units <= 0) return;
  if (units >= claim.quantity) return release(tx, [lineId]);
  await tx
    .update(reservations)
    .set({ quantity: quantity(claim.quantity - units) })
    .where(eq(reservations.id, claim.id));
  const isHeld = claim.state === 'held';
  const { offerId, locationId } = claim;
  await changeClaims(tx, [{ offerId, locationId, reserved: isHeld ? -units : 0, allocated: isHeld ? 0 : -units }]);
}
