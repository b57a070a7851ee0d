import type { CategoryId } from '@/lib/kernel';

/** Node of the tree as a suggestion needs it. */
export type CategoryWords = {
  readonly id: CategoryId;
  readonly parentId: CategoryId | null;
  readonly slug: string;
  readonly words: string;
};

/** A leaf of our tree with how sure it is, 0 to 1. */
export type CategorySuggestion = { readonly categoryId: CategoryId; readonly confidence: number };

const stopWords = new Set(
  'et de du des la le les a au aux en pour par sur avec sans the and of for in with d l un une bio nature lot pieces piece maxi mini assortiment extra'.split(
    ' ',
  ),
);

/** How much less each later word says, how much words beside the most telling one add, how much less words of many leaves say. */
const LATER = 1;
const BESIDE = 0.35;
const COMMON = 0.05;

/** A word between two spaces, without accents, plural signs or fillers: none, one, or several where signs join them. */
function stemsOfWord(text: string): readonly string[] {
  const folded = text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/œ/gi, 'oe').toLowerCase();
  return folded
    .split(/[^a-z]+/)
    .filter((word) => word.length > 2 && !stopWords.has(word))
    .map((word) => word.replace(/(?:eaux|aux)$/, 'al').replace(/(?:es|s|x|e)$/, ''));
}

/** A catalogue of a hundred thousand titles has a few thousand words: what each comes to is remembered for as long as its suggester is. */
function rememberedStems(): (text: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  const stemsOf = (word: string): readonly string[] => {
    const met = known.get(word);
    if (met !== undefined) return met;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const stems = stemsOfWord(word);
    known.set(word, stems);
    return stems;
  };
  return (text) => text.split(' ').flatMap(stemsOf);
}

const MOST_REMEMBERED = 20_000;

/**
 * Makes a suggester out of the tree: a leaf scores for each of its own words in a title or in the shop's own name of the department, less
 * for words of its parent; rare words count more. Units: confidence 0 (a guess) to 1.
 */
export function categorySuggester(
  categories: readonly CategoryWords[],
): (title: string, ownCategory: string) => CategorySuggestion | undefined {
  const stems = rememberedStems();
  const parents = new Set(categories.map(({ parentId }) => parentId));
  const byId = new Map(categories.map((category) => [category.id, category]));
  const leaves = categories.filter(({ id }) => !parents.has(id));
  const index = new Map<string, { readonly leaf: CategoryWords; readonly weight: number }[]>();
  for (const leaf of leaves) {
    const above = leaf.parentId === null ? undefined : byId.get(leaf.parentId);
    const weights = new Map<string, number>();
    for (const word of stems(above?.words ?? '')) weights.set(word, 0.3);
    for (const word of stems(`${leaf.words} ${leaf.slug}`)) weights.set(word, 1);
    for (const [word, weight] of weights) index.set(word, [...(index.get(word) ?? []), { leaf, weight }]);
  }
  return (title, ownCategory) => {
    const scores = new Map<CategoryWords, { best: number; all: number }>();
    const add = (text: string, factor: number): void => {
      for (const [place, word] of stems(text).slice(0, 20).entries()) {
        const hits = index.get(word) ?? [];
        // Names begin with what a thing is: "Confiture de fraises et cerises" is a jam before it is twice a fruit.
        for (const { leaf, weight } of hits) {
          const gain = (factor * weight) / (1 + LATER * place) / (1 + COMMON * hits.length);
          const soFar = scores.get(leaf) ?? { best: 0, all: 0 };
          scores.set(leaf, { best: Math.max(soFar.best, gain), all: soFar.all + gain });
        }
      }
    };
    add(title, 1);
    for (const part of ownCategory.split(/[>/,]/).toReversed().slice(0, 3)) add(part, 1.5);
    const total = [...scores].map(([leaf, { best, all }]) => [leaf, best + BESIDE * (all - best)] as const);
    const [first, second] = total.toSorted(([, a], [, b]) => b - a);
    if (first === undefined) return undefined;
    const [leaf, score] = first;
    const lead = score / (score + (second?.[1] ?? 0));
    return { categoryId: leaf.id, confidence: Math.min(1, score) * lead };
  };
}
