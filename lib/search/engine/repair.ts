import { editDistance } from '../text/edit-distance';
import { soundOf } from '../text/sound';
import { isQuantity } from '../text/words';
import { trigramsOf, type Vocabulary } from './vocabulary';

/** A known word that may have been meant, and how near it is: 1 is the same word. */
export type Repair = { readonly word: number; readonly closeness: number; readonly isSure: boolean };

const MOST_REPAIRS = 4;
const SHORTEST = 3;
const LEAST_CLOSENESS = 0.64;
/** A word found so seldom is itself likely a slip of somebody's pen. */
const SELDOM = 4;

function mostEdits(length: number): number {
  if (length <= 3) return 1;
  return length <= 7 ? 2 : 3;
}

/** How many trigrams each word shares with the one looked at; all zero between two looks. */
let shared = new Uint8Array(0);

/** Words of about the same length that share enough letters by threes, or sound the same. */
function candidatesOf(vocabulary: Vocabulary, word: string): readonly number[] {
  if (shared.length < vocabulary.words.length) shared = new Uint8Array(Math.ceil(vocabulary.words.length * 1.2));
  const trigrams = trigramsOf(word);
  const seen: number[] = [];
  for (const trigram of trigrams) {
    const row = vocabulary.byTrigram.get(trigram);
    if (!row) continue;
    for (let at = 0; at < row.length; at += 1) {
      const id = row.values[at] ?? 0;
      if (shared[id] === 0) seen.push(id);
      shared[id] = (shared[id] ?? 0) + 1;
    }
  }
  const least = Math.max(1, Math.ceil(trigrams.length * 0.3));
  const most = mostEdits(word.length) + 1;
  const found = [...(vocabulary.bySound.get(soundOf(word)) ?? [])];
  for (const id of seen) {
    const isAlike = (shared[id] ?? 0) >= least && Math.abs((vocabulary.words[id] ?? '').length - word.length) <= most;
    if (isAlike && !found.includes(id)) found.push(id);
    shared[id] = 0;
  }
  return found;
}

/**
 * A slip of the pen rather than another word: a letter too many, too few or swapped. One letter for another makes other words
 * (`marteau`, `morteau`) unless the word is long.
 */
function isSlip(word: string, other: string, edits: number): boolean {
  if (word.charCodeAt(0) !== other.charCodeAt(0)) return false;
  if (edits === 1) return word.length >= 10 || (word.length >= 5 && (word.length !== other.length || sameLetters(word, other)));
  return edits === 2 && word.length >= 8 && word.length !== other.length;
}

function sameLetters(a: string, b: string): boolean {
  return [...a].toSorted().join('') === [...b].toSorted().join('');
}

/**
 * Known words near one that is not known, the likeliest first: few edits, the same sound, the same first letter, and among equals the
 * one that more documents use. `isSure` only where hardly anything else can have been meant.
 */
export function repairsOf(vocabulary: Vocabulary, word: string, leastCount = 1): readonly Repair[] {
  if (word.length < SHORTEST || isQuantity(word)) return [];
  const most = mostEdits(word.length);
  const sound = soundOf(word);
  const found = candidatesOf(vocabulary, word).flatMap((id) => {
    const other = vocabulary.words[id] ?? '';
    const count = vocabulary.wordCounts.values[id] ?? 0;
    if (count < leastCount || other === word || other.startsWith('sans ') !== word.startsWith('sans ')) return [];
    const soundsSame = soundOf(other) === sound && sound.length > 2;
    const edits = editDistance(word, other, soundsSame ? most + 1 : most);
    if (edits > (soundsSame ? most + 1 : most)) return [];
    const startsSame = other.charCodeAt(0) === word.charCodeAt(0);
    const cost = (soundsSame ? edits * 0.5 : edits) + (startsSame || soundsSame ? 0 : 1);
    const closeness = 1 - cost / Math.max(word.length, other.length);
    if (closeness < LEAST_CLOSENESS) return [];
    const isSure = count >= SELDOM && closeness >= 0.75 && (soundsSame || isSlip(word, other, edits));
    return [{ word: id, closeness, isSure, likelihood: closeness + 0.04 * Math.log10(count) }];
  });
  return found.toSorted((a, b) => b.likelihood - a.likelihood || a.word - b.word).slice(0, MOST_REPAIRS);
}
