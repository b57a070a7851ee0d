import { faintWords } from '../text/default-synonyms';
import { folded } from '@/lib/kernel';
import { isQuantity } from '../text/words';
import { repairsOf } from './repair';
import type { CompiledSynonyms } from './synonyms';
import { frequencyOf, knownTerm, meaningfulWords, type TextIndex } from './text-index';
import { termTextOf, wordsBeginning } from './vocabulary';

/** One way to read a part of the query: a term, or several that must stand side by side. */
export type Alternative = { readonly terms: readonly number[]; readonly weight: number; readonly isSure: boolean };

/** A word of the query, or a few that mean one thing together, with everything that may stand for it. */
export type QueryPart = {
  readonly typed: string;
  /** What is read instead of a word nobody knows. */
  readonly read: string | undefined;
  readonly alternatives: readonly Alternative[];
  /** How much finding it tells: the rarer, the more. */
  readonly rarity: number;
  /** Says how much, or what titles often leave unsaid: counts little, and is never the kind of thing. */
  readonly isFaint: boolean;
  /** Share of the titles with it that begin with it: what kind of thing is asked for, rather than which. */
  readonly headShare: number;
};

export type ReadQuery = { readonly parts: readonly QueryPart[]; readonly spans: readonly QuerySpan[]; readonly said: string | undefined };

const MOST_WORDS = 10;
const MOST_COMPLETIONS = 60;
const UNKNOWN_HEAD = 0.5;

export const readingWeights = { synonym: 0.95, wider: 0.6, completion: 0.9, joined: 0.97, split: 0.85, repaired: 0.95 } as const;

const faint = new Set(faintWords.map((word) => termTextOf(folded(word))));

/** `read` replaces the word before the shopper's eyes, `meant` only where other words for it are looked for. */
type Reading = { readonly alternatives: Alternative[]; read: string | undefined; meant: string | undefined };

function complete(index: TextIndex, word: string, own: number, alternatives: Alternative[]): void {
  const { vocabulary } = index;
  const longer = wordsBeginning(vocabulary, word).filter((id) => termTextOf(vocabulary.words[id] ?? '') !== termTextOf(word));
  const count = (id: number) => vocabulary.wordCounts.values[id] ?? 0;
  const total = longer.reduce((sum, id) => sum + count(id), 0);
  if (own > 0 && total < own * 6) return;
  const best = longer.toSorted((a, b) => count(b) - count(a)).slice(0, MOST_COMPLETIONS);
  const most = count(best[0] ?? 0);
  for (const id of best) {
    const weight = readingWeights.completion * (0.85 + (0.15 * Math.log1p(count(id))) / Math.log1p(most));
    alternatives.push({ terms: [vocabulary.termOfWord.values[id] ?? 0], weight, isSure: true });
  }
}

function repair(index: TextIndex, word: string, reading: Reading, leastCount: number): void {
  const { vocabulary } = index;
  const repairs = repairsOf(vocabulary, word, leastCount);
  const best = repairs[0];
  if (!best) return;
  for (const { word: id, closeness, isSure } of repairs) {
    if (closeness < best.closeness - 0.15) continue;
    const weight = readingWeights.repaired * (id === best.word ? 1 : closeness * 0.85);
    reading.alternatives.push({ terms: [vocabulary.termOfWord.values[id] ?? 0], weight, isSure });
  }
  reading.read = vocabulary.words[best.word];
}

/** `petitdejeuner`: two known words written as one. */
function split(index: TextIndex, word: string, reading: Reading): void {
  if (word.length < 7 || word.includes(' ')) return;
  let best: { readonly terms: readonly number[]; readonly count: number; readonly said: string } | undefined;
  for (let at = 3; at <= word.length - 3; at += 1) {
    const left = knownTerm(index, termTextOf(word.slice(0, at)));
    const right = knownTerm(index, termTextOf(word.slice(at)));
    if (left === undefined || right === undefined) continue;
    const count = Math.min(frequencyOf(index, left), frequencyOf(index, right));
    if (count >= 5 && count > (best?.count ?? 0)) best = { terms: [left, right], count, said: `${word.slice(0, at)} ${word.slice(at)}` };
  }
  if (!best) return;
  reading.alternatives.push({ terms: best.terms, weight: readingWeights.split, isSure: true });
  reading.read ??= best.said;
}

/** `x6` is written `6` as well, and the other way round; `85%` sometimes without its sign. */
function countsBeside(index: TextIndex, word: string, reading: Reading): Reading {
  const bare = /^(\d+)(?:x|%)?$/.exec(word)?.[1];
  if (bare === undefined) return reading;
  for (const other of [bare, `${bare}x`, `${bare}%`]) {
    const term =
      other === word || (word.endsWith('%') && other.endsWith('x')) || (word.endsWith('x') && other.endsWith('%'))
        ? undefined
        : knownTerm(index, other);
    if (term !== undefined && !(word === bare && other.endsWith('%')))
      reading.alternatives.push({ terms: [term], weight: 0.9, isSure: true });
  }
  return reading;
}

/** How seldom a word must be for a far commoner neighbour to be tried beside it, and how much commoner that must be. */
const SELDOM = 8;
const COMMONER = 25;

function readWord(index: TextIndex, word: string, isLast: boolean, isExplained: boolean): Reading {
  const reading: Reading = { alternatives: [], read: undefined, meant: undefined };
  const own = knownTerm(index, termTextOf(word));
  const count = own === undefined ? 0 : frequencyOf(index, own);
  if (own !== undefined) reading.alternatives.push({ terms: [own], weight: 1, isSure: true });
  if (isQuantity(word)) return countsBeside(index, word, reading);
  if (isLast && word.length > 1) complete(index, word, count, reading.alternatives);
  if (reading.alternatives.length === 0 && !isExplained) {
    repair(index, word, reading, 1);
    split(index, word, reading);
    if (reading.alternatives.length === 0 && word.length >= 4) complete(index, word, 0, reading.alternatives);
  } else if (own !== undefined && count <= SELDOM && word.length >= 5) {
    const beside: Reading = { alternatives: [], read: undefined, meant: undefined };
    repair(index, word, beside, count * COMMONER);
    reading.alternatives.push(...beside.alternatives.filter(({ isSure }) => isSure));
    if (beside.alternatives[0]?.isSure === true) reading.meant = beside.read;
  }
  return reading;
}

function partOf(index: TextIndex, typed: string, { alternatives, read }: Reading, over: readonly Alternative[]): QueryPart {
  const best = [...alternatives, ...over].reduce((most, { terms, weight }) => {
    const count = Math.min(...terms.map((term) => frequencyOf(index, term)));
    return weight > 0.5 ? Math.max(most, count) : most;
  }, 0);
  const head = alternatives[0]?.terms[0];
  const first = head === undefined ? undefined : index.postings[head];
  return {
    typed,
    read,
    alternatives,
    rarity: Math.log(1 + (index.size - best + 0.5) / (best + 0.5)),
    isFaint: (isQuantity(typed) && !typed.endsWith('%')) || faint.has(termTextOf(typed)),
    headShare: first === undefined ? UNKNOWN_HEAD : first.firstCount / Math.max(1, first.documents.length),
  };
}

/** Several words that stand for one thing, and what else may stand for it: found, it answers all of them at once. */
export type QuerySpan = { readonly from: number; readonly to: number; readonly alternatives: readonly Alternative[] };

/** What the synonyms say of the words from `at` on. */
function spansAt(index: TextIndex, words: readonly string[], at: number, synonyms: CompiledSynonyms): readonly QuerySpan[] {
  const terms = words.slice(at).map(termTextOf);
  const known = (texts: readonly string[]) => texts.map((text) => knownTerm(index, text));
  const usable = (ids: readonly (number | undefined)[]): ids is readonly number[] => ids.every((id) => id !== undefined);
  const spans = synonyms.find(terms).map(({ length, meanings }): QuerySpan => ({
    from: at,
    to: at + length,
    alternatives: meanings.flatMap(({ terms: other, isWider }) => {
      const ids = known(other);
      if (!usable(ids)) return [];
      return [{ terms: ids, weight: isWider ? readingWeights.wider : readingWeights.synonym, isSure: !isWider }];
    }),
  }));
  return spans.filter(({ alternatives }) => alternatives.length > 0);
}

const LEAST_JOINED = 3;

/** Two words that others write as one: `tourne sol`. */
function joinedAt(index: TextIndex, words: readonly string[], at: number): readonly QuerySpan[] {
  const pair = words.slice(at, at + 2);
  if (pair.length < 2 || pair.some(isQuantity)) return [];
  const term = knownTerm(index, termTextOf(pair.join('')));
  if (term === undefined || frequencyOf(index, term) < LEAST_JOINED) return [];
  return [{ from: at, to: at + 2, alternatives: [{ terms: [term], weight: readingWeights.joined, isSure: true }] }];
}

/**
 * Reads what was typed: words that mean nothing fall out, words that belong together may be answered together, a last word may be unfinished,
 * and only a word nobody knows is repaired. Any query gives an answer; one without a word gives no parts.
 */
export function readQuery(index: TextIndex, query: string, synonyms: CompiledSynonyms): ReadQuery {
  const typed = meaningfulWords(query).map(({ word }) => word);
  const words = typed.filter((word, at) => typed.indexOf(word) === at).slice(0, MOST_WORDS);
  const joined = words.flatMap((_, at) => joinedAt(index, words, at));
  const over = (spans: readonly QuerySpan[], at: number) => spans.filter(({ from, to }) => from <= at && at < to);
  const readings = words.map((word, at) => readWord(index, word, at === words.length - 1, over(joined, at).length > 0));
  const meant = words.map((word, at) => readings[at]?.read ?? readings[at]?.meant ?? word);
  const spans = [...joined, ...meant.flatMap((_, at) => spansAt(index, meant, at, synonyms))];
  const parts = words.map((word, at) => {
    const beside = over(spans, at).flatMap(({ alternatives }) => alternatives);
    return partOf(index, word, readings[at] ?? { alternatives: [], read: undefined, meant: undefined }, beside);
  });
  const said = parts.some(({ read }) => read !== undefined) ? parts.map(({ typed: word, read }) => read ?? word).join(' ') : undefined;
  return { parts, spans, said };
}
