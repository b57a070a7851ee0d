import { err, invariant, linePrice, minor, ok, quantity, sumMinor, instant } from '@/lib/kernel';
import type { Minor, Result } from '@/lib/kernel';
import type { InfeasibleReason, RoutingAnswer, RoutingUse, SolveOptions } from '../routing/case';
import { explainInfeasible } from '../routing/explain-infeasible';
import { solve } from '../routing/solve';
import { withTours } from './planned-tours';
import { bestOfferAt, compile, isBundled, promiseMinute } from './compile';
import { sourcingPlanKinds } from './problem';
import type { PlannedFulfilment, PlannedItem, SourcingPlan, SourcingPlanKind, SourcingProblem, SourcingService } from './problem';

export type NoPlan = {
  readonly kind: 'no-plan';
  readonly reasons: readonly InfeasibleReason[];
  /** False when the search ended without finding a plan and without proving there is none. */
  readonly isProven: boolean;
};

/** A basket page waits for five plans: enough nodes to prove nearly every one, few enough to answer within its time. */
const PLAN_NODES = 2_000;

/**
 * The best plan of one kind.
 *
 * Units: as in `SourcingProblem`. Guarantees: same problem, same plan; every unit comes from an offer that has it; money is
 *   what would be paid (ranking cents are never in it).
 * Errors: `no-plan` with the smallest reasons the engine found.
 */
export function sourcePlan(
  problem: SourcingProblem,
  kind: SourcingPlanKind,
  options: SolveOptions = { maxNodes: PLAN_NODES },
): Result<SourcingPlan, NoPlan> {
  const routing = compile(problem, kind);
  const answer = solve(routing, options);
  if (answer.status === 'unknown') return err({ kind: 'no-plan', reasons: [], isProven: false });
  if (answer.status === 'infeasible') {
    const reasons = answer.reasons.length > 0 ? answer.reasons : explainInfeasible(routing, options).reasons;
    return err({ kind: 'no-plan', reasons, isProven: true });
  }
  return ok(decode(problem, kind, answer));
}

/**
 * The plans worth showing beside each other, the suggested one first.
 *
 * Guarantees: no plan appears twice: one that answers several kinds carries them all in `kinds`; a chosen shop supplies its line in
 *   every plan; empty when there is no plan at all (ask `sourcePlan` why). `ask` answers under further rules, as `sourcePlan` does without.
 */
export function comparePlans(
  problem: SourcingProblem,
  options: SolveOptions = { maxNodes: PLAN_NODES },
  { ask = sourcePlan, kinds = sourcingPlanKinds }: { readonly ask?: typeof sourcePlan; readonly kinds?: readonly SourcingPlanKind[] } = {},
): readonly SourcingPlan[] {
  const plans = new Map<string, SourcingPlan>();
  for (const kind of kinds) {
    const plan = ask(problem, kind, options);
    if (!plan.ok && plan.error.isProven) return []; // what no plan can do, no goal can
    if (!plan.ok) continue;
    const key = JSON.stringify([plan.value.fulfilments, plan.value.missing]);
    const same = plans.get(key);
    plans.set(key, same ? { ...same, kinds: [...same.kinds, kind] } : plan.value);
  }
  return [...plans.values()];
}

/**
 * Turns an engine's answer back into the words of the trade.
 *
 * Guarantees: quantities are the answer's; prices and promises are looked up again in the problem, never in the integers, so ranking
 *   cents cannot leak into money. Errors: throws when the answer is not to this problem.
 */
export function decode(problem: SourcingProblem, kind: SourcingPlanKind, answer: RoutingAnswer): SourcingPlan {
  const alone = answer.uses.map((use) => fulfilmentOf(problem, use));
  const { fulfilments, tours, parcels, co2Grams } = withTours(problem, alone, answer.tours);
  const goodsMinor = sumMinor(fulfilments.map((fulfilment) => fulfilment.goodsMinor));
  const deliveryMinor = sumMinor(fulfilments.map((fulfilment) => fulfilment.deliveryMinor));
  const ends = fulfilments.map(({ method, promise }) => (method === 'pickup' ? promise.from : promise.to));
  return {
    kind,
    kinds: [kind],
    isProven: answer.status === 'optimal',
    fulfilments,
    tours,
    missing: answer.missing.map(([lineId, units]) => ({ lineId, quantity: stepsOf(problem, lineId, units) })),
    goodsMinor,
    deliveryMinor,
    totalMinor: minor(goodsMinor + deliveryMinor),
    parcels,
    co2Grams,
    completeBy: ends.length === 0 ? undefined : instant(Math.max(...ends)),
  };
}

function fulfilmentOf(problem: SourcingProblem, use: RoutingUse): PlannedFulfilment {
  const location = problem.locations.find((candidate) => candidate.id === use.location);
  const service = location?.services.find((candidate) => candidate.method === use.service);
  invariant(location && service, 'the answer is to this problem');
  let grams = 0;
  let cm3 = 0;
  let units = 0;
  const items = use.items.map(([lineId, count]): PlannedItem => {
    const line = problem.lines.find((candidate) => candidate.id === lineId);
    const offer = line && bestOfferAt(line, location);
    invariant(line && offer, 'the answer is to this problem');
    const steps = stepsOf(problem, lineId, count);
    const grain = isBundled(line) ? line.quantity : 1;
    grams += count * Math.ceil(line.weightGrams * grain);
    cm3 += count * Math.ceil(line.volumeCm3 * grain);
    units += count;
    return { lineId, offerId: offer.offerId, quantity: steps, priceMinor: linePrice(offer, steps) };
  });
  const price = service.prices.find((row) => grams <= row.maxGrams && cm3 <= row.maxCm3);
  const promise = windowFor(problem, service, units);
  invariant(price && promise, 'the answer is to this problem');
  return {
    locationId: location.id,
    shopId: location.shopId,
    merchantId: location.merchantId,
    method: service.method,
    promise: promise.window,
    items,
    goodsMinor: sumMinor(items.map((item): Minor => item.priceMinor)),
    deliveryMinor: price.priceMinor,
    parcels: price.parcels,
    co2Grams: service.co2Grams + price.co2Grams,
    ...(service.tourId === undefined ? {} : { tourId: service.tourId }),
  };
}

/** The first window that is still to come and holds so many units. */
function windowFor(problem: SourcingProblem, service: SourcingService, units: number) {
  return service.windows.find((row) => units <= row.maxUnits && promiseMinute(problem.now, service, row) >= 0);
}

function stepsOf(problem: SourcingProblem, lineId: string, units: number) {
  const line = problem.lines.find((candidate) => candidate.id === lineId);
  invariant(line, 'the answer is to this problem');
  return quantity(isBundled(line) ? units * line.quantity : units);
}
