import { eq, inArray, sql } from 'drizzle-orm';
import { categories, commissionRules, networks, shops } from '@/db/schema';
import type { CommissionRuleId, Locale } from '@/lib/kernel';
import { formatDate } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { texts } from '@/lib/texts';
import type { RuleWords } from './views';

/** The words of these rules, by their ids; withdrawn ones too. */
export async function findRuleWords(
  from: Reader,
  ids: readonly (CommissionRuleId | null)[],
): Promise<ReadonlyMap<CommissionRuleId, RuleWords>> {
  const asked = [...new Set(ids.filter((id) => id !== null))];
  if (asked.length === 0) return new Map();
  const rows = await from
    .select({ rule: commissionRules, network: networks.name, shop: shops.name, department: categories.name })
    .from(commissionRules)
    .leftJoin(networks, eq(sql`${networks.id}`, commissionRules.scopeId))
    .leftJoin(shops, eq(sql`${shops.id}`, commissionRules.scopeId))
    .leftJoin(categories, eq(categories.id, commissionRules.categoryId))
    .where(inArray(commissionRules.id, asked));
  return new Map(
    rows.map(({ rule: { id, scope, method, reason, validFrom }, network, shop, department }) => [
      id,
      { scope, name: network ?? shop ?? undefined, department: department ?? undefined, method: method ?? undefined, reason, validFrom },
    ]),
  );
}

/** Why a rate counted, in one sentence: who set it, for what, since when, and why. Without a rule it is the contract's. */
export function ruleSentence(rule: RuleWords | undefined, locale: Locale, timeZone: string): string {
  const t = texts(locale, 'money');
  if (!rule) return t('commission.sentence.contract');
  const { scope, name, department, method, reason, validFrom } = rule;
  return t('commission.sentence.rule', {
    who: t(`commission.sentence.${scope}`, { name: name ?? '' }),
    what: [department?.[locale], method && t(`commission.methods.${method}`)]
      .filter((part) => part !== undefined)
      .map((part) => `, ${part}`)
      .join(''),
    day: formatDate(validFrom, locale, timeZone),
    reason,
  });
}
