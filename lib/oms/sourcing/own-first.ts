import { linePrice } from '@/lib/kernel';
import type { Result, ShopId } from '@/lib/kernel';
import type { SolveOptions } from '../routing/case';
import type { NoPlan } from './plans';
import { sourcePlan } from './plans';
import type { SourcingLine, SourcingOffer, SourcingPlan, SourcingPlanKind, SourcingProblem } from './problem';

/**
 * A network supplies from its own shops first. `hard`: others only where its own cannot, in every plan. `soft`: another's unit is worth so many
 * ranking cents less, where the policy is weighed. Bound are the lines named, all without a name.
 */
export type OwnFirst = {
  readonly own: ReadonlySet<ShopId>;
  readonly lineIds?: ReadonlySet<string>;
  readonly rule: { readonly kind: 'hard' } | { readonly kind: 'soft'; readonly foreignUnitMinor: number };
};

/**
 * The best plan of one kind where networks supply their lines from their own shops first.
 *
 * Units: as in `SourcingProblem`. Guarantees: under hard rules, a plan in which bound lines come from own shops alone whenever those can serve
 *   everything; else as few foreign steps as any plan that serves as much, whatever they cost (after hand-overs, grams or minutes where the
 *   kind puts those first). The ranking cents that see to it are no money and are never shown.
 * Errors: those of `sourcePlan`. Source: routing model §5.
 */
export function sourceOwnFirst(
  problem: SourcingProblem,
  kind: SourcingPlanKind,
  rules: readonly OwnFirst[],
  options?: SolveOptions,
): Result<SourcingPlan, NoPlan> {
  const weighed = withOffers(problem, (line, offer, shopId) => {
    const cents = rules.reduce((sum, { own, lineIds, rule }) => {
      const isForeign = rule.kind === 'soft' && (lineIds?.has(line.id) ?? true) && !own.has(shopId);
      return sum + (isForeign ? rule.foreignUnitMinor : 0);
    }, 0);
    return cents === 0 ? offer : { ...offer, riskMinor: offer.riskMinor + cents };
  });
  const hard = rules.filter(({ rule }) => rule.kind === 'hard');
  if (hard.length === 0) return sourcePlan(weighed, kind, options);
  const isForeign = (line: SourcingLine, shopId: ShopId) =>
    hard.some(({ own, lineIds }) => (lineIds?.has(line.id) ?? true) && !own.has(shopId));
  const alone = withOffers(weighed, (line, offer, shopId) => (isForeign(line, shopId) ? undefined : offer));
  const alonePlan = sourcePlan({ ...alone, wishes: { ...problem.wishes, allowPartial: false } }, kind, options);
  if (alonePlan.ok) return alonePlan;
  const bindingMinor = dearest(weighed);
  const burdened = withOffers(weighed, (line, offer, shopId) => (isForeign(line, shopId) ? { ...offer, bindingMinor } : offer));
  return sourcePlan(burdened, kind, options);
}

function withOffers(
  problem: SourcingProblem,
  change: (line: SourcingLine, offer: SourcingOffer, shopId: ShopId) => SourcingOffer | undefined,
): SourcingProblem {
  const shops = new Map<string, ShopId>(problem.locations.map((location) => [location.id, location.shopId]));
  const lines = problem.lines.map((line) => ({
    ...line,
    offers: line.offers.flatMap((offer) => {
      const shopId = shops.get(offer.locationId);
      const changed = shopId === undefined ? undefined : change(line, offer, shopId);
      return changed ? [changed] : [];
    }),
  }));
  return { ...problem, lines };
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
