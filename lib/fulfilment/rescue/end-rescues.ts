import { and, eq, exists, inArray, lte, sql } from 'drizzle-orm';
import { offers, orderLines, rescues, stockLevels } from '@/db/schema';
import { ok } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { ChangedBy } from '../advance-sub-order';
import { noteSettled } from '../advance-sub-order';
import { lockAllOfOrder } from '../sub-order-repository';
import { refundRescue } from './decide-rescue';
import { listPending } from './rescue-repository';
import { resolveRescues } from './resolve-rescues';

const BATCH = 100;

/** Who was asked and did not answer, or waited in vain, has the money back: the default that was told. Returns how many ended. */
export async function endOverdueRescues(ports: Ports = systemPorts): Promise<number> {
  const now = ports.clock.now();
  const due = await reader()
    .selectDistinct({ orderId: rescues.orderId })
    .from(rescues)
    .where(and(inArray(rescues.state, ['asked', 'waiting']), lte(rescues.decideBy, now)))
    .limit(BATCH);
  let ended = 0;
  for (const { orderId } of due) {
    const outcome = await withTransaction(async (tx) => {
      const parts = await lockAllOfOrder(tx, orderId);
      const by: ChangedBy = {
        actor: { kind: 'system', id: undefined },
        now,
        ids: ports.ids,
        quietly: parts.some((part) => part.isReplayed),
      };
      const over = (await listPending(tx, orderId)).filter(
        ({ state, decideBy }) => (state === 'asked' || state === 'waiting') && decideBy !== null && decideBy <= now,
      );
      for (const rescue of over) await refundRescue(tx, { rescue, parts }, by);
      if (over.length > 0) await noteSettled(tx, orderId, by);
      return ok(over.length);
    });
    if (outcome.ok) ended += outcome.value;
  }
  return ended;
}

/** Units that are waited for go to a shop as soon as one has them. Returns how many orders were looked at. */
export async function serveWaiting(ports: Ports = systemPorts): Promise<number> {
  const waiting = await reader()
    .selectDistinct({ orderId: rescues.orderId })
    .from(rescues)
    .innerJoin(orderLines, eq(orderLines.id, rescues.lineId))
    .where(and(eq(rescues.state, 'waiting'), exists(stockedOffer())))
    .limit(BATCH);
  for (const { orderId } of waiting) await resolveRescues(orderId, ports);
  return waiting.length;
}

function stockedOffer() {
  return reader()
    .select({ one: sql`1` })
    .from(offers)
    .innerJoin(stockLevels, eq(stockLevels.offerId, offers.id))
    .where(
      and(
        eq(offers.listingId, orderLines.listingId),
        eq(offers.isActive, true),
        sql`${stockLevels.onHand} - ${stockLevels.reserved} - ${stockLevels.allocated} - ${stockLevels.safetyStock} > 0`,
      ),
    );
}
