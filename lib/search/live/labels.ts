import { labels, type Label } from '../views';
import { meaningfulWords } from '../engine/text-index';
import { termTextOf } from '../engine/vocabulary';

/** What a title or a property promises that people filter by, and the words that promise it. */
const labelWords = {
  bio: ['bio', 'biologique', 'organic'],
  'sans-gluten': ['sans gluten', 'gluten free'],
  'sans-lactose': ['sans lactose', 'délactosé'],
  'sans-sucre': ['sans sucre', 'sugar free'],
  'sans-alcool': ['sans alcool', 'désalcoolisé'],
  vegan: ['vegan', 'végane', 'végétalien'],
  vegetarien: ['végétarien', 'végétarienne', 'veggie'],
  equitable: ['équitable', 'fairtrade'],
  origine: ['aop', 'aoc', 'igp', 'doc'],
  recycle: ['recyclé', 'upcyclé', 'réemploi'],
} as const satisfies Record<Label, readonly string[]>;

/** The attribute under which labels are indexed; no product attribute is called so. */
export const LABEL = '*label';

const byTerm = new Map<string, Label>(
  labels.flatMap((label) =>
    labelWords[label].flatMap((words) => {
      const terms = meaningfulWords(words).map(({ word }) => termTextOf(word));
      return terms.length === 1 && terms[0] !== undefined ? [[terms[0], label] as const] : [];
    }),
  ),
);

/** Labels that a listing's words promise. */
export function labelsIn(text: string): readonly Label[] {
  return [...new Set(meaningfulWords(text).flatMap(({ word }) => byTerm.get(termTextOf(word)) ?? []))];
}
