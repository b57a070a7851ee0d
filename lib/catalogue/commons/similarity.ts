/** What two sheets have to compare. */
type ComparedThing = { readonly title: string; readonly brand: string | undefined };

/** English "the" is not among them: without its accent "thé" is written the same, and tea is what a thing is. */
const fillers = new Set('de du des la le les a au aux en pour par sur avec sans et of for in with and d l un une x lot pack'.split(' '));

type Words = { readonly words: ReadonlySet<string>; readonly figures: ReadonlySet<string> };

/** Words without accents, plurals or fillers; figures with their unit ("75 cl", "0,75 l" and "750 ml" are one). */
function wordsOf({ title, brand }: ComparedThing): Words {
  const folded = `${title} ${brand ?? ''}`.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/œ/gi, 'oe').toLowerCase();
  const figures = new Set<string>();
  const rest = folded.replaceAll(/(\d+(?:[.,]\d+)?)\s*([a-z%]*)/g, (_, digits: string, unit: string) => {
    figures.add(measure(Number(digits.replace(',', '.')), unit));
    return ` ${measured.has(unit) ? '' : unit} `;
  });
  const words = rest.split(/[^a-z]+/).filter((word) => word.length > 1 && !fillers.has(word));
  return { words: new Set(words.map((word) => word.replace(/(?:es|e|s|x)$/, ''))), figures };
}

const measured: ReadonlyMap<string, readonly [number, string]> = new Map([
  ['kg', [1_000, 'g']],
  ['g', [1, 'g']],
  ['gr', [1, 'g']],
  ['l', [1_000, 'ml']],
  ['dl', [100, 'ml']],
  ['cl', [10, 'ml']],
  ['ml', [1, 'ml']],
  ['m', [1_000, 'mm']],
  ['cm', [10, 'mm']],
  ['mm', [1, 'mm']],
  ['%', [1, '%']],
]);

function measure(value: number, unit: string): string {
  const known = measured.get(unit);
  return known === undefined ? String(value) : `${Math.round(value * known[0])}${known[1]}`;
}

const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => [...a].filter((word) => b.has(word)).length;

/**
 * How much two sheets seem to speak of the same thing.
 *
 * Units: basis points, 10 000 where both say the same words. Guarantees: symmetric; order of words, accents, plurals and the way a content is
 *   written do not matter; two that give different figures (sizes, contents, numbers) are never alike, because those are two articles.
 * Source: Dice's coefficient over word sets.
 */
export function likenessBps(a: ComparedThing, b: ComparedThing): number {
  const [one, other] = [wordsOf(a), wordsOf(b)];
  if (one.figures.size > 0 && other.figures.size > 0) {
    const common = shared(one.figures, other.figures);
    if (common < Math.max(one.figures.size, other.figures.size)) return 0;
  }
  const all = one.words.size + other.words.size;
  return all === 0 ? 0 : Math.round((20_000 * shared(one.words, other.words)) / all);
}

/** Words that two things of different kinds share every day; stems, as `wordsOf` makes them. */
const weak = new Set(
  'bio nature natural naturel extra fin pur noir blanc vert roug brun cru entier doux sec frai gros petit grand nouveau maison artisanal traditionnel ancienn premium origin franc francais saveur gout mini maxi family kg'.split(
    ' ',
  ),
);

/** Whether both say enough to contradict each other: several words each, or one each. */
const areComparable = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => (a.size > 1 && b.size > 1) || (a.size === 1 && b.size === 1); // prettier-ignore

/**
 * Whether two sheets under one bar code speak of two things: they share no word that tells what a thing is. One word beside many contradicts
 * nothing ("Nutella" is a "pâte à tartiner"); two single words do ("Bresaola", "Speck").
 */
export function contradict(a: ComparedThing, b: ComparedThing): boolean {
  const [one, other] = [wordsOf({ ...a, brand: undefined }).words, wordsOf({ ...b, brand: undefined }).words];
  if (!areComparable(one, other)) return false;
  const [telling, others] = [tellingOf(one), tellingOf(other)];
  if (telling.size === 0 || others.size === 0) return shared(one, other) === 0;
  return shared(telling, others) === 0 && !abbreviates(telling, others);
}

const tellingOf = (words: ReadonlySet<string>): ReadonlySet<string> => new Set([...words].filter((word) => !weak.has(word)));

/** Tills shorten: "CONF FRAIS" is "confiture de fraises". */
function abbreviates(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const begins = (word: string, words: ReadonlySet<string>): boolean =>
    [...words].some((longer) => longer.startsWith(word) || word.startsWith(longer));
  return [...a].some((word) => word.length > 2 && begins(word, b));
}
