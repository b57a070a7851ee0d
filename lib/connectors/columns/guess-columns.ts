import type { ColumnValues } from './cell-values';
import { describeColumn } from './cell-values';
import type { ColumnMapping, Field } from './fields';
import { fields, isField, manifold } from './fields';
import { foldWords } from './fold-words';
import headerWords from './header-words.json' with { type: 'json' };

/** A guess at what one column means, and how sure it is (0 to 1). */
type Guess = { readonly column: number; readonly field: Field; readonly score: number };

const byPhrase = new Map<string, Field>();
for (const [field, phrases] of Object.entries(headerWords)) {
  if (isField(field)) for (const phrase of phrases) byPhrase.set(foldWords(phrase), byPhrase.get(foldWords(phrase)) ?? field);
}

const people: ReadonlySet<string> = new Set(headerWords.people);

/** Whether the headings are those of a list of customers or addresses, which the same programs export. */
export function isAboutPeople(header: readonly string[]): boolean {
  return header.filter((heading) => people.has(foldWords(heading))).length >= 3;
}

const MOST_WORDS = 5;

/** The longest known phrase anywhere in a heading, and which share of its words that is. */
function byPart(heading: string): { readonly field: Field; readonly score: number } | undefined {
  const words = heading.split(' ');
  for (let length = Math.min(words.length, MOST_WORDS); length > 0; length--) {
    for (let at = 0; at + length <= words.length; at++) {
      const phrase = words.slice(at, at + length).join(' ');
      const field = phrase.length > 2 ? byPhrase.get(phrase) : undefined;
      if (field !== undefined) return { field, score: 0.45 + 0.35 * (length / words.length) };
    }
  }
  return undefined;
}

const LANGUAGES = ['fr', 'en', 'de', 'es', 'it'];

/** Ways in which a heading may be meant: as it stands, without what is in brackets, its last part ("variants.price"). */
function readings(heading: string): readonly string[] {
  const spoken = heading.replace(/[*#]/g, ' ').replaceAll(/([a-z])([A-Z])/g, '$1 $2');
  const parts = heading.split(/[./@]/);
  const all = [heading, spoken, spoken.replaceAll(/\(.*?\)|\[.*?\]/g, ' '), parts.slice(-2).join(' '), parts.at(-1) ?? ''];
  return [...new Set(all.map(foldWords))].filter((text) => text !== '');
}

const CURRENCY = /\b(eur|usd|gbp|chf|dkk|sek|nok|pln|cad|aud|jpy|czk|huf|ron|bgn)\b/i;
const priceFields: ReadonlySet<Field> = new Set<Field>(['price', 'netPrice', 'salePrice']);

/** The currency that a heading names ("Variant Price USD", "Prix (EUR)"). */
function currencyOfHeading(heading: string): string | undefined {
  return CURRENCY.exec(heading)?.[1]?.toUpperCase();
}

/** Whether a column holds prices in another currency than the city's. */
export function isForeignPrice(heading: string, currency: string): boolean {
  const named = currencyOfHeading(heading);
  if (named === undefined || named === currency) return false;
  const field = guessByName(heading)?.field;
  return field !== undefined && priceFields.has(field);
}

/** What the name of a column says. A language behind it (`name:en`) is taken off and weighs a little. */
function guessByName(heading: string): { readonly field: Field; readonly score: number } | undefined {
  const localised = /^(.*?)\s*[:@_-]\s*([a-z]{2})(?:[_-][a-z]+)?$/i.exec(heading);
  const language = LANGUAGES.indexOf(localised?.[2]?.toLowerCase() ?? '');
  const isLocalised = localised !== null && (language >= 0 || /:/.test(heading));
  const name = isLocalised ? (localised[1] ?? heading) : heading;
  const penalty = isLocalised ? (language < 0 ? 0.3 : 0.02 + language * 0.02) : 0;
  for (const [index, reading] of readings(name).entries()) {
    const field = byPhrase.get(reading);
    if (field !== undefined) return { field, score: 1 - index * 0.04 - penalty };
  }
  const part = byPart(foldWords(name));
  return part && { field: part.field, score: part.score - penalty };
}

/** Whether the cells speak against the name: a "price" without figures is none. */
function isContradicted(field: Field, values: ColumnValues): boolean {
  if (values.filled === 0) return false;
  switch (field) {
    case 'price':
    case 'netPrice':
    case 'salePrice':
    case 'costPrice':
      return values.figure + values.money < 0.3;
    case 'quantity':
      return values.figure < 0.3;
    case 'image':
      return values.figure > 0.9;
    case 'title':
      return values.figure > 0.9 || values.address > 0.5;
    default:
      return false;
  }
}

/** What the cells say where the name says nothing or little. */
function guessByValues(values: ColumnValues): readonly { readonly field: Field; readonly score: number }[] {
  if (values.filled < 0.2) return [];
  const guesses: { field: Field; score: number }[] = [];
  if (values.gtin > 0.6) guesses.push({ field: 'gtin', score: 0.5 + 0.4 * values.gtin });
  if (values.money > 0.6) guesses.push({ field: 'price', score: 0.5 });
  if (values.address > 0.6) guesses.push({ field: 'image', score: 0.4 });
  if (values.html > 0.4 || values.averageLength > 90) guesses.push({ field: 'description', score: 0.35 });
  if (values.percent > 0.9 && values.distinct < 0.5) guesses.push({ field: 'vatRate', score: 0.35 });
  if (values.decimal > 0.7 && values.gtin < 0.2) guesses.push({ field: 'price', score: 0.34 });
  if (values.whole > 0.9 && values.gtin < 0.2 && values.percent < 0.9) guesses.push({ field: 'quantity', score: 0.25 });
  if (values.figure < 0.2 && values.distinct > 0.6 && values.averageLength > 6 && values.averageLength < 90 && values.address < 0.2) {
    guesses.push({ field: 'title', score: 0.3 + Math.min(values.averageLength, 40) / 1000 });
  }
  return guesses;
}

/** "In stock?" asks for yes or no, not for a number. */
function asked(guess: ReturnType<typeof guessByName>, heading: string): ReturnType<typeof guessByName> {
  return guess?.field === 'quantity' && heading.trim().endsWith('?') ? { ...guess, field: 'availability' } : guess;
}

function guessesFor(heading: string, cells: readonly string[], column: number): readonly Guess[] {
  const values = describeColumn(cells);
  const named = heading.startsWith('#') ? undefined : asked(guessByName(heading), heading);
  const guesses: Guess[] = guessByValues(values)
    .filter(({ field }) => named === undefined || (field === 'gtin' && named.field !== 'ignored') || named.score < 0.5)
    .map((guess) => ({ ...guess, column }));
  if (named === undefined) return guesses;
  if (isContradicted(named.field, values)) {
    return named.field === 'quantity' ? [...guesses, { column, field: 'availability', score: 0.6 }] : guesses;
  }
  // An empty column keeps its meaning, but a filled one of the same meaning goes first.
  const score = named.score - (values.filled === 0 ? 0.1 : 0);
  return [...guesses.filter((guess) => guess.field !== named.field), { column, field: named.field, score }];
}

/**
 * Guesses what each column of a file means, from its name in five languages and from its cells. Surest first: each field is given to one
 * column (images and tags to several) and each column one field. What a known program's heading means is certain (`own`, by folded heading).
 */
export function guessColumns(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  { currency, own = {} }: { readonly currency: string; readonly own?: Readonly<Record<string, Field>> },
): ColumnMapping {
  const guesses = header.flatMap((heading, column): readonly Guess[] => {
    const certain = own[foldWords(heading)];
    if (certain !== undefined) return [{ column, field: certain, score: 2 }];
    return isForeignPrice(heading, currency)
      ? [{ column, field: 'ignored' as const, score: 1 }]
      : guessesFor(
          heading,
          sample.map((cells) => cells[column] ?? ''),
          column,
        );
  });
  const mapping: (Field | undefined)[] = header.map(() => undefined);
  const taken = new Set<Field>();
  const order = new Map(fields.map((field, index) => [field, index]));
  const ranked = guesses.toSorted(
    (a, b) => b.score - a.score || a.column - b.column || (order.get(a.field) ?? 0) - (order.get(b.field) ?? 0),
  );
  for (const { column, field } of ranked) {
    if (mapping[column] !== undefined || (taken.has(field) && !manifold.has(field))) continue;
    mapping[column] = field;
    taken.add(field);
  }
  return mapping;
}
