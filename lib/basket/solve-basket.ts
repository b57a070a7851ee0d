import type { Instant, ShopperScope } from '@/lib/kernel';
import type { SourcingPlan } from '@/lib/oms';
import { comparePlans, sourcingPlanKinds } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import { loadShopBook } from '@/lib/shops';
import type { Candidate, RoutingSettings } from '@/lib/sourcing';
import { loadSettings, onOneRound, readCandidates } from '@/lib/sourcing';
import type { FoundBasket } from './basket-repository';
import { findBasket } from './basket-repository';
import type { BasketPlan } from './basket-plan';
import { basketPlan } from './basket-plan';
import type { LineProblem, Posed } from './sourcing-problem';
import { poseProblem } from './sourcing-problem';
import { onOneWalk } from './one-walk';
import type { PlanKind } from './views';

/** A basket with everything that is needed to decide about it, read now. */
export type BasketFacts = {
  readonly found: FoundBasket;
  readonly candidates: readonly Candidate[];
  readonly book: ShopBook;
  readonly settings: RoutingSettings;
};

/** Reads an open basket's facts: four statements, sent together, two of them shared with other pages. Undefined when it is another's, ordered already, or there is none. */
export async function readBasketFacts(from: Reader, shopper: ShopperScope, now: Instant): Promise<BasketFacts | undefined> {
  if (shopper.basketId === undefined) return undefined;
  const isRead = from === reader();
  const [found, candidates, book, settings] = await Promise.all([
    findBasket(from, shopper),
    readCandidates(from, shopper.basketId, now),
    isRead ? loadShopBook(now) : loadShopBook(now, from),
    isRead ? loadSettings(now) : loadSettings(now, from),
  ]);
  if (!found || found.basket.orderedAt !== null) return undefined;
  return { found, candidates, book, settings };
}

export type PosedBasket = { readonly facts: BasketFacts; readonly posed: Posed };

/** The question the basket asks the engine. */
export function poseBasket(facts: BasketFacts): PosedBasket {
  const { basket, lines } = facts.found;
  const place = placeOf(basket);
  const posed = poseProblem({
    id: basket.id,
    now: facts.book.now,
    book: facts.book,
    settings: facts.settings,
    place: place?.at,
    address: place?.label,
    methodByShop: basket.methodByShop,
    lines,
    candidates: facts.candidates,
  });
  return { facts, posed };
}

/** Every plan worth showing, the suggested one first; none when nothing of the basket can be had. */
export function plansOf(asked: PosedBasket): readonly BasketPlan[] {
  if (asked.posed.problem.lines.length === 0) return [];
  const compared = comparePlans(asked.posed.problem, undefined, { ask: asked.posed.ask, kinds: goals });
  const named = [
    ...namedAs('suggested', planFor(asked, 'suggested')),
    ...compared.map((plan): Named => ({ kinds: plan.kinds, plan })),
    ...namedAs('walk', planFor(asked, 'walk')),
    ...namedAs('round', planFor(asked, 'round')),
  ];
  return distinct(named)
    .map((one) => basketPlan(one, { posed: asked.posed, ...asked.facts }))
    .filter((plan) => plan.parts.length > 0);
}

/** Goals that are compared without regard to what was just shown; the suggested plan is asked by itself. */
const goals = sourcingPlanKinds.filter((kind) => kind !== 'suggested');

type Named = { readonly kinds: readonly PlanKind[]; readonly plan: SourcingPlan };

function namedAs(kind: PlanKind, plan: SourcingPlan | undefined): readonly Named[] {
  return plan ? [{ kinds: [kind], plan }] : [];
}

/** The engine's plan of one kind; undefined where there is none. */
function planFor({ facts, posed }: PosedBasket, kind: PlanKind): SourcingPlan | undefined {
  const asked =
    kind === 'walk' ? onOneWalk(posed.problem, posed.places, facts.book) : kind === 'round' ? onOneRound(posed.problem) : undefined;
  if (kind === 'walk' || kind === 'round') {
    const plan = asked && posed.ask(asked, 'suggested');
    return plan?.ok && plan.value.missing.length === 0 && plan.value.fulfilments.length > 1 ? plan.value : undefined;
  }
  const plan = posed.ask(kind === 'suggested' ? posed.suggested : posed.problem, kind);
  return plan.ok ? plan.value : undefined;
}

/** The same plan is one plan, whatever it is called. */
function distinct(plans: readonly Named[]): readonly Named[] {
  const known = new Map<string, Named>();
  for (const named of plans) {
    const key = JSON.stringify([named.plan.fulfilments, named.plan.missing]);
    const same = known.get(key);
    known.set(key, same ? { ...same, kinds: [...same.kinds, ...named.kinds] } : named);
  }
  return [...known.values()];
}

/** The plan the shopper chose, alone: what entering checkout needs. The suggested one where that kind has none any more. */
export function chosenPlanOf(asked: PosedBasket): BasketPlan | undefined {
  if (asked.posed.problem.lines.length === 0) return undefined;
  const wanted = asked.facts.found.basket.plan;
  const plan = planFor(asked, wanted) ?? planFor(asked, 'suggested');
  if (!plan) return undefined;
  const made = basketPlan({ kinds: [wanted], plan }, { posed: asked.posed, ...asked.facts });
  return made.parts.length > 0 ? made : undefined;
}

/** What cannot be had as wished: too few units, or units that no way of receiving could bring. */
export function problemsOf({ posed }: PosedBasket, plan: BasketPlan | undefined): readonly LineProblem[] {
  const missing = posed.problem.lines.flatMap((line): readonly LineProblem[] => {
    const lacking = plan ? (plan.missing.find((entry) => entry.lineId === line.id)?.quantity ?? 0) : line.quantity;
    const known = posed.lineProblems.some((problem) => problem.lineId === line.id);
    return lacking === 0 || known || !isLineId(line.id)
      ? []
      : [{ lineId: line.id, reason: 'cannot-be-received', available: line.quantity - lacking }];
  });
  return [...posed.lineProblems, ...missing];
}

function isLineId(text: string): text is LineProblem['lineId'] {
  return text.startsWith('bli_');
}

/** Where the shopper wants things, if they said so. */
export function placeOf(basket: FoundBasket['basket']) {
  const { placeLabel, placeLatitude, placeLongitude } = basket;
  if (placeLabel === null || placeLatitude === null || placeLongitude === null) return undefined;
  return { label: placeLabel, at: { latitude: placeLatitude, longitude: placeLongitude } };
}
