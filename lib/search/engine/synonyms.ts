import { meaningfulWords } from './text-index';
import { termTextOf } from './vocabulary';

/** Words of equal meaning find each other; a wider word also finds what it covers, but not the other way round. */
export type Synonym = { readonly words: readonly string[]; readonly isWider: boolean };

export type Meaning = { readonly terms: readonly string[]; readonly isWider: boolean };

export type CompiledSynonyms = {
  /** Every entry with which the terms begin: how many of them it takes, and what it means. */
  find(terms: readonly string[]): readonly { readonly length: number; readonly meanings: readonly Meaning[] }[];
};

const LONGEST_ENTRY = 5;

function termsOf(words: string): readonly string[] {
  return meaningfulWords(words).map(({ word }) => termTextOf(word));
}

/** Makes a table ready to be asked. Of a wider entry the first words are the wide ones. */
export function compileSynonyms(entries: readonly Synonym[]): CompiledSynonyms {
  const meanings = new Map<string, Meaning[]>();
  const note = (from: readonly string[], to: readonly string[], isWider: boolean) => {
    if (from.length === 0 || to.length === 0 || from.length > LONGEST_ENTRY) return;
    const key = from.join('|');
    if (key === to.join('|')) return;
    const known = meanings.get(key);
    if (known) known.push({ terms: to, isWider });
    else meanings.set(key, [{ terms: to, isWider }]);
  };
  for (const { words, isWider } of entries) {
    const all = words.map(termsOf);
    const from = isWider ? all.slice(0, 1) : all;
    for (const one of from) for (const other of all) if (one !== other) note(one, other, isWider);
  }
  return {
    find: (terms) => {
      const most = Math.min(LONGEST_ENTRY, terms.length);
      return Array.from({ length: most }, (_, at) => most - at).flatMap((length) => {
        const found = meanings.get(terms.slice(0, length).join('|'));
        return found ? [{ length, meanings: found }] : [];
      });
    },
  };
}

/** Reads a line of the table: `patate = pomme de terre`, or `charcuterie > saucisson, jambon`. Undefined for a line that says nothing. */
export function parseSynonym(line: string): Synonym | undefined {
  const bare = line.replace(/#.*$/, '').trim();
  const [wide, narrow] = bare.split('>');
  const list = (text: string, by: RegExp) =>
    text
      .split(by)
      .map((word) => word.trim())
      .filter((word) => word !== '');
  if (narrow !== undefined && wide !== undefined && wide.trim() !== '') {
    const narrower = list(narrow, /,/);
    return narrower.length === 0 ? undefined : { words: [wide.trim(), ...narrower], isWider: true };
  }
  const words = list(bare, /=/);
  return words.length < 2 ? undefined : { words, isWider: false };
}
