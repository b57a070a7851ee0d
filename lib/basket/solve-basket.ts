import type { Instant, ShopperScope } from '@/lib/kernel';
import type { SourcingPlan } from '@/lib/oms';
import { comparePlans, sourcingPlanKinds } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import { loadShopBook } from '@/lib/shops';
import type { Candidate, RoutingSettings } from '@/lib/sourcing';
import { loadSettings, readCandidates } from '@/lib/sourcing';
import type { FoundBasket } from './basket-repository';
import { findBasket } from './basket-repository';
import type { BasketPlan } from './basket-plan';
import { basketPlan } from './basket-plan';
import type { LineProblem, Posed } from './sourcing-problem';
import { poseProblem } from './sourcing-problem';

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
export function plansOf({ facts, posed }: PosedBasket): readonly BasketPlan[] {
  if (posed.problem.lines.length === 0) return [];
  return distinct([...suggestedOf(posed), ...comparePlans(posed.problem, undefined, { ask: posed.ask, kinds: others })])
    .map((plan) => basketPlan(plan, { posed, ...facts }))
    .filter((plan) => plan.parts.length > 0);
}

function suggestedOf(posed: Posed): readonly SourcingPlan[] {
  const plan = posed.ask(posed.suggested, 'suggested');
  return plan.ok ? [plan.value] : [];
}

/** What is compared without regard to what was just shown; the suggested plan is asked by itself. */
const others = sourcingPlanKinds.filter((kind) => kind !== 'suggested');

/** The same plan is one plan, whatever it is called. */
function distinct(plans: readonly SourcingPlan[]): readonly SourcingPlan[] {
  const known = new Map<string, SourcingPlan>();
  for (const plan of plans) {
    const key = JSON.stringify([plan.fulfilments, plan.missing]);
    const same = known.get(key);
    known.set(key, same ? { ...same, kinds: [...same.kinds, ...plan.kinds] } : plan);
  }
  return [...known.values()];
}

/** The plan the shopper chose, alone: what entering checkout needs. */
export function chosenPlanOf({ facts, posed }: PosedBasket): BasketPlan | undefined {
  if (posed.problem.lines.length === 0) return undefined;
  const kind = facts.found.basket.plan;
  const plan = posed.ask(kind === 'suggested' ? posed.suggested : posed.problem, kind);
  if (!plan.ok) return undefined;
  const made = basketPlan(plan.value, { posed, ...facts });
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
