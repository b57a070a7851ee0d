import { linePrice } from '@/lib/kernel';
import type { Result, ShopId } from '@/lib/kernel';
import type { SolveOptions } from '../routing/case';
import type { NoPlan } from './plans';
import { sourcePlan } from './plans';
import type { SourcingLocation, SourcingPlan, SourcingPlanKind, SourcingProblem } from './problem';

/**
 * A network supplies from its own shops first. `hard`: others only where its own cannot, in every plan. `soft`: another's unit is worth so many
 * ranking cents less, where the policy is weighed.
 */
export type OwnFirst = {
  readonly own: ReadonlySet<ShopId>;
  readonly rule: { readonly kind: 'hard' } | { readonly kind: 'soft'; readonly foreignUnitMinor: number };
};

/**
 * The best plan of one kind of a network that supplies from its own shops first.
 *
 * Units: as in `SourcingProblem`. Guarantees: under the hard rule, a plan from own shops alone whenever they can serve everything; else as few
 *   foreign steps as any plan that serves as much, whatever they cost (after hand-overs, grams or minutes where the kind puts those first).
 *   The ranking cents that see to it are no money and are never shown.
 * Errors: those of `sourcePlan`. Source: routing model §5.
 */
export function sourceOwnFirst(
  problem: SourcingProblem,
  kind: SourcingPlanKind,
  { own, rule }: OwnFirst,
  options?: SolveOptions,
): Result<SourcingPlan, NoPlan> {
  const isOwn = (location: SourcingLocation) => own.has(location.shopId);
  if (rule.kind === 'soft') {
    const weighed = burdened(problem, isOwn, 'unitBiasMinor', rule.foreignUnitMinor);
    return sourcePlan(weighed, kind, options);
  }
  const alone = { ...problem, locations: problem.locations.filter(isOwn), wishes: { ...problem.wishes, allowPartial: false } };
  const alonePlan = alone.locations.length === 0 ? undefined : sourcePlan(alone, kind, options);
  if (alonePlan?.ok) return alonePlan;
  return sourcePlan(burdened(problem, isOwn, 'bindingMinor', dearest(problem)), kind, options);
}

function burdened(
  problem: SourcingProblem,
  isOwn: (location: SourcingLocation) => boolean,
  field: 'unitBiasMinor' | 'bindingMinor',
  cents: number,
): SourcingProblem {
  const locations = problem.locations.map((location) =>
    isOwn(location) ? location : { ...location, [field]: (location[field] ?? 0) + cents },
  );
  return { ...problem, locations };
}

/** More than any choice among all offers, services and places could ever save: one foreign step more is never worth it. */
function dearest({ lines, locations }: SourcingProblem): number {
  const goods = lines.map((line) =>
    Math.max(0, ...line.offers.map((offer) => linePrice(offer, line.quantity) + offer.riskMinor * line.quantity)),
  );
  const places = locations.map(
    (location) =>
      location.biasMinor +
      Math.max(0, ...location.services.map((service) => service.rankingMinor + (service.prices.at(-1)?.priceMinor ?? 0))),
  );
  const units = lines.reduce((sum, line) => sum + line.quantity, 0);
  const perUnit = Math.max(0, ...locations.map((location) => location.unitBiasMinor));
  return 1 + sum(goods) + sum(places) + units * perUnit;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
