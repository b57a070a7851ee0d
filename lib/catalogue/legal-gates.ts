import type { OfferDraft } from './draft-words';

/**
 * What the law wants read on a page before a thing of a kind is sold at a distance; a category names its gates. Fields are those of a draft
 * and its attributes. Gates without fields are kept by other rules (age at hand-over, the price of books, proofs of producers).
 */
const fieldsOfGate: Readonly<Record<string, readonly LegalField[]>> = {
  food: ['ingredients', 'allergens', 'netContent'], // ME-13
  alcohol: ['alcohol'], // ME-13, ME-14
  safety: ['manufacturer'], // OP-16: and a responsible person where the manufacturer sits outside the Union, which no file tells
  toy: ['ageAdvice', 'warnings'], // ME-56
  cosmetic: ['ingredients'], // ME-56
  chemical: ['hazards'], // ME-56
  electrical: ['repairIndex'], // ME-11
  'energy-label': ['energyClass'], // ME-12
  textile: ['material'], // Regulation 1007/2011, article 16
};

export type LegalField =
  | 'manufacturer'
  | 'warnings'
  | 'netContent'
  | 'ingredients'
  | 'allergens'
  | 'alcohol'
  | 'ageAdvice'
  | 'hazards'
  | 'repairIndex'
  | 'energyClass'
  | 'material';

type Facts = Pick<OfferDraft, 'manufacturer' | 'warnings' | 'netContent' | 'attributes'>;

function isGiven(field: LegalField, facts: Facts): boolean {
  if (field === 'manufacturer' || field === 'warnings' || field === 'netContent') return facts[field] !== undefined;
  return (facts.attributes[field] ?? '') !== '';
}

/** Which fields the law still asks for, given the gates of a thing's department; each once. */
export function missingLegalFields(gates: readonly string[], facts: Facts): readonly LegalField[] {
  return [...new Set(gates.flatMap((gate) => fieldsOfGate[gate] ?? []))].filter((field) => !isGiven(field, facts));
}
