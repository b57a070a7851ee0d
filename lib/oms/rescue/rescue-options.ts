import type { ServiceMode } from '../routing/case';
import { servedOf } from './planned-units';
import type { SourcingLine, SourcingPlan } from '../sourcing/problem';
import { rescueKinds } from './remainder-question';
import type { LostLine, RescueKind, RescueOption } from './remainder-question';
import type { RescueMarket } from './rescue-market';

/**
 * What a shopper may be offered for one line, the best first.
 *
 * Guarantees: every option brings the whole line; options come by lateness, then price; no two are the same plan, and none is received
 *   the same way later and dearer than another.
 */
export function optionsFor(market: RescueMarket, lost: LostLine): readonly RescueOption[] {
  const { line, told } = lost;
  const sameWay = (method: ServiceMode) => method === told.method;
  const otherWay = (method: ServiceMode) => method !== told.method;
  const inTime = { kind: 'suggested', deadline: told.by, allows: sameWay } as const;
  const atLast = { kind: 'soonest', deadline: null, allows: sameWay } as const;
  const considered: readonly (readonly [RescueKind, SourcingLine, SourcingPlan | undefined])[] = [
    ['elsewhere', line, market.ask([market.keeping(lost)], inTime)],
    ['elsewhere', line, market.ask([line], inTime)],
    ...lost.substitutes.map((other) => ['substitute', other, market.ask([other], inTime) ?? market.ask([other], atLast)] as const),
    ...lost.transfers.map((place) => ['transfer', line, market.ask([line], { ...atLast, places: [place] })] as const),
    ['otherwise', line, market.ask([line], { ...atLast, allows: otherWay })],
    ['later', line, market.ask([line], atLast)],
    ['later', line, market.ask([line], { ...atLast, kind: 'suggested' })],
    ['wait', line, market.ask([line], { ...atLast, allows: () => true, places: lost.awaited })],
  ];
  return worthOffering(
    considered.flatMap(([kind, asked, plan]): readonly RescueOption[] =>
      plan && servedOf(plan, asked.id) === asked.quantity ? [optionOf(kind, lost, plan)] : [],
    ),
  );
}

function optionOf(kind: RescueKind, { told, paidMinor }: LostLine, plan: SourcingPlan): RescueOption {
  const lateMs = Math.max(0, (plan.completeBy ?? told.by) - told.by);
  return { kind, plan, differenceMinor: plan.totalMinor - paidMinor, lateMs };
}

function worthOffering(found: readonly RescueOption[]): readonly RescueOption[] {
  const rank = ({ kind }: RescueOption) => rescueKinds.indexOf(kind);
  const sorted = found.toSorted((a, b) => a.lateMs - b.lateMs || a.differenceMinor - b.differenceMinor || rank(a) - rank(b));
  return sorted.filter(
    (option, index) => !sorted.slice(0, index).some((better) => methodsOf(better) === methodsOf(option) && isNoWorse(better, option)),
  );
}

/** The thing itself is never beaten by a substitute; an earlier entry of the sorted list is never later. */
function isNoWorse(better: RescueOption, option: RescueOption): boolean {
  const isSameThing = better.kind !== 'substitute' || option.kind === 'substitute';
  const isSamePlan = JSON.stringify(better.plan.fulfilments) === JSON.stringify(option.plan.fulfilments);
  return isSamePlan || (isSameThing && option.kind !== 'substitute' && better.differenceMinor <= option.differenceMinor);
}

function methodsOf({ plan }: RescueOption): string {
  return plan.fulfilments
    .map((fulfilment) => fulfilment.method)
    .toSorted()
    .join(' ');
}
