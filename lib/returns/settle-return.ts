import { eq } from 'drizzle-orm';
import { payments, returnCredits } from '@/db/schema';
import type { Minor, Result } from '@/lib/kernel';
import { invariant, minor, ok, sumMinor } from '@/lib/kernel';
import type { ReturnCredit } from '@/lib/oms';
import { deliveryCredit, lessDeduction, returnCredit } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import type { Swap } from './give-instead';
import { findSwaps, giveInstead } from './give-instead';
import { placeGoods } from './place-goods';
import type { Part, PartLine } from './read-parts';
import { readParts } from './read-parts';
import type { By, CaseLine, LockedCase, StateRefusal } from './return-repository';
import { advance } from './return-repository';

/** What a settled return came to. */
export type Settled = { readonly refundedMinor: Minor; readonly supplementMinor: Minor; readonly done: 'refunded' | 'swapped' | 'mended' };

export type Settling = {
  readonly open: LockedCase;
  readonly book: ShopBook;
  /** False when money is due on a proof of despatch alone: no goods are placed anywhere. */
  readonly hasGoods: boolean;
  /** Money even where a repair or another thing was wished: it cannot be had, or came too late. */
  readonly asRefund?: boolean;
};

/**
 * Gives what is due for a return: money by line, the thing wished instead, or the thing mended, and puts the goods where they belong. The
 * order and the return are locked by the caller; what is owed, the refund and the credit note follow from the credits written here.
 */
export async function settle(
  tx: Tx,
  { open, book, hasGoods, asRefund = false }: Settling,
  by: By,
  ports: Ports,
): Promise<Result<Settled, StateRefusal>> {
  const part = (await readParts(tx, open.orderId, book)).find((one) => one.subOrder.id === open.subOrderId);
  invariant(part, 'goods come back to a contract that was served');
  const pairs = open.lines.flatMap((line): readonly Pair[] => {
    const of = part.lines.find((one) => one.row.id === line.lineId);
    const units = hasGoods ? (line.broughtQuantity ?? 0) : line.quantity;
    return of && units > 0 ? [{ line, of, units }] : [];
  });
  const wish = asRefund ? 'refund' : open.remedy;
  const swaps = wish === 'exchange' || wish === 'replacement' ? await findSwaps(tx, open, pairs) : undefined;
  const done = wish === 'repair' ? 'mended' : swaps ? 'swapped' : 'refunded';
  const credits = done === 'refunded' ? refundCredits(open, part, pairs) : (swaps ?? []).flatMap(swapCredit);
  await writeCredits(tx, open, credits, by);
  if (hasGoods && done !== 'mended') for (const pair of pairs) await placeGoods(tx, { open, part, book, ...pair }, by, ports);
  if (swaps) await giveInstead(tx, open, swaps, by, ports);
  const refundedMinor = sumMinor(credits.map((credit) => credit.shopperMinor));
  const supplementMinor = sumMinor((swaps ?? []).map((swap) => swap.supplementMinor));
  const set = done === 'refunded' ? { remedy: 'refund' as const } : {};
  const settled = await advance(tx, open, { event: 'settle', set, detail: { done, refundedMinor, supplementMinor } }, by);
  return settled.ok ? ok({ refundedMinor, supplementMinor, done }) : settled;
}

type Pair = { readonly line: CaseLine; readonly of: PartLine; readonly units: number };
type Credit = ReturnCredit & { readonly lineId: CaseLine['lineId'] | null; readonly quantity: number };

/** Line by line what was paid, less what the goods lost; the delivery when nothing of the contract is left (BO-13, BO-14). */
function refundCredits(open: LockedCase, part: Part, pairs: readonly Pair[]): readonly Credit[] {
  const lines = pairs.map(({ line, of, units }): Credit => {
    const credit = lessDeduction(open.cause, returnCredit(of, of.creditedQuantity, units), line.deductionMinor);
    return { ...credit, lineId: line.lineId, quantity: units };
  });
  const back = (of: PartLine) => of.creditedQuantity + (pairs.find((pair) => pair.of === of)?.units ?? 0);
  if (!part.lines.every((of) => back(of) === of.servedQuantity)) return lines;
  const { deliveryOwedMinor: owedMinor, deliveryRescueMinor: rescueMinor, subOrder } = part;
  const delivery = deliveryCredit(open.cause, { owedMinor, rescueMinor, standardMinor: subOrder.standardDeliveryMinor });
  return delivery.shopperMinor + delivery.rescueMinor === 0 ? lines : [...lines, { ...delivery, lineId: null, quantity: 0 }];
}

/** Something else was given: only what it costs less goes back. */
function swapCredit({ line, of, units, backMinor }: Swap): readonly Credit[] {
  const shopperMinor = minor(Math.min(backMinor, returnCredit(of, of.creditedQuantity, units).shopperMinor));
  return shopperMinor === 0 ? [] : [{ lineId: line.lineId, quantity: 0, shopperMinor, rescueMinor: minor(0) }];
}

async function writeCredits(tx: Tx, open: LockedCase, credits: readonly Credit[], by: By): Promise<void> {
  if (credits.length === 0) return;
  // The payment is locked, so that what is taken or given back meanwhile sees these credits or comes before them, never half of each.
  const [payment] = await tx.select({ state: payments.state }).from(payments).where(eq(payments.orderId, open.orderId)).for('update');
  const isBeforeCapture = payment?.state !== 'captured';
  await tx.insert(returnCredits).values(
    credits.map((credit) => ({
      id: by.ids.make('event'),
      returnId: open.id,
      subOrderId: open.subOrderId,
      isBeforeCapture,
      createdAt: by.now,
      ...credit,
    })),
  );
}
