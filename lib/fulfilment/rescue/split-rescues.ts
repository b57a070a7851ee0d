import { minor, quantity } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';
import type { ChangedBy } from '../advance-sub-order';
import type { RescueItem, RescuePart } from './find-elsewhere';
import type { Searched, SearchedPart } from './pose-rescue';
import type { RescueRow } from './rescue-repository';
import { insertRescues, updateRescue } from './rescue-repository';

export type Split = { readonly offered: readonly RescuePart[]; readonly left: SearchedPart };

/**
 * One rescue has one outcome: units that go to different shops, or stay unserved, become rescues of their own.
 * Guarantees: units and cents are conserved; the first piece keeps the rescue's name and what breaks off the division.
 */
export async function splitRescues(
  tx: Tx,
  { part, offered }: { readonly part: SearchedPart; readonly offered: readonly RescuePart[] },
  by: ChangedBy,
): Promise<Split> {
  const renamed = new Map<RescueItem, Searched>();
  const left: Searched[] = [];
  for (const searched of part.searched) {
    const items = offered.flatMap((one) => one.items).filter((item) => item.searched.rescue.id === searched.rescue.id);
    const missing = searched.rescue.quantity - items.reduce((sum, item) => sum + item.quantity, 0);
    const pieces = await divide(tx, searched, [...items.map((item) => item.quantity), ...(missing > 0 ? [missing] : [])], by);
    for (const [index, item] of items.entries()) renamed.set(item, pieces[index] ?? searched);
    const rest = pieces[items.length];
    if (missing > 0 && rest) left.push(rest);
  }
  return {
    offered: offered.map((one) => ({
      ...one,
      items: one.items.map((item) => ({ ...item, searched: renamed.get(item) ?? item.searched })),
    })),
    left: { ...part, searched: left },
  };
}

async function divide(tx: Tx, searched: Searched, counts: readonly number[], by: ChangedBy): Promise<readonly Searched[]> {
  const { rescue } = searched;
  if (counts.length <= 1) return [searched];
  const others = counts.slice(1).map((count): RescueRow => ({
    ...rescue,
    id: by.ids.make('rescue'),
    quantity: quantity(count),
    goodsMinor: minor(Math.floor((rescue.goodsMinor * count) / rescue.quantity)),
    deliveryMinor: minor(0),
  }));
  const goodsMinor = minor(rescue.goodsMinor - others.reduce((sum, other) => sum + other.goodsMinor, 0));
  const first = { ...rescue, quantity: quantity(counts[0] ?? 0), goodsMinor };
  await updateRescue(tx, rescue.id, { quantity: first.quantity, goodsMinor });
  await insertRescues(tx, others);
  return [first, ...others].map((row) => ({ ...searched, rescue: row }));
}
