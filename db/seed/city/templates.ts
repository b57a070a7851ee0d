import type { Chance } from './chance';

/** One product made from a template: its title, how far along an ascending choice ("3 tasses" before "6 tasses") it is, and its own price. */
export type Expanded = { readonly title: string; readonly size: number | undefined; readonly priceEuros: number | undefined };

const choicePattern = /\{(\+?)([^}]*)\}/g;

/**
 * Writes out "Marteau {rivoir/arrache-clou}, {+200 g/500 g}": one title for each combination. A choice that begins with + ascends, and
 * says which of its steps was taken, from 0 to 1; `Rabot~44.9` gives a choice a price of its own.
 */
export function expand(template: string): readonly Expanded[] {
  let made: readonly Expanded[] = [{ title: '', size: undefined, priceEuros: undefined }];
  let from = 0;
  for (const found of template.matchAll(choicePattern)) {
    const [whole, ascending, list = ''] = found;
    const fixed = template.slice(from, found.index);
    const choices = list.split('/');
    made = made.flatMap(({ title, size, priceEuros }) =>
      choices.map((choice, at) => {
        const [words = '', euros] = choice.split('~');
        return {
          title: title + fixed + words,
          size: ascending === '+' ? at / Math.max(1, choices.length - 1) : size,
          priceEuros: euros === undefined ? priceEuros : Number(euros),
        };
      }),
    );
    from = found.index + whole.length;
  }
  return made.map((one) => ({ ...one, title: one.title + template.slice(from) }));
}

/** A template whose choices are drawn once each: for the short text under a title. */
export function draw(template: string, chance: Chance): string {
  return template.replace(choicePattern, (_whole, _plus, list: string) => chance.pick(list.split('/')));
}

/** At most `most` of the items, chosen by chance, in their order. */
export function sample<T>(items: readonly T[], most: number, chance: Chance): readonly T[] {
  if (items.length <= most) return items;
  const ranked = items.map((_, at) => ({ at, rank: chance.next() })).toSorted((a, b) => a.rank - b.rank);
  const kept = new Set(ranked.slice(0, most).map(({ at }) => at));
  return items.filter((_, at) => kept.has(at));
}
