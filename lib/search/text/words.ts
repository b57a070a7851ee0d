import { folded } from '@/lib/kernel';
import { quantitiesSpelt } from './quantities';

const LONGEST_WORD = 40;

/**
 * The words of a text as they are compared: folded, elisions apart (`l'huile` is `l huile`), quantities as one word each
 * (`1,5 L` and `150 cl` are `1500ml`), percentages kept together. Order is kept, nothing is dropped.
 */
export function wordsIn(text: string): readonly string[] {
  return quantitiesSpelt(folded(text).replace(/ß/g, 'ss').replace(/ø/g, 'o'))
    .split(/[^a-z0-9%.]+/)
    .flatMap((word) => {
      const bare = word.replace(/^\.+|\.+$/g, '');
      return bare === '' || bare === '%' ? [] : [bare.slice(0, LONGEST_WORD)];
    });
}

/** A word that says how much or how many: `500g`, `6x`, `85%`, `12`. */
export function isQuantity(word: string): boolean {
  const first = word.charCodeAt(0);
  return first >= 48 && first <= 57;
}

/** Words that carry no meaning of their own in a title or a query, French and English. Folded. */
export const functionWordList: readonly string[] = (
  'a au aux avec ce ces d dans de des du elle en est et il j je l la le les leur leurs ma mes mon n ne nos notre on ou par pour qu que qui ' +
  's sa se ses son sur t ta tes ton un une vos votre y c m and of for with in on to or an is'
).split(' ');

const functionWords = new Set(functionWordList);

/** Does the word only join others? `the` is not one: folded, it is the tea. */
export function isFunctionWord(word: string): boolean {
  return functionWords.has(word) || (word.length === 1 && !isQuantity(word));
}

/** After one of these a title no longer says what the thing is, but what it is like, or goes with. */
const headEnders = new Set(
  (
    'a au aux avec et sur sans pour saveur saveurs gout gouts parfum parfume parfumee parfums arome aromes aromatise aromatisee aromatises facon ' +
    'fourre fourree fourres fourrees nappe nappee nappes enrobe enrobee enrobes enrobees garni garnie garnis accompagne accompagnee sauce ' +
    'with and flavour flavoured'
  ).split(' '),
);

/** Does the head of a title end before this word? */
export function endsHead(word: string): boolean {
  return headEnders.has(word);
}

const leaders = new Set('le la les l un une des du de d mon ma mes nos notre x the'.split(' '));

/** Words a title may begin with before it says what the thing is: articles and counts. */
export function isLeader(word: string): boolean {
  return (leaders.has(word) && word !== 'the') || isQuantity(word) || /^x\d/.test(word);
}
