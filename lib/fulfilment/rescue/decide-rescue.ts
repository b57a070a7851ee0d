import { appendEvents } from '@/lib/platform/outbox';
import type { Tx } from '@/lib/platform/transaction';
import type { ChangedBy } from '../advance-sub-order';
import type { LockedSubOrder } from '../sub-order-repository';
import type { RescueOption } from './rescue-options';
import type { RescueRow } from './rescue-repository';
import { updateRescue } from './rescue-repository';

export type Deciding = {
  readonly rescue: RescueRow;
  /** Every part of the order, locked. */
  readonly parts: readonly LockedSubOrder[];
};

/** The last step: the units are not served and their money is not kept. */
export async function refundRescue(tx: Tx, { rescue, parts }: Deciding, by: ChangedBy): Promise<void> {
  await updateRescue(tx, rescue.id, { state: 'refunded', decidedAt: by.now, decideBy: null });
  const shopId = parts.find((part) => part.id === rescue.subOrderId)?.shopId;
  if (shopId !== undefined)
    await appendEvents(tx, [{ name: 'RescueRefunded', subject: rescue.id, facts: { orderId: rescue.orderId, shopId } }], by);
}

/** The shopper is asked, with a default (the refund) and a deadline. */
export async function askShopper(
  tx: Tx,
  { rescue, parts }: Deciding,
  asked: { readonly options: readonly RescueOption[]; readonly decideBy: RescueRow['decideBy'] },
  by: ChangedBy,
): Promise<void> {
  await updateRescue(tx, rescue.id, { state: 'asked', options: asked.options, decideBy: asked.decideBy });
  const shopId = parts.find((part) => part.id === rescue.subOrderId)?.shopId;
  if (shopId !== undefined)
    await appendEvents(tx, [{ name: 'RescueAsked', subject: rescue.id, facts: { orderId: rescue.orderId, shopId } }], by);
}
