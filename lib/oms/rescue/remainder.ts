import { minor, quantity } from '@/lib/kernel';
import type { SolveOptions } from '../routing/case';
import { goodsOf, servedOf } from './planned-units';
import type { SourcingPlan } from '../sourcing/problem';
import { MOST_REROUTES } from './remainder-question';
import type { AskedLine, LostLine, RemainderQuestion, Rescue, Rescued } from './remainder-question';
import { rescueMarket } from './rescue-market';
import type { RescueMarket } from './rescue-market';
import { optionsFor } from './rescue-options';

/** A rescue is worked out while a shopper waits for news, not for a page: more nodes than a page's plans. */
const RESCUE_NODES = 20_000;

/**
 * What becomes of lines that lost their source, with everything else of the order standing as it is (architecture §5, rescue chain).
 *
 * Units: as in `SourcingProblem`. Guarantees: no unit is given twice, and every lost unit is in exactly one of `rescued`, `asked` and
 *   `refunded`; a rescued line keeps its way of receiving and is in hand no later than told; what the rescued cost more stays within
 *   `budgetMinor`; nothing comes from an excluded shop or offer; a line routed again `MOST_REROUTES` times is refunded. Options of two
 *   asked lines may name the same unit: only one answer can have it. Pure: same question, same answer, whatever the order of its lists.
 * Errors: none; a question without a way out refunds.
 * Source: routing model §5, "after a refusal".
 */
export function resolveRemainder(question: RemainderQuestion, options: SolveOptions = { maxNodes: RESCUE_NODES }): Rescue {
  const lost = question.lost.toSorted((a, b) => a.told.by - b.told.by || (a.line.id < b.line.id ? -1 : 1));
  const open = lost.filter((entry) => question.wish !== 'refund' && entry.reroutes < MOST_REROUTES && entry.line.quantity > 0);
  const market = rescueMarket(question, options);
  const rescued = question.wish === 'elsewhere' ? rescueAll(market, open, question.budgetMinor) : [];
  const asked: AskedLine[] = [];
  const refunded = lost.filter((entry) => !open.includes(entry)).map(lostUnits);
  for (const entry of open) {
    const rest = leftOf(entry, rescued);
    if (rest.line.quantity === 0) continue;
    const found = optionsFor(market, rest);
    if (found.length === 0) refunded.push(lostUnits(rest));
    else asked.push({ ...lostUnits(rest), options: found });
  }
  return { rescued, asked, refunded: refunded.filter((units) => units.quantity > 0) };
}

/** Lines of one promise are asked together: they may share a bag. The most urgent promise is served first. */
function rescueAll(market: RescueMarket, lost: readonly LostLine[], budgetMinor: number): readonly Rescued[] {
  const groups = new Map<string, readonly LostLine[]>();
  for (const entry of lost) {
    const key = `${entry.told.by} ${entry.told.method}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const rescued: Rescued[] = [];
  let budget = budgetMinor;
  for (const group of groups.values()) {
    const found = rescueGroup(market, group, budget);
    if (!found) continue;
    rescued.push(found);
    budget -= Math.max(0, found.extraMinor);
    market.take(found.plan);
  }
  return rescued;
}

/** The whole group if the budget bears it, else without the line that costs most, until it does. */
function rescueGroup(market: RescueMarket, group: readonly LostLine[], budgetMinor: number): Rescued | undefined {
  const [first] = group;
  if (!first) return undefined;
  const { method, by } = first.told;
  const lines = group.map((entry) => entry.line);
  const plan = market.ask(group.map(market.keeping), { kind: 'suggested', deadline: by, allows: (offered) => offered === method });
  if (!plan) return undefined;
  const extras = group
    .map((entry) => ({ entry, extra: goodsOf(plan, entry.line.id) - paidFor(entry, plan) }))
    .toSorted((a, b) => b.extra - a.extra);
  const extraMinor = extras.reduce((sum, { extra }) => sum + extra, 0) + plan.deliveryMinor;
  if (extraMinor <= budgetMinor) {
    return { plan, lineIds: lines.map((line) => line.id).filter((lineId) => servedOf(plan, lineId) > 0), extraMinor };
  }
  return rescueGroup(
    market,
    group.filter((entry) => entry !== extras[0]?.entry),
    budgetMinor,
  );
}

/** The share of what was paid that belongs to the units a plan brings; the last unit takes the odd cent. */
function paidFor(entry: LostLine, plan: SourcingPlan): number {
  return Math.floor((entry.paidMinor * servedOf(plan, entry.line.id)) / entry.line.quantity);
}

function leftOf(entry: LostLine, rescued: readonly Rescued[]): LostLine {
  const plans = rescued.map(({ plan }) => plan);
  const served = plans.reduce((sum, plan) => sum + servedOf(plan, entry.line.id), 0);
  if (served === 0) return entry;
  const paid = plans.reduce((sum, plan) => sum + paidFor(entry, plan), 0);
  return {
    ...entry,
    paidMinor: minor(entry.paidMinor - paid),
    substitutes: [], // half of one thing and half of another is not what was agreed to
    line: { ...entry.line, quantity: quantity(entry.line.quantity - served) },
  };
}

function lostUnits({ line }: LostLine) {
  return { lineId: line.id, quantity: line.quantity };
}
