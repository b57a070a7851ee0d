import { foldWords } from '../columns/fold-words';

const empty = /^(?:|-+|n\/?a|null|none|nan|undefined|#n\/a|#ref!|#value!|#null!)$/i;

/** Whether a cell says something: exports write nothing as `NULL`, `-` or `#N/A`. */
export const isGivenValue = (text: string): boolean => !empty.test(text.trim());

const off = new Set(
  'false 0 no non nein falso n draft archived proposed rejected inactive inactif brouillon hidden faux disabled deleted archive entwurf inaktiv borrador bozza'.split(
    ' ',
  ),
);

/** Whether a row is on sale at its source; a row that says nothing is. */
export function isPublished(cell: string): boolean {
  if (cell === '') return true;
  const word = foldWords(cell);
  return !(off.has(word) || cell.trim() === '-1');
}

/** The state of a thing, from the words of feeds and tills. */
export function conditionOf(cell: string): 'new' | 'used' | 'refurbished' {
  if (cell === '') return 'new';
  const word = foldWords(cell);
  if (/^(used|occasion|gebraucht|usado|usato|second hand|seconde main|vintage)/.test(word)) return 'used';
  return /^(refurb|recondition|reacondicionado|ricondizionato|generaluberholt|wiederaufbereitet)/.test(word) ? 'refurbished' : 'new';
}

/** What an availability says of the count: nothing left, or nothing at all. */
export function countOfAvailability(cell: string): number | undefined {
  return /^(out|0$|no$|non$|false$|rupture|epuise|sold out|nicht|agotado|esaurito|discontinued|indisponible|outofstock)/.test(
    foldWords(cell),
  )
    ? 0
    : undefined;
}

/** A part of a code out of words: "Large / Navy" is `large-navy`. */
export function codeOf(text: string): string {
  return foldWords(text).replaceAll(' ', '-').slice(0, 60);
}
