import type { ProductWords, VariantWords } from '@/lib/catalogue';
import { legalInput, parseContent } from '@/lib/catalogue';
import type { OfferId, Result, StockLocationId } from '@/lib/kernel';
import { err, ok, parseGtin, parseId, parsePrice } from '@/lib/kernel';

/** What is wrong with a field of the form, as a code for `lib/texts`. */
export type FormIssue = { readonly field: string; readonly code: IssueCode };
const issueCodes = ['title', 'department', 'price', 'gtin', 'content', 'stock', 'maker', 'too-long'] as const;
type IssueCode = (typeof issueCodes)[number];

/** A count typed for one variant at one place; only where it differs from what stood in the form. Steps of the sales unit. */
export type TypedCount = { readonly row: number; readonly locationId: StockLocationId; readonly quantity: number };

export type ProductForm = { readonly words: ProductWords; readonly counts: readonly TypedCount[] };

type Values = Readonly<Record<string, string>>;

/** More variants than anybody types in one form; longer lists come as files. */
export const MOST_VARIANTS = 40;
const LONGEST_TITLE = 200;
const LONGEST_DESCRIPTION = 4_000;

/** How many rows of variants a form has. */
export const rowsOf = (values: Values): number => Math.min(MOST_VARIANTS, Math.max(1, Number.parseInt(values['rows'] ?? '', 10) || 1));

const valueOf = (values: Values, name: string): string => (values[name] ?? '').trim();

const parsePair = (name: string, value: string) => (value === '' ? [] : [{ name, value: value.slice(0, 60) }]);

/** Properties that set variants apart; a product read from a file keeps the names its file gave them. */
function optionNamesOf(values: Values): readonly [string, string] {
  return [valueOf(values, 'option0') || 'Taille', valueOf(values, 'option1') || 'Couleur'];
}

const isUntouched = (values: Values, row: number): boolean =>
  valueOf(values, `v${row}.offer`) === '' && ['first', 'second', 'gtin', 'sku', 'price', 'content'].every((name) => valueOf(values, `v${row}.${name}`) === ''); // prettier-ignore

type Row = { readonly variant: VariantWords; readonly issues: readonly FormIssue[] };

function readRow(values: Values, row: number): Row {
  const at = (name: string): string => valueOf(values, `v${row}.${name}`);
  const [first, second] = optionNamesOf(values);
  const [priceMinor, gtin, content] = [parsePrice(at('price')), parseGtin(at('gtin')), parseContent(at('content'))];
  const issue = (name: string, code: IssueCode, isWrong: boolean) => (isWrong ? [{ field: `v${row}.${name}`, code }] : []);
  const offerId: OfferId | undefined = parseId('offer', at('offer'));
  return {
    variant: {
      offerId,
      options: [...parsePair(first, at('first')), ...parsePair(second, at('second'))],
      gtin,
      sku: at('sku').slice(0, 80),
      priceMinor: priceMinor ?? 0,
      content,
      isActive: offerId === undefined || at('active') === 'yes',
    },
    issues: [
      ...issue('gtin', 'gtin', at('gtin') !== '' && gtin === undefined),
      ...issue('price', 'price', priceMinor === undefined),
      ...issue('content', 'content', at('content') !== '' && content === undefined),
    ],
  };
}

/** What is typed of a shelf: pieces as they are, weights in kilograms and lengths in metres. Undefined for what is no count. */
function steps(text: string, unit: ProductWords['salesUnit']): number | undefined {
  if (unit === 'each') return /^\d{1,7}$/.test(text) ? Number(text) : undefined;
  return /^\d{1,4}(?:[.,]\d{1,3})?$/.test(text) ? Math.round(Number(text.replace(',', '.')) * 1_000) : undefined;
}

type CountsOf = { readonly rows: readonly number[]; readonly places: readonly StockLocationId[]; readonly unit: ProductWords['salesUnit'] };

function readCounts(values: Values, { rows, places, unit }: CountsOf) {
  const counts: TypedCount[] = [];
  const issues: FormIssue[] = [];
  for (const [index, row] of rows.entries())
    for (const [place, locationId] of places.entries()) {
      const field = `v${row}.stock${place}`;
      const typed = valueOf(values, field);
      if (typed === '' || typed === valueOf(values, `${field}.was`)) continue;
      const quantity = steps(typed, unit);
      if (quantity === undefined) issues.push({ field, code: 'stock' });
      else counts.push({ row: index, locationId, quantity });
    }
  return { counts, issues };
}

const unitOf = (text: string): ProductWords['salesUnit'] => (text === 'gram' || text === 'millimetre' ? text : 'each');
const conditionOf = (text: string): ProductWords['condition'] => (text === 'used' || text === 'refurbished' ? text : 'new');
const orNothing = (text: string): string | undefined => (text === '' ? undefined : text);

/**
 * Reads the whole form. Fields: `title`, `brand`, `description`, `department`, `vat` (basis points), `unit`, `condition`, `shelf`, `labels`,
 * those of `legalInput`, `rows`, and for each row `v0.first`, `.second`, `.gtin`, `.sku`, `.price`, `.content`, `.active`, `.offer`,
 * `.stock0` a place. Untouched rows are left out. Errors: every field that is wrong, in the order of the form.
 */
export function readProductForm(values: Values, places: readonly StockLocationId[]): Result<ProductForm, readonly FormIssue[]> {
  const title = valueOf(values, 'title');
  const categoryId = parseId('category', valueOf(values, 'department'));
  const legal = legalInput.safeParse({ ...values, netContent: '' });
  const [maker, makerAddress, makerEmail] = ['makerName', 'makerAddress', 'makerEmail'].map((name) => valueOf(values, name));
  const rates = /^\d{1,4}$/.test(valueOf(values, 'vat')) ? Number(valueOf(values, 'vat')) : undefined;
  const used = [...Array(rowsOf(values)).keys()].filter((row) => !isUntouched(values, row));
  const rows = used.map((row) => readRow(values, row));
  const unit = unitOf(valueOf(values, 'unit'));
  const { counts, issues: wrongCounts } = readCounts(values, { rows: used, places, unit });
  const when = (isWrong: boolean, field: string, code: IssueCode): readonly FormIssue[] => (isWrong ? [{ field, code }] : []);
  const issues: readonly FormIssue[] = [
    ...when(title === '', 'title', 'title'),
    ...when(title.length > LONGEST_TITLE, 'title', 'too-long'),
    ...when(valueOf(values, 'description').length > LONGEST_DESCRIPTION, 'description', 'too-long'),
    ...when(categoryId === undefined, 'department', 'department'),
    ...when(!legal.success, 'ingredients', 'too-long'),
    ...when(maker !== '' && (makerAddress === '' || makerEmail === ''), makerAddress === '' ? 'makerAddress' : 'makerEmail', 'maker'),
    ...when(rows.length === 0, 'v0.price', 'price'),
    ...rows.flatMap((row) => row.issues),
    ...wrongCounts,
  ];
  if (issues.length > 0 || categoryId === undefined || !legal.success) return err(issues);
  const labels = valueOf(values, 'labels').slice(0, 300);
  const { net: _net, attributes, ...facts } = legal.data;
  const words: ProductWords = {
    title,
    brand: orNothing(valueOf(values, 'brand').slice(0, 80)),
    description: orNothing(valueOf(values, 'description')),
    categoryId,
    vatRateBps: rates,
    salesUnit: unit,
    condition: conditionOf(valueOf(values, 'condition')),
    shelf: orNothing(valueOf(values, 'shelf').slice(0, 60)),
    facts: { ...facts, attributes: { ...attributes, ...(labels !== '' && { labels }) } },
    variants: rows.map((row) => row.variant),
  };
  return ok({ words, counts });
}
