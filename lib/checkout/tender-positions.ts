import type { BasketFacts, PlanPart } from '@/lib/basket';
import { lineagesOf } from '@/lib/departments';
import type { CategoryId, Instant, Minor, SubOrderId, VoucherId } from '@/lib/kernel';
import { err, minor, ok } from '@/lib/kernel';
import { isModuleOn } from '@/lib/modules';
import type { Reader, Tx } from '@/lib/platform/transaction';
import type { TenderPosition } from '@/lib/wallet';
import { claimForOrder } from '@/lib/wallet';
import type { PlaceOrderCommand } from './place-order-command';
import type { SplitSubOrder } from './split-order';

type Lineages = ReadonlyMap<CategoryId, readonly CategoryId[]>;

/** What can be paid for in a plan that was only agreed to: the same positions it will have as an order, under names of its own. */
export async function positionsOfPlan(from: Reader, parts: readonly PlanPart[], facts: BasketFacts): Promise<readonly TenderPosition[]> {
  const lineages = await lineagesOf(from, categoriesOf(facts));
  return parts.flatMap((part, index) => [
    ...part.items.map((item, at): TenderPosition => {
      const line = facts.found.lines.find((candidate) => candidate.id === item.lineId);
      return {
        id: `${index}-${at}`,
        subOrderId: String(index),
        worthMinor: item.priceMinor,
        shopId: part.shopId,
        categoryIds: line === undefined ? [] : (lineages.get(line.categoryId) ?? []),
      };
    }),
    { id: `${index}-delivery`, subOrderId: String(index), worthMinor: part.deliveryMinor, shopId: part.shopId, categoryIds: undefined },
  ]);
}

/** What can be paid for in an order about to be written: each line's goods and each part's delivery. */
export async function positionsOfOrder(
  from: Reader,
  split: readonly SplitSubOrder[],
  facts: BasketFacts,
): Promise<readonly (TenderPosition & { readonly subOrderId: SubOrderId })[]> {
  const lineages = await lineagesOf(from, categoriesOf(facts));
  return split.flatMap(({ row, lines }) => [
    ...lines.map((line) => ({
      id: line.id,
      subOrderId: row.id,
      worthMinor: line.totalMinor,
      shopId: row.shopId,
      categoryIds: lineageOfListing(facts, lineages, line.listingId),
    })),
    { id: row.id, subOrderId: row.id, worthMinor: minor(row.deliveryMinor), shopId: row.shopId, categoryIds: undefined },
  ]);
}

/** The vouchers of a basket, as far as the city takes any: brought and switched off since, they pay nothing and stay where they are. */
export async function payingVouchers(from: Reader, { found }: BasketFacts): Promise<readonly VoucherId[]> {
  const { voucherIds } = found.basket;
  return voucherIds.length === 0 || (await isModuleOn(from, 'vouchers')) ? voucherIds : [];
}

type Paying = {
  readonly facts: BasketFacts;
  readonly command: Pick<PlaceOrderCommand, 'email' | 'dueSeenMinor'>;
  /** What is paid before: vouchers pay of it. */
  readonly totalMinor: Minor;
  readonly now: Instant;
};

/** The parts with what vouchers pay of each; what they pay is held from here on. */
export async function withVouchers(tx: Tx, unpaid: readonly SplitSubOrder[], { facts, command, totalMinor, now }: Paying) {
  const paidBefore = unpaid.filter(({ row }) => row.isSetAside !== true);
  // Nothing to pay online: vouchers stay in the drawer.
  const voucherIds = paidBefore.length === 0 ? [] : await payingVouchers(tx, facts);
  const positions = voucherIds.length === 0 ? [] : await positionsOfOrder(tx, paidBefore, facts);
  const tenders = await claimForOrder(tx, voucherIds, { positions, email: command.email, now });
  if (!tenders.ok) return tenders;
  const dueMinor = totalMinor - tenders.value.paidMinor;
  if (command.dueSeenMinor !== undefined && command.dueSeenMinor !== dueMinor) return err({ kind: 'vouchers-changed' as const });
  const split = unpaid.map(({ row, lines }) => ({
    lines,
    row: { ...row, tenderedMinor: tenders.value.bySubOrder.get(row.id) ?? minor(0) },
  }));
  return ok({ split, tenders: tenders.value, positions });
}

function lineageOfListing({ found }: BasketFacts, lineages: Lineages, listingId: string): readonly CategoryId[] {
  const line = found.lines.find((candidate) => candidate.listingId === listingId);
  return line === undefined ? [] : (lineages.get(line.categoryId) ?? []);
}

function categoriesOf({ found }: BasketFacts): readonly CategoryId[] {
  return [...new Set(found.lines.map((line) => line.categoryId))];
}
