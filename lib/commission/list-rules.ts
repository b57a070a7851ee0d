import { desc, eq, sql } from 'drizzle-orm';
import { categories, commissionRules, networks, people, shops } from '@/db/schema';
import type { OperatorScope } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { CommissionRuleView } from './views';

const MOST = 200;

/** Every rate that was ever scheduled, the one that begins last first: what counts, what will, what did. */
export async function listRules(
  _scope: OperatorScope,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<readonly CommissionRuleView[]> {
  const now = clock.now();
  const rows = await reader()
    .select({ rule: commissionRules, network: networks.name, shop: shops.name, who: people.name, department: categories.name })
    .from(commissionRules)
    .leftJoin(networks, eq(sql`${networks.id}`, commissionRules.scopeId))
    .leftJoin(shops, eq(sql`${shops.id}`, commissionRules.scopeId))
    .leftJoin(categories, eq(categories.id, commissionRules.categoryId))
    .leftJoin(people, eq(sql`${people.id}`, commissionRules.announcedBy))
    .orderBy(desc(commissionRules.validFrom))
    .limit(MOST);
  return rows.map(({ rule, network, shop, who, department }) => ({
    ruleId: rule.id,
    scope: rule.scope,
    name: network ?? shop ?? undefined,
    department: department ?? undefined,
    method: rule.method ?? undefined,
    rateBps: rule.rateBps,
    reason: rule.reason,
    announcedAt: rule.announcedAt,
    announcedBy: who ?? undefined,
    validFrom: rule.validFrom,
    validTo: rule.validTo ?? undefined,
    state: stateOf(rule, now),
  }));
}

function stateOf({ validFrom, validTo, withdrawnAt }: typeof commissionRules.$inferSelect, now: number): CommissionRuleView['state'] {
  if (withdrawnAt !== null) return 'withdrawn';
  if (validFrom > now) return 'coming';
  return validTo !== null && validTo <= now ? 'over' : 'current';
}
