import { err, minor, ok } from '@/lib/kernel';
import type { Minor, Result, ShopId } from '@/lib/kernel';
import type { SubOrderState } from '../lifecycle/sub-order';
import type { ServiceMode, SolveOptions } from '../routing/case';
import { sourcePlan } from '../sourcing/plans';
import type { SourcingLine, SourcingPlan, SourcingProblem } from '../sourcing/problem';

export type SwitchQuestion = {
  /** Where the sub-order stands: before the first pick it may still be switched. */
  readonly state: SubOrderState;
  /** Today's market for its lines; the offers of the shop that has them name the frozen prices and the units it holds for them. */
  readonly problem: Omit<SourcingProblem, 'lines' | 'wishes'>;
  readonly lines: readonly SourcingLine[];
  /** Goods and delivery as paid or authorised for this sub-order. */
  readonly paidMinor: Minor;
  readonly to: { readonly shopId: ShopId; readonly method: ServiceMode };
};

/** What a switch means: the new way and promise, and how its price is settled. */
export type ChannelSwitch = {
  readonly plan: SourcingPlan;
  /** To what was paid: below zero is not captured or is refunded, above zero is a payment of its own with the legal words (BO-02). */
  readonly differenceMinor: number;
  readonly settledBy: 'nothing' | 'giving-back' | 'paying-more';
};

export type SwitchRefusal = { readonly kind: 'already-picked' } | { readonly kind: 'not-offered' } | { readonly kind: 'not-available' };

const beforeFirstPick: readonly SubOrderState[] = ['placed', 'offered', 'accepted'];

/** May a sub-order in this state still be received in another way or from another shop? */
export function maySwitch(state: SubOrderState): boolean {
  return beforeFirstPick.includes(state);
}

/**
 * A paid sub-order received in another way, or from another shop (architecture §5).
 *
 * Units: minor units with VAT. Guarantees: all of its units or a refusal, from one shop and in one way; the difference is to the cent what
 *   the new way costs less what was paid. Errors: `already-picked`; `not-offered` when the shop does not serve that way; `not-available`
 *   when it has not all the units or no time for them.
 */
export function switchChannel(question: SwitchQuestion, options?: SolveOptions): Result<ChannelSwitch, SwitchRefusal> {
  if (!maySwitch(question.state)) return err({ kind: 'already-picked' });
  const { shopId, method } = question.to;
  const locations = question.problem.locations
    .filter((location) => location.shopId === shopId)
    .map((location) => ({ ...location, services: location.services.filter((service) => service.method === method) }))
    .filter((location) => location.services.length > 0);
  if (locations.length === 0) return err({ kind: 'not-offered' });
  const wishes = { deadline: null, maxSources: null, maxParcels: null, allowPartial: false };
  const lines = question.lines.map((line) => ({ ...line, chosenShopId: shopId }));
  const plan = sourcePlan({ ...question.problem, wishes, lines, locations }, 'suggested', options);
  if (!plan.ok) return err({ kind: 'not-available' });
  const differenceMinor = minor(plan.value.totalMinor - question.paidMinor);
  const settledBy = differenceMinor === 0 ? 'nothing' : differenceMinor < 0 ? 'giving-back' : 'paying-more';
  return ok({ plan: plan.value, differenceMinor, settledBy });
}
