import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { CategoryId, CommissionRuleId } from '@/lib/kernel';
import { fulfilmentMethods } from './basket';
import { categories } from './catalogue';
import { idColumn, instantColumn } from './columns';

export const commissionScopes = ['city', 'network', 'shop'] as const;
export type CommissionScope = (typeof commissionScopes)[number];

/**
 * A rate of commission from a moment on, for all that is sold or for a department, a way of receiving or both: the most specific in force counts, then the newest. Append-only but for its withdrawal before it
 * begins; told to merchants fifteen days before it counts (OP-12), and never for what was ordered before.
 */
export const commissionRules = pgTable(
  'commission_rules',
  {
    id: idColumn<CommissionRuleId>().primaryKey(),
    scope: text().$type<CommissionScope>().notNull(),
    /** The network's or the shop's id; none for the city. */
    scopeId: text(),
    /** Only for things of this department and all below it. */
    categoryId: idColumn<CategoryId>().references(() => categories.id),
    /** Only for what this module brings: one way of receiving. */
    method: text({ enum: fulfilmentMethods }),
    rateBps: integer().notNull(),
    reason: text().notNull(),
    announcedAt: instantColumn().notNull(),
    announcedBy: text().notNull(),
    validFrom: instantColumn().notNull(),
    /** The end of a period; none lasts until another takes its place. */
    validTo: instantColumn(),
    withdrawnAt: instantColumn(),
  },
  (table) => [
    index('commission_rules_in_force').on(table.validFrom),
    check('commission_is_announced_fifteen_days_before', sql`${table.validFrom} >= ${table.announcedAt} + interval '15 days'`),
    check('commission_period_has_length', sql`${table.validTo} is null or ${table.validTo} > ${table.validFrom}`),
    check('commission_rate_is_a_share', sql`${table.rateBps} between 0 and 5000`),
    check('commission_scope_names_its_subject', sql`(${table.scope} = 'city') = (${table.scopeId} is null)`),
    check('commission_is_withdrawn_before_it_begins', sql`${table.withdrawnAt} is null or ${table.withdrawnAt} < ${table.validFrom}`),
  ],
);
