import { soundOf } from '../text/sound';
import { stem } from '../text/stem';
import { isQuantity } from '../text/words';
import { addNumber, growingNumbers, type GrowingNumbers } from './growing';

/**
 * Every word the documents know, with what it is compared by: its term (the stem that all its forms share), its letters by threes and its
 * sound for repairs, and its place in the alphabet for beginnings. Words are only ever added; a rebuild makes a new vocabulary.
 */
export type Vocabulary = {
  readonly wordIds: Map<string, number>;
  readonly words: string[];
  /** By word: its term, and in how many documents it stood when they were indexed. */
  readonly termOfWord: GrowingNumbers;
  readonly wordCounts: GrowingNumbers;
  readonly termIds: Map<string, number>;
  readonly terms: string[];
  readonly byTrigram: Map<string, GrowingNumbers>;
  readonly bySound: Map<string, number[]>;
  /** Word ids in alphabetical order, as far as `sortedTo`; later words are looked through one by one. */
  sorted: Int32Array;
  sortedTo: number;
};

export function emptyVocabulary(): Vocabulary {
  return {
    wordIds: new Map(),
    words: [],
    termOfWord: growingNumbers(1024),
    wordCounts: growingNumbers(1024),
    termIds: new Map(),
    terms: [],
    byTrigram: new Map(),
    bySound: new Map(),
    sorted: new Int32Array(0),
    sortedTo: 0,
  };
}

const NEGATION = 'sans ';

/** The term of a word: its stem; of a missing thing (`sans sucres`) the stem of what is missing. */
export function termTextOf(word: string): string {
  return word.startsWith(NEGATION) ? NEGATION + stem(word.slice(NEGATION.length)) : stem(word);
}

export function termIdOf(vocabulary: Vocabulary, term: string): number {
  const known = vocabulary.termIds.get(term);
  if (known !== undefined) return known;
  const id = vocabulary.terms.length;
  vocabulary.termIds.set(term, id);
  vocabulary.terms.push(term);
  return id;
}

export function wordIdOf(vocabulary: Vocabulary, word: string): number {
  const known = vocabulary.wordIds.get(word);
  if (known !== undefined) return known;
  const id = vocabulary.words.length;
  vocabulary.wordIds.set(word, id);
  vocabulary.words.push(word);
  addNumber(vocabulary.termOfWord, termIdOf(vocabulary, termTextOf(word)));
  addNumber(vocabulary.wordCounts, 0);
  if (!isQuantity(word)) {
    for (const trigram of trigramsOf(word)) {
      const row = vocabulary.byTrigram.get(trigram) ?? growingNumbers();
      addNumber(row, id);
      vocabulary.byTrigram.set(trigram, row);
    }
    const sound = soundOf(word);
    const alike = vocabulary.bySound.get(sound);
    if (alike) alike.push(id);
    else vocabulary.bySound.set(sound, [id]);
  }
  return id;
}

/** Letters by threes, with the beginning and the end marked. */
export function trigramsOf(word: string): readonly string[] {
  const padded = `^${word}$`;
  const trigrams: string[] = [];
  for (let at = 0; at + 3 <= padded.length; at += 1) trigrams.push(padded.slice(at, at + 3));
  return trigrams;
}

const MOST_UNSORTED = 2_000;

function sortAgain(vocabulary: Vocabulary): void {
  const ids = Int32Array.from(vocabulary.words, (_, id) => id);
  const { words } = vocabulary;
  vocabulary.sorted = ids.sort((a, b) => ((words[a] ?? '') < (words[b] ?? '') ? -1 : 1));
  vocabulary.sortedTo = words.length;
}

/** Words that begin so, the exact one included; in no promised order. */
export function wordsBeginning(vocabulary: Vocabulary, beginning: string): readonly number[] {
  const { words } = vocabulary;
  if (words.length - vocabulary.sortedTo > MOST_UNSORTED || vocabulary.sortedTo === 0) sortAgain(vocabulary);
  const { sorted } = vocabulary;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[sorted[middle] ?? 0] ?? '') < beginning) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let at = low; at < sorted.length; at += 1) {
    const id = sorted[at] ?? 0;
    if (!(words[id] ?? '').startsWith(beginning)) break;
    found.push(id);
  }
  for (let id = vocabulary.sortedTo; id < words.length; id += 1) if ((words[id] ?? '').startsWith(beginning)) found.push(id);
  return found;
}
