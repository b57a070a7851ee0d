import { asc, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { categories, vatRates } from '@/db/schema';
import type { Instant, Locale } from '@/lib/kernel';
import { dateOf } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { askedKinds } from '../energy-label';
import { askedLegalFields, type LegalField } from '../legal-gates';

/** A department things can be put in, with what follows from it. */
export type LeafView = {
  readonly id: string;
  readonly name: string;
  /** The department it belongs to. */
  readonly group: string;
  /** What the law wants said of a thing there. */
  readonly asked: readonly LegalField[];
  /** Kinds of thing with an energy label it may hold, where that is to be asked. */
  readonly energyKinds: ReturnType<typeof askedKinds>;
  /** Usual rate of VAT, in basis points. */
  readonly vatRateBps: number | undefined;
  readonly minimumAge: number | undefined;
};

/** The leaves of the tree in a language, grouped by the department above them. */
export async function listLeaves(locale: Locale, now: Instant): Promise<readonly LeafView[]> {
  const above = alias(categories, 'above');
  const rate = sql<
    number | null
  >`(select r.rate_bps from ${vatRates} r where r.category = ${categories.vatCategory} and r.territory = 'FR-mainland'
    and r.valid_from <= ${dateOf(now).toISOString()}::date and (r.valid_to is null or r.valid_to > ${dateOf(now).toISOString()}::date) limit 1)`;
  const rows = await reader()
    .select({ leaf: categories, group: above.name, groupPosition: above.position, rate })
    .from(categories)
    .leftJoin(above, sql`${above.id} = ${categories.parentId}`)
    .where(sql`not exists (select 1 from ${categories} child where child.parent_id = ${categories.id})`)
    .orderBy(asc(sql`coalesce(${above.position}, ${categories.position})`), asc(categories.position), asc(categories.id));
  return rows.map(({ leaf, group, rate: vatRateBps }) => ({
    id: leaf.id,
    name: leaf.name[locale],
    group: group?.[locale] ?? leaf.name[locale],
    asked: askedLegalFields(leaf.legalGates),
    energyKinds: askedKinds(leaf.legalGates),
    vatRateBps: vatRateBps ?? undefined,
    minimumAge: leaf.minimumAge ?? undefined,
  }));
}
