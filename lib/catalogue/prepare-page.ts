import type { CategoryId, OfferId } from '@/lib/kernel';
import { isInStoreGtin, parseGtin } from '@/lib/kernel';
import type { Ids } from '@/lib/platform/ids';
import type { CategoryChooser } from './choose-category';
import { contradict } from './commons/similarity';
import type { OfferDraft } from './draft-words';
import { burdenOf, keyAttributeOf, slugOfTitle } from './draft-words';
import type { GtinSheet } from './open-data/gtin-sheet';
import type { CategorySuggestion } from './suggest-category';

/** An offer and the page it may need, ready to be written: one column of `import_items` each. Cents with VAT, grams, cubic centimetres. */
export type PreparedItem = {
  readonly position: number;
  readonly offerId: OfferId | null;
  /** The end of the ids of whatever has to be made: unique in itself, shared by a product, its variant, page and offer. */
  readonly made: string;
  readonly sku: string;
  readonly priceMinor: number;
  readonly isActive: boolean;
  readonly condition: string;
  readonly shelf: string | undefined;
  readonly productKey: string;
  readonly title: string;
  readonly name: string;
  readonly label: string | undefined;
  readonly pageTitle: string;
  readonly slug: string;
  readonly keyAttribute: string | undefined;
  readonly brand: string | undefined;
  readonly description: string | undefined;
  readonly gtin: string | undefined;
  readonly sharedGtin: string | undefined;
  readonly categoryId: CategoryId;
  readonly vatRateBps: number | undefined;
  readonly weightGrams: number;
  readonly volumeCm3: number;
  readonly netQuantity: number | undefined;
  readonly netUnit: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly manufacturer: OfferDraft['manufacturer'];
  readonly responsiblePerson: OfferDraft['responsiblePerson'];
  readonly warnings: string | undefined;
  readonly source: string;
  readonly licence: string;
  readonly provenance: Readonly<Record<string, Provenance>>;
};

type Provenance = { readonly source: string; readonly licence: string; readonly confidenceBps: number };

/** Words a shop wrote may be shown under the terms it accepted; those of open data under their own. */
const OWN_WORDS = { source: 'shop', licence: 'Halles-merchant-terms' } as const;
export const OWN: Provenance = { ...OWN_WORDS, confidenceBps: 8_000 };

/** Whether a number names the same thing in every shop: those a shop gives itself do not. */
function sharedGtin({ gtin }: OfferDraft): string | undefined {
  const read = gtin === undefined ? undefined : parseGtin(gtin);
  return read === undefined || isInStoreGtin(read) ? undefined : read;
}

const bare = (title: string) => ({ title, brand: undefined });

/** Open data's words for a bar code, unless the shop's own words speak of something else. */
function agreeing(draft: OfferDraft, sheet: GtinSheet | undefined): GtinSheet | undefined {
  return sheet !== undefined && draft.title !== '' && contradict(bare(draft.title), bare(sheet.title)) ? undefined : sheet;
}

const fieldsWithSource = ['brand', 'description', 'manufacturer', 'responsiblePerson', 'warnings', 'netContent'] as const;

/** What a shop says of its own goods, and what open data says, each under its own licence. Units: basis points of confidence. */
function provenanceOf(draft: OfferDraft, sheet: GtinSheet | undefined, category: CategorySuggestion) {
  const open = sheet && { source: sheet.source, licence: sheet.licence, confidenceBps: 7_000 };
  const fields: Record<string, Provenance> = {
    title: open ?? OWN,
    category: { source: 'suggestion', licence: 'CC0-1.0', confidenceBps: Math.round(category.confidence * 10_000) },
  };
  for (const field of fieldsWithSource) if (draft[field] !== undefined) fields[field] = OWN;
  for (const field of Object.keys(draft.attributes)) fields[field] = OWN;
  if (open === undefined) return fields;
  if (draft.netContent === undefined && sheet?.netContent !== undefined) fields['netContent'] = open;
  if (draft.brand === undefined && sheet?.brand !== undefined) fields['brand'] = open;
  for (const field of Object.keys(sheet?.attributes ?? {})) fields[field] ??= open;
  return fields;
}

const optionsOf = ({ options }: OfferDraft): Readonly<Record<string, string>> =>
  options.length === 0
    ? none
    : Object.fromEntries(options.map(({ name, value }, index) => [name === '' ? `option ${index + 1}` : name, value]));
const none: Readonly<Record<string, string>> = {};

/** What a draft comes with: what open data knows of its bar code, and the offer the shop has of it already. */
type DraftFacts = { readonly position: number; readonly sheet: GtinSheet | undefined; readonly offerId: OfferId | undefined };

/** Decides everything that confirming will write of a draft; nothing is looked up or written here. */
export function prepareItem(draft: OfferDraft, facts: DraftFacts, choose: CategoryChooser, ids: Pick<Ids, 'make'>): PreparedItem {
  const gtin = sharedGtin(draft);
  const sheet = gtin === undefined ? undefined : agreeing(draft, facts.sheet);
  const name = sheet?.title ?? (draft.title || (gtin ?? draft.sku));
  const category = choose(draft.title === '' ? { ...draft, title: name } : draft, sheet?.leaf);
  const net = draft.netContent ?? sheet?.netContent;
  const pageTitle = draft.label === undefined ? name : `${name}, ${draft.label}`;
  const { sku, priceMinor, isActive, condition, shelf, productKey, title, label, description, vatRateBps } = draft;
  const brand = draft.brand ?? sheet?.brand;
  const attributes = { ...sheet?.attributes, ...draft.attributes };
  const { manufacturer, responsiblePerson, warnings } = draft;
  const { source, licence } = sheet ?? OWN_WORDS;
  return {
    position: facts.position,
    offerId: facts.offerId ?? null,
    made: ids.make('listing').slice(4),
    sku,
    priceMinor,
    isActive,
    condition,
    shelf,
    productKey,
    title,
    name,
    label,
    pageTitle,
    slug: slugOfTitle(pageTitle),
    keyAttribute: keyAttributeOf({ ...draft, netContent: net }),
    brand,
    description,
    gtin: draft.gtin,
    sharedGtin: gtin,
    categoryId: category.categoryId,
    vatRateBps,
    ...burdenOf(draft),
    netQuantity: net?.amount,
    netUnit: net?.unit,
    options: optionsOf(draft),
    attributes,
    manufacturer,
    responsiblePerson,
    warnings,
    source,
    licence,
    provenance: provenanceOf(draft, sheet, category),
  };
}
