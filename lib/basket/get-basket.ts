import { eq, sql } from 'drizzle-orm';
import { basketLines, baskets } from '@/db/schema';
import type { BasketId, Instant, ShopperScope } from '@/lib/kernel';
import { minor, quantity } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import type { BasketPlan } from './basket-plan';
import { groupViews } from './group-views';
import { pickPlan, planViews } from './plan-views';
import type { LineProblem } from './sourcing-problem';
import type { BasketFacts, PosedBasket } from './solve-basket';
import { placeOf, plansOf, poseBasket, problemsOf, readBasketFacts } from './solve-basket';
import { findSubstitutes } from './substitutes';
import type { BasketProblemView, BasketView, PlanView } from './views';

/**
 * The basket as it would be ordered now, with every plan worth comparing; totals are what will be paid.
 * Three statements, a fourth when something is gone and no other shop has it. Undefined when there is no open basket.
 */
export async function getBasket(shopper: ShopperScope, now: Instant): Promise<BasketView | undefined> {
  const facts = await readBasketFacts(reader(), shopper, now);
  if (!facts) return undefined;
  const asked = poseBasket(facts);
  const plans = plansOf(asked);
  const chosen = pickPlan(plans, facts.found.basket.plan);
  const problems = await problemViews(reader(), asked, problemsOf(asked, chosen));
  return basketView(facts, {
    chosen,
    plans: chosen ? planViews(plans, chosen, { ...facts, wanted: facts.found.basket.plan, home: placeOf(facts.found.basket)?.at }) : [],
    problems,
  });
}

/** The view of a basket under one plan. */
export function basketView(
  facts: BasketFacts,
  told: { readonly chosen: BasketPlan | undefined; readonly plans: readonly PlanView[]; readonly problems: readonly BasketProblemView[] },
): BasketView {
  const { basket, lines } = facts.found;
  const { chosen, plans, problems } = told;
  const groups = chosen ? groupViews(chosen.parts, facts) : [];
  const place = placeOf(basket);
  const ordered = new Map<string, number>();
  for (const line of groups.flatMap((group) => group.lines)) ordered.set(line.lineId, (ordered.get(line.lineId) ?? 0) + line.quantity);
  return {
    basketId: basket.id,
    articleCount: lines.reduce(
      (count, line) => count + (ordered.has(line.id) ? (line.salesUnit === 'each' ? (ordered.get(line.id) ?? 0) : 1) : 0),
      0,
    ),
    shopCount: new Set(groups.map((group) => group.shop.shopId)).size,
    place: place && { label: place.label },
    plan: basket.plan,
    canUndoPlan: basket.previousPlan !== null,
    plans,
    groups,
    problems,
    goodsMinor: chosen?.goodsMinor ?? minor(0),
    deliveryMinor: chosen?.deliveryMinor ?? minor(0),
    totalMinor: chosen?.totalMinor ?? minor(0),
    currency: facts.book.city.currency,
  };
}

/** The lines that cannot be had as wished, said, with what could take their place. */
export async function problemViews(
  from: Reader,
  { facts }: PosedBasket,
  problems: readonly LineProblem[],
): Promise<readonly BasketProblemView[]> {
  const lines = facts.found.lines.filter((line) => problems.some((problem) => problem.lineId === line.id));
  if (lines.length === 0) return [];
  const place = placeOf(facts.found.basket)?.at;
  const substitutes = await findSubstitutes(from, lines, { candidates: facts.candidates, book: facts.book, place, now: facts.book.now });
  return problems.flatMap(({ lineId, reason, available }): readonly BasketProblemView[] => {
    const line = lines.find((candidate) => candidate.id === lineId);
    if (!line) return [];
    const { listingId, title, keyAttribute, glyph, family, salesUnit } = line;
    const shopName = facts.book.get(line.shownShopId)?.name ?? '';
    const told = {
      lineId,
      listingId,
      slugId: `${line.slug}-${listingId}`,
      title,
      keyAttribute,
      glyph,
      family,
      salesUnit,
      shopName,
      quantity: quantity(line.quantity),
    };
    return [{ reason, line: told, available, substitutes: substitutes.get(lineId) ?? [] }];
  });
}

/** Pieces in the open basket, for the header; a weighed thing counts as one. */
export async function countBasket(shopper: ShopperScope): Promise<number> {
  if (shopper.basketId === undefined) return 0;
  return countLines(reader(), shopper.basketId);
}

export async function countLines(from: Reader, basketId: BasketId): Promise<number> {
  const [row] = await from
    .select({
      count: sql<number>`coalesce(sum(case when v.sales_unit = 'each' then ${basketLines.quantity} else 1 end), 0)::int`,
    })
    .from(baskets)
    .innerJoin(basketLines, eq(basketLines.basketId, baskets.id))
    .innerJoin(sql`listings l`, sql`l.id = ${basketLines.listingId}`)
    .innerJoin(sql`variants v`, sql`v.id = l.variant_id`)
    .where(sql`${baskets.id} = ${basketId} and ${baskets.orderedAt} is null`);
  return row?.count ?? 0;
}
