import type { SourcingPlan, SourcingProblem } from './problem';

/**
 * What a plan costs in ranking cents: what is paid for it, and what the policy adds for doubt, places, waiting and walking.
 * Units: cents. Plans of one problem are compared by it, whatever they were asked for.
 */
export function rankingOf(problem: SourcingProblem, plan: SourcingPlan): number {
  return plan.fulfilments.reduce((total, part) => {
    const location = problem.locations.find((candidate) => candidate.id === part.locationId);
    const service = location?.services.find((candidate) => candidate.method === part.method);
    const perStep = location?.unitBiasMinor ?? 0;
    const once = (location?.biasMinor ?? 0) + (location?.bindingOnceMinor ?? 0) + (service?.rankingMinor ?? 0);
    const doubt = part.items.reduce((sum, item) => {
      const line = problem.lines.find((candidate) => candidate.id === item.lineId);
      const offer = line?.offers.find((candidate) => candidate.offerId === item.offerId && candidate.locationId === part.locationId);
      return sum + item.quantity * ((offer?.riskMinor ?? 0) + (offer?.bindingMinor ?? 0) + perStep);
    }, 0);
    return total + part.goodsMinor + part.deliveryMinor + once + doubt;
  }, 0);
}
