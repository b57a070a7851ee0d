import { chainPrefixes, groceryRules, properNames, rejectedWords } from './grocery-rules';
import { foldAccents, hasValidCheckDigit, splitNetQuantity, tidy, wordsOf, type NetQuantity } from './names';

export type Grocery = { readonly code: string; readonly name: string; readonly leaf: string; readonly net?: NetQuantity };

type Lexicon = {
  readonly count: ReadonlyMap<string, number>;
  /** For a word without accents, the most used way of writing it. */
  readonly bestSpelling: ReadonlyMap<string, string>;
  /** Words that French writers capitalise inside a name: places, protected names. */
  readonly proper: ReadonlySet<string>;
  /** Share of the products with this word whose code was given out in France (prefixes 30 to 37), in percent. */
  readonly frenchPercent: ReadonlyMap<string, number>;
};

const tally = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
const isShouted = (name: string): boolean => {
  const letters = name.replace(/[^\p{L}]/gu, '');
  const capitals = letters.replace(/\P{Lu}/gu, '');
  return capitals.length > 3 && capitals.length > letters.length / 2;
};

/** Spelling and capitals are learnt from the names themselves: rare words are mostly misspelt or foreign. */
type Row = { readonly code: string; readonly name: string };

function learn(rows: readonly Row[]): Lexicon {
  const french = new Map<string, number>();
  const count = new Map<string, number>();
  const inside = new Map<string, number>();
  const capital = new Map<string, number>();
  for (const { code, name } of rows) {
    for (const word of wordsOf(name)) {
      tally(count, word);
      if (/^3[0-7]/.test(code)) tally(french, word);
    }
    const words = name.match(/\p{L}+/gu) ?? [];
    const sentenceCase = words.slice(1).some((word) => word.length > 3 && word === word.toLowerCase());
    if (!sentenceCase) continue;
    for (const word of words.slice(1)) {
      tally(inside, word.toLowerCase());
      if (/^\p{Lu}/u.test(word)) tally(capital, word.toLowerCase());
    }
  }
  const bestSpelling = new Map<string, string>();
  for (const [word, seen] of count) {
    const plain = foldAccents(word);
    const best = bestSpelling.get(plain);
    if (best === undefined || seen > (count.get(best) ?? 0)) bestSpelling.set(plain, word);
  }
  const proper = new Set([...inside].filter(([word, seen]) => seen >= 6 && (capital.get(word) ?? 0) / seen > 0.72).map(([word]) => word));
  const frenchPercent = new Map([...count].map(([word, seen]) => [word, (100 * (french.get(word) ?? 0)) / seen]));
  return { count, bestSpelling, proper, frenchPercent };
}

/** "a" for "à", "d espelette" for "d’Espelette". */
const strayLetter = /(?:^|[\s’])[^\W\dy](?=\s|$)/i;

function readsWell(name: string, lexicon: Lexicon): boolean {
  if (
    name.length < 9 ||
    name.length > 58 ||
    isShouted(name) ||
    /[^\p{L}\d\s’,%°&+-]/u.test(name.replace(/(\d)[.](\d)/g, '$1$2')) ||
    /^[^\p{L}]/u.test(name)
  )
    return false;
  if (/ [-,+&]|- |,\S|’ |(?<!type )\b\d+$/iu.test(name.replace(/ & /g, ' ')) || strayLetter.test(name)) return false;
  const words = wordsOf(name);
  if (words.length < 2 || words.length > 9) return false;
  if (words.some((word, at) => words.indexOf(word) !== at && word.length > 3)) return false;
  return words.every((word) => {
    if (word.length === 1) return true;
    if (rejectedWords.has(word) || (lexicon.frenchPercent.get(word) ?? 0) < 55) return false;
    return (lexicon.count.get(word) ?? 0) >= 25 && lexicon.bestSpelling.get(foldAccents(word)) === word;
  });
}

/** Sentence case, keeping what is a proper name, an abbreviation or a number. */
function inSentenceCase(name: string, lexicon: Lexicon): string {
  const lowered = name.replace(/\p{L}+/gu, (word, at: number) => {
    if (/^(AOP|AOC|IGP|BIO|UHT|VSOP|XO)$/i.test(word)) return word.toUpperCase() === 'BIO' ? 'bio' : word.toUpperCase();
    const lower = word.toLowerCase();
    if (at === 0) return lower.charAt(0).toUpperCase() + lower.slice(1);
    return properNames.has(lower) || lexicon.proper.has(lower) ? lower.charAt(0).toUpperCase() + lower.slice(1) : lower;
  });
  return lowered
    .replace(/oe(?=ufs?\b|ur)/g, 'œ')
    .replace(/^Oe(?=uf)/, 'Œ')
    .replace(/(\d)\s?%/g, '$1\u00a0%')
    .replace(/,(?=\S)(?!\d)/g, ', ')
    .replace(/\b(de|la|le|les|du|des|à|et|au|aux|avec|d’|l’)$/u, '')
    .trim();
}

export function leafOf(name: string): string | undefined {
  const plain = foldAccents(name.toLowerCase());
  return groceryRules.find((rule) => rule.head.test(plain) && !rule.unless?.test(plain))?.leaf;
}

const endsBadly = /(?:^|[\s’])(?:de|la|le|les|du|des|à|et|au|aux|avec|d|l|en|sur|pour|sans|type|goût|x|a)$/iu;

/** Codes of small producers (GS1 France gives them 376 and 377) first: that is what independent shops sell. */
const rank = (code: string): number => (/^37[67]/.test(code) ? 0 : /^3/.test(code) ? 1 : 2);

/** FNV-1a, so that the choice inside a leaf follows neither the alphabet nor the producer. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}

/** At most `mostPerLeaf` products a leaf; one product per name, so that two shops meet on the same page. */
export function selectGroceries(lines: readonly string[], mostPerLeaf: number): readonly Grocery[] {
  const rows = lines.slice(1).flatMap((line) => {
    const [code = '', rawName = '', , , valid] = line.split('\t');
    if (valid !== '1' || !hasValidCheckDigit(code) || /^(?:0|2)/.test(code)) return [];
    return [{ code, name: tidy(rawName) }];
  });
  const lexicon = learn(rows.filter((row) => !isShouted(row.name)));
  const seen = new Set<string>();
  const byLeaf = new Map<string, Grocery[]>();
  const ordered = rows
    .filter((row) => row.code.length === 13 && !chainPrefixes.some((prefix) => row.code.startsWith(prefix)))
    .toSorted((a, b) => rank(a.code) - rank(b.code) || hash(a.code) - hash(b.code));
  for (const { code, name } of ordered) {
    const split = splitNetQuantity(name);
    if (endsBadly.test(split.name) || !readsWell(split.name, lexicon)) continue;
    const shown = inSentenceCase(split.name, lexicon);
    const key = wordsOf(foldAccents(shown))
      .map((word) => word.replace(/s$/, ''))
      .toSorted()
      .join(' ');
    const leaf = leafOf(shown);
    if (leaf === undefined || seen.has(key)) continue;
    const shelf = byLeaf.get(leaf) ?? [];
    if (shelf.length >= mostPerLeaf) continue;
    seen.add(key);
    shelf.push({ code, name: shown, leaf, ...(split.net ? { net: split.net } : {}) });
    byLeaf.set(leaf, shelf);
  }
  return [...byLeaf].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, shelf]) => shelf);
}
