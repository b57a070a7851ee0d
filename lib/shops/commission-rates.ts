import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { CommissionScope } from '@/db/schema';
import { commissionRules, commissionScopes, fulfilmentMethods } from '@/db/schema';
import { allBelow } from '@/lib/departments';
import type { Instant, ShopId } from '@/lib/kernel';
import { dateOf, instant, parseId } from '@/lib/kernel';
import type { CommissionRate } from '@/lib/oms';

/** A rule in force somewhere in the city, with the departments it speaks of. */
export type RuleInForce = CommissionRate & {
  readonly scope: CommissionScope;
  readonly scopeId: string | undefined;
  readonly since: Instant;
};

const read = z.array(
  z.object({
    id: z.string(),
    scope: z.enum(commissionScopes),
    scopeId: z.string().nullable(),
    rateBps: z.number(),
    method: z.enum(fulfilmentMethods).nullable(),
    since: z.number(),
    categoryIds: z.array(z.string()).nullable(),
  }),
);

/** Every rule of commission in force, a department with all below it: a column, the same for every shop, that `rulesOf` reads. */
export function rulesInForce(now: Instant): SQL {
  const at = sql`${dateOf(now).toISOString()}::timestamptz`;
  return sql`(with recursive rule as (
      select * from ${commissionRules} where valid_from <= ${at} and (valid_to is null or valid_to > ${at}) and withdrawn_at is null
    ), ${allBelow(sql`select category_id, category_id from rule where category_id is not null`)}
    select coalesce(json_agg(json_build_object('id', id, 'scope', scope, 'scopeId', scope_id, 'rateBps', rate_bps, 'method', method,
      'since', extract(epoch from valid_from) * 1000, 'categoryIds', (select json_agg(below.id) from below where below.root = rule.category_id))), '[]')
    from rule)`;
}

export function rulesOf(column: unknown): readonly RuleInForce[] {
  return read.parse(column).map((rule) => ({
    ruleId: parseId('commissionRule', rule.id),
    scope: rule.scope,
    scopeId: rule.scopeId ?? undefined,
    rateBps: rule.rateBps,
    method: rule.method ?? undefined,
    since: instant(rule.since),
    categoryIds: rule.categoryIds === null ? undefined : new Set(rule.categoryIds.flatMap((id) => parseId('category', id) ?? [])),
  }));
}

const closeness = { shop: 0, network: 1, city: 2 } as const satisfies Record<CommissionScope, number>;

type Whose = { readonly shopId: ShopId; readonly networkId: string | null; readonly contractBps: number };

/**
 * What a shop pays, in the order in which it is asked: its own rules before its network's before the city's; of one of them the narrower department
 * first, then what speaks of one way of receiving, then the newest; the contract of its merchant last.
 */
export function ratesOf(rules: readonly RuleInForce[], { shopId, networkId, contractBps }: Whose): readonly CommissionRate[] {
  const own = rules.filter(({ scopeId }) => scopeId === undefined || scopeId === shopId || scopeId === networkId);
  const width = ({ categoryIds }: CommissionRate): number => categoryIds?.size ?? Number.MAX_SAFE_INTEGER;
  const sorted = own.toSorted(
    (a, b) =>
      closeness[a.scope] - closeness[b.scope] ||
      width(a) - width(b) ||
      Number(a.method === undefined) - Number(b.method === undefined) ||
      b.since - a.since,
  );
  return [...sorted, { ruleId: undefined, rateBps: contractBps, categoryIds: undefined, method: undefined }];
}
