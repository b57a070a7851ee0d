import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Instant } from '@/lib/kernel';
import type { OfferDraft, Responsible } from './draft-words';
import { askedKinds, energyFieldGivenIn, energyFields, isEnergyFieldGiven, namesKind, type EnergyField } from './energy-label';

/**
 * What the law wants read on a page before a thing of a kind is sold at a distance; a category names its gates. Fields are those of a draft
 * and its attributes. What other rules keep is not here: age at hand-over, what delivering books costs, proofs of producers.
 */
const fieldsOfGate: Readonly<Record<string, readonly LegalField[]>> = {
  food: ['ingredients', 'allergens', 'netContent'], // ME-13
  alcohol: ['alcohol'], // ME-13, ME-14
  safety: ['manufacturer'], // OP-16: and a responsible person where the manufacturer sits outside the Union, which no file tells
  toy: ['ageAdvice', 'warnings'], // ME-56
  cosmetic: ['ingredients'], // ME-56
  chemical: ['hazards'], // ME-56
  electrical: ['repairIndex'], // ME-11
  'energy-label': energyFields, // ME-12; "energy:oven" beside it says whose label, and so on which scale
  textile: ['material'], // Regulation 1007/2011, article 16
  book: ['author', 'publisher'], // ME-15: the price is its publisher's; who wrote it is what it is (code de la consommation, L.111-1)
  plant: ['plantHazard'], // code de la santé publique, L.1338-3, and the order of 4 September 2020: told before the sale, "none" among it
  'plant-passport': ['botanicalName', 'plantPassport'], // Regulation 2016/2031, article 81: final users have a passport when they buy at a distance
  'pet-food': ['feedKind', 'ingredients', 'feedConstituents', 'feedUse', 'netContent'], // Regulation 767/2009, articles 11(3), 15 and 17
  battery: ['batteryKind', 'batteryCapacity'], // Regulation 2023/1542, article 13 and annex VI
};

/** Whether a category may name a gate. */
export const isGate = (name: string): boolean => Object.hasOwn(fieldsOfGate, name) || namesKind(name);

/** In the order a form asks them. */
export const legalFields = [
  'author',
  'publisher',
  'botanicalName',
  'plantHazard',
  'plantPassport',
  'feedKind',
  'ingredients',
  'feedConstituents',
  'feedUse',
  'allergens',
  'netContent',
  'alcohol',
  'manufacturer',
  'ageAdvice',
  'warnings',
  'hazards',
  'batteryKind',
  'batteryCapacity',
  'repairIndex',
  ...energyFields,
  'material',
] as const;
export type LegalField = (typeof legalFields)[number];

const isOfLabel = (field: LegalField): field is EnergyField => energyFields.some((one) => one === field);

type Facts = Pick<OfferDraft, 'manufacturer' | 'warnings' | 'netContent' | 'attributes'>;

/** A name alone is not enough: people must be able to write to a maker (GPSR, article 19). */
const isReachable = (maker: Responsible | undefined): boolean =>
  maker !== undefined && [maker.name, maker.address, maker.email].every((part) => part.trim() !== '');

function isGiven(field: LegalField, facts: Facts, of: { readonly gates: readonly string[]; readonly now: Instant }): boolean {
  if (isOfLabel(field)) return isEnergyFieldGiven(field, { ...of, attributes: facts.attributes });
  if (field === 'manufacturer') return isReachable(facts.manufacturer);
  if (field === 'warnings' || field === 'netContent') return facts[field] !== undefined;
  return (facts.attributes[field] ?? '').trim() !== '';
}

/** Which fields the law still asks for, given the gates of a thing's department and the scales in force; each once. */
export function missingLegalFields(gates: readonly string[], facts: Facts, now: Instant): readonly LegalField[] {
  return [...new Set(gates.flatMap((gate) => fieldsOfGate[gate] ?? []))].filter((field) => !isGiven(field, facts, { gates, now }));
}

/** Which fields a category's gates ask, given or not; a kind of label only where the category does not say it. */
export function askedLegalFields(gates: readonly string[]): readonly LegalField[] {
  const asked = new Set(gates.flatMap((gate) => fieldsOfGate[gate] ?? []));
  return legalFields.filter((field) => asked.has(field) && (field !== 'energyKind' || askedKinds(gates).length > 0));
}

/** Where a statement finds what `missingLegalFields` looks at. */
type FactColumns = {
  readonly gates: SQL;
  readonly manufacturer: SQL;
  readonly warnings: SQL;
  readonly netQuantity: SQL;
  readonly attributes: SQL;
};

function isGivenIn(field: LegalField, columns: FactColumns, now: Instant): SQL {
  const { manufacturer, warnings, netQuantity, attributes } = columns;
  if (isOfLabel(field)) return energyFieldGivenIn(field, columns, now);
  const filled = (json: SQL, key: string) => sql`coalesce(trim(${json} ->> ${sql.raw(`'${key}'`)}), '') <> ''`;
  if (field === 'manufacturer') return sql`(${filled(manufacturer, 'name')} and ${filled(manufacturer, 'address')} and ${filled(manufacturer, 'email')})`; // prettier-ignore
  if (field === 'warnings') return sql`${warnings} is not null`;
  if (field === 'netContent') return sql`${netQuantity} is not null`;
  return filled(attributes, field);
}

/** The same judgement as a condition of a statement, for many pages at once: nothing the law asks is missing. */
export function lacksNothing(columns: FactColumns, now: Instant): SQL {
  const conditions = legalFields.map((field) => {
    const gates = Object.keys(fieldsOfGate).filter((gate) => fieldsOfGate[gate]?.includes(field));
    const names = sql.raw(`array[${gates.map((gate) => `'${gate}'`).join(', ')}]`);
    return sql`(not jsonb_exists_any(${columns.gates}, ${names}) or ${isGivenIn(field, columns, now)})`;
  });
  return sql`(${sql.join(conditions, sql` and `)})`;
}
