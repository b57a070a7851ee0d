import { payoutHolds } from '@/db/schema';
import type { HoldReason } from '@/db/schema';
import type { Actor, HoldId, Instant, MerchantId } from '@/lib/kernel';
import type { Ids } from '@/lib/platform/ids';
import { appendEvents } from '@/lib/platform/outbox';
import type { Tx } from '@/lib/platform/transaction';

export type NewHold = {
  readonly merchantId: MerchantId;
  readonly reason: HoldReason;
  readonly statement: string;
  readonly freedAt: Instant;
};

/** Writes a hold and owes the merchant its statement of reasons, in one transaction: there is no hold without one (OP-10). */
export async function writeHold(
  tx: Tx,
  hold: NewHold,
  by: { readonly actor: Actor; readonly placedBy: string; readonly now: Instant; readonly ids: Ids },
): Promise<HoldId> {
  const id = by.ids.make('hold');
  await tx.insert(payoutHolds).values({ ...hold, id, placedBy: by.placedBy, placedAt: by.now });
  await appendEvents(tx, [{ name: 'PayoutsHeld', subject: id, facts: { merchantId: hold.merchantId } }], by);
  return id;
}
