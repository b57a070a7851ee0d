import type { SourcingPlan } from '../sourcing/problem';

/** Steps of a line a plan brings. */
export function servedOf(plan: SourcingPlan, lineId: string): number {
  return itemsOf(plan, lineId).reduce((sum, item) => sum + item.quantity, 0);
}

/** What the plan's units of a line cost, delivery left out; minor units with VAT. */
export function goodsOf(plan: SourcingPlan, lineId: string): number {
  return itemsOf(plan, lineId).reduce((sum, item) => sum + item.priceMinor, 0);
}

function itemsOf(plan: SourcingPlan, lineId: string) {
  return plan.fulfilments.flatMap((fulfilment) => fulfilment.items).filter((item) => item.lineId === lineId);
}
