import type { Position } from '@/lib/kernel';
import { jointOddsBps } from '@/lib/oms';
import type { ShopBook } from '@/lib/shops';
import type { BasketPlan } from './basket-plan';
import type { Candidate } from '@/lib/sourcing';
import { oneWalk } from './one-walk';
import type { PlanChange, PlanKind, PlanView } from './views';

/** The plan the shopper chose among those worth showing; the suggested one when that goal has no plan of its own. */
export function pickPlan(plans: readonly BasketPlan[], wanted: PlanKind): BasketPlan | undefined {
  return plans.find((plan) => plan.kinds.includes(wanted)) ?? plans[0];
}

export type PlanContext = {
  readonly wanted: PlanKind;
  readonly book: ShopBook;
  readonly home: Position | undefined;
  readonly candidates: readonly Candidate[];
};

/** The plans beside each other, told as differences from the chosen one. */
export function planViews(
  plans: readonly BasketPlan[],
  chosen: BasketPlan,
  { wanted, book, home, candidates }: PlanContext,
): readonly PlanView[] {
  const usual = plans.find((plan) => plan.kinds.includes('suggested')) ?? chosen;
  return plans.flatMap((plan): readonly PlanView[] => {
    const better = nameOf(plan, usual, { book, home });
    const kind = plan === chosen ? (plan.kinds.includes(wanted) ? wanted : (better ?? plan.kinds[0])) : better;
    if (kind === undefined) return [];
    const count = (method: string) => plan.parts.filter((part) => part.method === method).length;
    return [
      {
        kind,
        isChosen: plan === chosen,
        shopCount: new Set(plan.parts.map((part) => part.shopId)).size,
        pickupCount: count('pickup'),
        courierCount: count('courier'),
        parcelCount: count('parcel'),
        lastAt: plan.completeBy,
        deliveryMinor: plan.deliveryMinor,
        totalMinor: plan.totalMinor,
        differenceMinor: plan.totalMinor - chosen.totalMinor,
        changes: changesOf(plan, chosen, book),
        co2Grams: plan.co2Grams,
        oddsBps: oddsOf(plan, candidates),
        isOneBag: plan.parts.length === 1,
        isOneRound: isOneRound(plan),
        walk: oneWalk(plan, { book, home }),
      },
    ];
  });
}

/** Everything at one door by one courier, collected from several shops. */
function isOneRound({ parts }: BasketPlan): boolean {
  const [first] = parts;
  return parts.length > 1 && first?.round !== undefined && parts.every((part) => part.round === first.round);
}

function oddsOf(plan: BasketPlan, candidates: readonly Candidate[]): number {
  const odds = new Map(candidates.map((candidate) => [`${candidate.offerId} ${candidate.locationId}`, candidate.confidenceBps]));
  return jointOddsBps(plan.parts.flatMap((part) => part.items.map((item) => odds.get(`${item.offerId} ${item.locationId}`) ?? 0)));
}

/** A plan that answers several goals is called by the first in which it is better than the suggested one; in none, it is no choice. */
function nameOf(plan: BasketPlan, usual: BasketPlan, around: Pick<PlanContext, 'book' | 'home'>): PlanKind | undefined {
  const walked = (one: BasketPlan) => oneWalk(one, around)?.minutes ?? Infinity;
  const isBetter: Readonly<Record<PlanKind, boolean>> = {
    suggested: true,
    fewest: plan.parts.length < usual.parts.length,
    soonest: plan.completeBy < usual.completeBy,
    cheapest: plan.totalMinor < usual.totalMinor,
    greenest: plan.co2Grams < usual.co2Grams,
    walk: plan.kinds.includes('walk') && walked(plan) < walked(usual),
    round: plan.kinds.includes('round') && !isOneRound(usual),
  };
  return plan.kinds.find((kind) => isBetter[kind]);
}

function changesOf(plan: BasketPlan, chosen: BasketPlan, book: ShopBook): readonly PlanChange[] {
  const before = new Map(chosen.parts.flatMap((part) => part.items.map((item) => [item.lineId, part.shopId])));
  const changes = new Map<string, PlanChange>();
  for (const part of plan.parts) {
    const shopName = book.get(part.shopId)?.name ?? '';
    for (const item of part.items) {
      const fromShopId = before.get(item.lineId);
      if (fromShopId === undefined || fromShopId === part.shopId) continue;
      const fromShopName = book.get(fromShopId)?.name ?? '';
      changes.set(`${fromShopId} ${part.shopId}`, { kind: 'shop', shopName, fromShopName });
    }
    const was = chosen.parts.find((other) => other.shopId === part.shopId);
    if (was && was.method !== part.method) changes.set(part.shopId, { kind: 'method', shopName, method: part.method });
  }
  return [...changes.values()];
}
