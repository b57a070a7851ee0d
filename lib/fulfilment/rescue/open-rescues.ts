import type { orderLines, RescueCause } from '@/db/schema';
import type { Minor } from '@/lib/kernel';
import { minor, quantity, sumMinor } from '@/lib/kernel';
import { apportion } from '@/lib/oms';
import { appendEvents } from '@/lib/platform/outbox';
import type { Tx } from '@/lib/platform/transaction';
import type { ChangedBy } from '../advance-sub-order';
import { lineOwed, servedQuantity } from '../owed';
import type { LockedSubOrder } from '../sub-order-repository';
import type { NewRescue, RescueRow } from './rescue-repository';
import { insertRescues, listOffersOf, listRescuesServedBy, updateRescue } from './rescue-repository';

type Line = typeof orderLines.$inferSelect;

/** Units of a line its shop will not serve: the line as it was before, and how many units go. Steps. */
export type Lost = { readonly line: Line; readonly units: number };

export type Losing = {
  readonly subOrder: LockedSubOrder;
  readonly lost: readonly Lost[];
  readonly cause: RescueCause;
  /** Nothing of the part is left: its delivery is free for whoever serves instead. */
  readonly isWhole: boolean;
};

/**
 * Opens a rescue for what a part will not serve, in the transaction that says so, so that its money is held from that moment. Units that
 * were being offered as a rescue go on looking under the same rescue, unless another shop may still take them. Nothing is opened when
 * what is set aside (nobody promised and nobody paid), when
 * the shopper wished a refund, for an order that was never paid and for replayed history.
 */
export async function openRescues(tx: Tx, losing: Losing, by: ChangedBy): Promise<number> {
  const { subOrder, cause } = losing;
  const known = await listRescuesServedBy(tx, subOrder.id);
  if (subOrder.isSetAside || subOrder.rescueWish === 'refund' || !subOrder.isPaid || subOrder.isReplayed) return 0;
  const shares = deliveryShares(losing);
  let opened = 0;
  for (const [index, { line, units }] of losing.lost.entries()) {
    if (units <= 0) continue;
    opened += 1;
    const before = known.find((rescue) => rescue.id === line.rescueId);
    if (before?.state === 'offered' && units >= before.quantity) {
      await searchAgain(tx, before, subOrder);
      continue;
    }
    const row: NewRescue = {
      id: by.ids.make('rescue'),
      orderId: subOrder.orderId,
      subOrderId: subOrder.id,
      lineId: line.id,
      quantity: quantity(units),
      cause,
      state: 'searching',
      attempts: before?.attempts ?? 0,
      goodsMinor: lostMinor({ line, units }),
      deliveryMinor: shares[index] ?? minor(0),
      openedAt: by.now,
    };
    await (before?.state === 'offered' ? splitOff(tx, before, row) : insertRescues(tx, [row]));
  }
  if (opened > 0) await appendEvents(tx, [{ name: 'RescueDue', subject: subOrder.orderId, facts: { orderId: subOrder.orderId } }], by);
  return opened;
}

/** What the shopper owes less for a line that loses so many units. Telescopes: many losses of one line cost together what it cost. */
function lostMinor({ line, units }: Lost): Minor {
  const served = servedQuantity(line);
  const left = lineOwed({ ...line, refusedQuantity: quantity(line.quantity - Math.max(0, served - units)) });
  return minor(lineOwed(line) - left);
}

/** The part's delivery as its shopper pays it, shared over the lines that go: only when nothing else is brought for it. */
function deliveryShares({ subOrder, lost, isWhole }: Losing): readonly Minor[] {
  if (!isWhole) return [];
  const paid = subOrder.deliveryMinor - (subOrder.rescueMinor - sumMinor(lost.map(({ line }) => line.rescueMinor)));
  const shared = apportion(
    minor(Math.max(0, paid)),
    lost.map(({ units }) => (units > 0 ? 1 : 0)),
  );
  return shared.ok ? shared.value : [];
}

async function searchAgain(tx: Tx, rescue: RescueRow, refusing: LockedSubOrder): Promise<void> {
  const others = (await listOffersOf(tx, [rescue.id])).filter((offer) => offer.subOrderId !== refusing.id && offer.isOpen);
  if (others.length === 0) await updateRescue(tx, rescue.id, { state: 'searching', decideBy: null });
}

/** A shop that takes some of the units: the rest is a rescue of its own, with its part of the money. */
async function splitOff(tx: Tx, rescue: RescueRow, rest: NewRescue): Promise<void> {
  const goodsMinor = minor(Math.min(rescue.goodsMinor, rest.goodsMinor));
  await updateRescue(tx, rescue.id, {
    quantity: quantity(rescue.quantity - rest.quantity),
    goodsMinor: minor(rescue.goodsMinor - goodsMinor),
  });
  const { subOrderId, lineId } = rescue;
  await insertRescues(tx, [{ ...rest, subOrderId, lineId, goodsMinor, deliveryMinor: minor(0) }]);
}
