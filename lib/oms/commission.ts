import { atRate, invariant, minor, sumMinor } from '@/lib/kernel';
import type { CategoryId, CommissionRuleId, Minor } from '@/lib/kernel';
import { apportion } from './apportion';

/** What the marketplace charges a shop for a sub-order: the fee, and the VAT on the fee. */
export type Commission = { readonly feeMinor: Minor; readonly vatMinor: Minor };

/**
 * Commission on goods sold.
 *
 * Units: minor units of the goods *after* discount, delivery excluded; rates in basis points.
 * Guarantees: each rounded half-up once; the VAT is taken on the rounded fee, which is what the invoice shows.
 * Source: commission invoice of the marketplace (golden case C4).
 */
export function commissionOn(goodsMinor: Minor, rateBps: number, vatRateBps: number): Commission {
  const feeMinor = atRate(goodsMinor, rateBps);
  return { feeMinor, vatMinor: atRate(feeMinor, vatRateBps) };
}

/**
 * Commission given back when goods go from `beforeMinor` to `afterMinor`.
 *
 * Guarantees: by difference, so that credits over any sequence of refunds sum exactly to the first commission (golden case C5).
 */
export function commissionCredit(
  goods: { readonly beforeMinor: Minor; readonly afterMinor: Minor },
  rateBps: number,
  vatRateBps: number,
): Commission {
  const before = commissionOn(goods.beforeMinor, rateBps, vatRateBps);
  const after = commissionOn(goods.afterMinor, rateBps, vatRateBps);
  return { feeMinor: minor(before.feeMinor - after.feeMinor), vatMinor: minor(before.vatMinor - after.vatMinor) };
}

/** What a shop receives of a payment: the gross less commission and its VAT. */
export function transferOf(grossMinor: Minor, commission: Commission): Minor {
  return minor(grossMinor - commission.feeMinor - commission.vatMinor);
}

/** A rate that counts for a shop: for everything it sells, for some departments, for one way of receiving, or for both together. */
export type CommissionRate = {
  /** The rule that says so; none for what the merchant's contract says. */
  readonly ruleId: CommissionRuleId | undefined;
  readonly rateBps: number;
  /** A department and all below it; none for everything. */
  readonly categoryIds: ReadonlySet<CategoryId> | undefined;
  /** The module that brings the goods: a way of receiving them; none for each. */
  readonly method: string | undefined;
};

/**
 * The rate of a line: the first of the shop's rates that speaks of its department and of the way it is received.
 *
 * A line without a department or a way of receiving (a sample) meets only what speaks of all of them.
 * Guarantees: rates are asked in their order, so whoever made the list decides what goes before what; the last one is the contract's and
 * speaks of everything.
 */
export function commissionRateOf(
  rates: readonly CommissionRate[],
  line: { readonly categoryId: CategoryId | undefined; readonly method: string | undefined },
): CommissionRate {
  const found = rates.find(
    ({ categoryIds, method }) =>
      (categoryIds === undefined || (line.categoryId !== undefined && categoryIds.has(line.categoryId))) &&
      (method === undefined || method === line.method),
  );
  invariant(found, 'what a contract says comes last and speaks of everything');
  return found;
}

/** What a line owes: its worth after discount, the rate it was frozen with and the rule that said so, none where the contract did. */
type RatedLine = { readonly worthMinor: Minor; readonly rateBps: number; readonly ruleId?: CommissionRuleId | null | undefined };

/** The goods of a part that one rule speaks of, and its fee on them. Minor units; below zero where it is given back. */
export type RuleFee = {
  readonly ruleId: CommissionRuleId | null;
  readonly rateBps: number;
  readonly basisMinor: Minor;
  readonly feeMinor: Minor;
};

const sameRule = ({ ruleId, rateBps }: RatedLine): string => `${ruleId ?? ''} ${rateBps}`;

/**
 * The commission of a sub-order, rule by rule.
 *
 * Units: minor units after discount, delivery excluded; rates in basis points.
 * Guarantees: each fee is its basis times its rate, rounded half-up and once, as statements and commission invoices show it (golden case C4);
 * less basis is never more fee. In the order in which lines bring their rules.
 */
export function feesByRule(lines: readonly RatedLine[]): readonly RuleFee[] {
  return [...Map.groupBy(lines, sameRule).values()].flatMap((together) => {
    const [first] = together;
    if (!first) return [];
    const basisMinor = sumMinor(together.map((line) => line.worthMinor));
    return [{ ruleId: first.ruleId ?? null, rateBps: first.rateBps, basisMinor, feeMinor: atRate(basisMinor, first.rateBps) }];
  });
}

/**
 * The commission of each line of a sub-order, frozen at placement.
 *
 * Units: minor units after discount, delivery excluded; rates in basis points.
 * Guarantees: the fee of `feesByRule` is apportioned over the lines its rule speaks of without losing a cent; so the lines' commissions sum to
 * the sub-order's, and no line pays for one of another rule.
 */
export function commissionOfLines(lines: readonly RatedLine[]): readonly Minor[] {
  const shares = lines.map(() => minor(0));
  for (const together of Map.groupBy(lines.entries(), ([, line]) => sameRule(line)).values()) {
    const own = together.map(([, line]) => line);
    const fee = sumMinor(feesByRule(own).map((one) => one.feeMinor));
    if (fee === 0) continue; // a few grams of something cheap may cost nothing
    const shared = apportion(
      fee,
      own.map((line) => line.worthMinor),
    );
    invariant(shared.ok, 'there is something to share over');
    for (const [at, [index]] of together.entries()) shares[index] = shared.value[at] ?? minor(0);
  }
  return shares;
}

/** The commission of a line as it is frozen with it. */
type LineCommission = {
  readonly commissionBps: number;
  readonly commissionMinor: Minor;
  /** None where the merchant's contract says the rate. */
  readonly commissionRuleId: CommissionRuleId | null;
};

/** What counts for a part: a shop's rates, the most specific first, and the way the part is received. */
type PartRates = { readonly rates: readonly CommissionRate[]; readonly method: string };

/** The lines of one part in their order, each with the commission it owes: its rate by `commissionRateOf`, its fee by `commissionOfLines`. */
export function freezeCommission<Line extends { readonly categoryId: CategoryId; readonly worthMinor: Minor }>(
  lines: readonly Line[],
  { rates, method }: PartRates,
): readonly (Line & { readonly commission: LineCommission })[] {
  const rated = lines.map((line) => ({ line, ...commissionRateOf(rates, { categoryId: line.categoryId, method }) }));
  const fees = commissionOfLines(rated.map(({ line, rateBps, ruleId }) => ({ worthMinor: line.worthMinor, rateBps, ruleId })));
  return rated.map(({ line, rateBps, ruleId }, index) => ({
    ...line,
    commission: { commissionBps: rateBps, commissionMinor: fees[index] ?? minor(0), commissionRuleId: ruleId ?? null },
  }));
}
