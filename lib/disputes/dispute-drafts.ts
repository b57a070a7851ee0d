import type { disputeParts, disputes } from '@/db/schema';
import { minor, sumMinor } from '@/lib/kernel';
import { posting } from '@/lib/oms';
import type { LedgerDraft } from '@/lib/settlement';

type DisputeRow = typeof disputes.$inferSelect;
type PartRow = typeof disputeParts.$inferSelect;

/**
 * The ledger transactions a dispute calls for as it stands, each under a cause of its own: written again they are the same.
 * What no sub-order concerned can bear, and the provider's fee, are the city's.
 */
export function disputeDrafts(dispute: DisputeRow, parts: readonly PartRow[]): readonly LedgerDraft[] {
  const { id, orderId, amountMinor, feeMinor, openedAt, closedAt, state } = dispute;
  const restMinor = minor(amountMinor - sumMinor(parts.map((part) => part.amountMinor)));
  const drafts: LedgerDraft[] = [];
  for (const [index, part] of parts.entries()) {
    const { subOrderId, merchantId } = part;
    // The fee is told once, with the first part.
    const opened = posting.disputeOpened(subOrderId, part.amountMinor, index === 0 ? feeMinor : minor(0));
    drafts.push({ ...opened, cause: `dispute-opened:${id}:${subOrderId}`, orderId, subOrderId, occurredAt: openedAt });
    const held = posting.disputeHeld(merchantId, part.amountMinor);
    drafts.push({ ...held, cause: `dispute-held:${id}:${subOrderId}`, orderId, subOrderId, merchantId, occurredAt: openedAt });
    if (closedAt === null) continue;
    const about = { orderId, subOrderId, occurredAt: closedAt };
    drafts.push({
      ...posting.disputeFreed(merchantId, part.amountMinor),
      cause: `dispute-freed:${id}:${subOrderId}`,
      ...about,
      merchantId,
    });
    const isMerchants = part.bearer === 'merchant';
    const decided =
      state === 'won'
        ? posting.disputeWon(subOrderId, part.amountMinor)
        : posting.disputeLost(subOrderId, part.amountMinor, isMerchants ? { merchant: merchantId } : 'city');
    // Only what a merchant pays stands on its statement.
    const whose = state === 'lost' && isMerchants ? { merchantId } : {};
    drafts.push({ ...decided, cause: `dispute-${state}:${id}:${subOrderId}`, ...about, ...whose });
  }
  if (restMinor > 0) drafts.push(...restDrafts(dispute, restMinor, parts.length === 0 ? feeMinor : minor(0)));
  return drafts;
}

/** The part nobody concerned can bear, on an account of the dispute itself. */
function restDrafts(
  { id, orderId, openedAt, closedAt, state }: DisputeRow,
  restMinor: ReturnType<typeof minor>,
  feeMinor: ReturnType<typeof minor>,
) {
  const opened = { ...posting.disputeOpened(id, restMinor, feeMinor), cause: `dispute-opened:${id}:city`, orderId, occurredAt: openedAt };
  if (closedAt === null) return [opened];
  const decided = state === 'won' ? posting.disputeWon(id, restMinor) : posting.disputeLost(id, restMinor, 'city');
  return [opened, { ...decided, cause: `dispute-${state}:${id}:city`, orderId, occurredAt: closedAt }];
}
