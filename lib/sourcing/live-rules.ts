import type { Result, ShopId } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import type { NoPlan, OwnFirst, SourcingPlan, SourcingPlanKind, SourcingProblem, SourcingRules } from '@/lib/oms';
import { noRules, sourceOwnFirst, sourcePlan, sourceSplitControlled, underRules } from '@/lib/oms';
import type { Network, RoutingSettings } from './settings';

/** Answers the engine's question under the live rules, as `sourcePlan` does without any. */
export type Ask = typeof sourcePlan;

/** What head offices and the city lay down for one question: what takes part, and how plans are asked for. */
export type LiveRules = {
  readonly ruled: SourcingProblem;
  readonly ask: Ask;
  /** The networks whose lines come from their own shops first; `ask` sees to it. */
  readonly ownFirst: readonly OwnFirst[];
};

/**
 * A question under the live settings: shops a network keeps out are out, who is bound to a territory brings nothing outside it, a network's
 * lines come from its own shops first, and splitting has to be worth it.
 *
 * `shownWith`: the shop each line was shown with; its network's rules bind the line. `postcode`: where things are to be brought.
 * Guarantees: pure; without rules the question and its answers are the engine's own.
 */
export function underSettings(
  problem: SourcingProblem,
  {
    settings,
    shownWith,
    postcode,
  }: { readonly settings: RoutingSettings; readonly shownWith: ReadonlyMap<string, ShopId>; readonly postcode: string | undefined },
): LiveRules {
  const rules = rulesOf(settings.networks, postcode);
  const ruled = rules === noRules ? problem : underRules(problem, rules);
  const bound = settings.networks.flatMap((network) => ownFirstOf(network, shownWith));
  return { ruled, ask: askUnder(settings, bound), ownFirst: bound };
}

function rulesOf(networks: readonly Network[], postcode: string | undefined): SourcingRules {
  const excludedShops = networks.flatMap(({ rules }) => rules.excludedShopIds);
  const outside = networks.flatMap(({ rules }) =>
    rules.territories.filter(({ postcodes }) => postcode === undefined || !postcodes.includes(postcode)).map(({ shopId }) => shopId),
  );
  if (excludedShops.length === 0 && outside.length === 0) return noRules;
  // A territory is a list of postcodes: outside it there is no zone at all, inside it none is needed.
  return { ...noRules, excludedShops, territories: new Map(outside.map((shopId) => [shopId, []])) };
}

function ownFirstOf({ shops, rules }: Network, shownWith: ReadonlyMap<string, ShopId>): readonly OwnFirst[] {
  if (rules.ownFirst === 'off') return [];
  const lineIds = new Set([...shownWith].filter(([, shopId]) => shops.has(shopId)).map(([lineId]) => lineId));
  if (lineIds.size === 0) return [];
  const rule =
    rules.ownFirst === 'hard' ? ({ kind: 'hard' } as const) : ({ kind: 'soft', foreignUnitMinor: rules.foreignUnitMinor } as const);
  return [{ own: shops, lineIds, rule }];
}

function askUnder({ policy }: RoutingSettings, bound: readonly OwnFirst[]): Ask {
  const own: Ask = bound.length === 0 ? sourcePlan : (problem, kind, options) => sourceOwnFirst(problem, kind, bound, options);
  return (problem, kind, options) => splitControlled({ problem, kind }, policy, own, options);
}

/** Small parts weigh where the policy is weighed; how many shops an order may touch holds for every plan that can keep it. */
function splitControlled(
  { problem, kind }: { readonly problem: SourcingProblem; readonly kind: SourcingPlanKind },
  { leastPartMinor, smallPartCents, mostShops }: RoutingSettings['policy'],
  ask: Ask,
  options: Parameters<Ask>[2],
): Result<SourcingPlan, NoPlan> {
  const isWeighed = kind === 'suggested' && smallPartCents > 0;
  if (!isWeighed && mostShops === null) return ask(problem, kind, options);
  const rule = { leastPartMinor: isWeighed ? leastPartMinor : 0, smallPartCents: isWeighed ? smallPartCents : 0, mostPlaces: mostShops };
  const plan = sourceSplitControlled(problem, kind, rule, options, ask);
  if (mostShops === null || !plan.ok || plan.value.missing.length === 0) return plan;
  // Fewer shops are a wish, what the shopper asked for is the point: more shops rather than an incomplete basket.
  const more = sourceSplitControlled(problem, kind, { ...rule, mostPlaces: null }, options, ask);
  return more.ok && unitsMissing(more.value) < unitsMissing(plan.value) ? ok(more.value) : plan;
}

function unitsMissing({ missing }: SourcingPlan): number {
  return missing.reduce((sum, line) => sum + line.quantity, 0);
}

/** The postcode in an address as people write it; the last group of five figures. */
export function postcodeIn(label: string | undefined): string | undefined {
  return label?.match(/\b\d{5}\b(?!.*\b\d{5}\b)/)?.[0];
}
