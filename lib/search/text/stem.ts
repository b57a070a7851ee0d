/** Feminine forms that no ending tells. Folded, singular. */
const irregular: Readonly<Record<string, string>> = {
  blanche: 'blanc',
  fraiche: 'frai',
  seche: 'sec',
  franche: 'franc',
  douce: 'doux',
  rousse: 'roux',
  fausse: 'faux',
  grasse: 'gras',
  bas: 'basse',
  grosse: 'gros',
  epaisse: 'epais',
  vieille: 'vieux',
  nouvelle: 'nouveau',
  belle: 'beau',
  bonne: 'bon',
  longue: 'long',
  yeux: 'oeil',
  doux: 'doux',
  gras: 'gras',
  gros: 'gros',
  epais: 'epais',
  frais: 'frai',
  roux: 'roux',
  vieux: 'vieux',
};

const endings: readonly (readonly [RegExp, string])[] = [
  [/eaux$/, 'eau'],
  [/([^e])aux$/, '$1al'],
  [/(..)euses?$/, '$1eux'],
  [/(..[^n])ives?$/, '$1if'],
  [/(..[aeio])nnes?$/, '$1n'],
  [/(..)elles?$/, '$1el'],
  [/(..)ieres?$/, '$1ier'],
  [/(..)cheres?$/, '$1cher'],
];

const SHORTEST = 3;
const cache = new Map<string, string>();
const MOST_CACHED = 200_000;

function stemOf(word: string): string {
  if (word.length <= SHORTEST || !/^[a-z]+$/.test(word)) return word;
  const singular = irregular[word] ? word : word.replace(/([a-z]{3})[sx]$/, '$1');
  const known = irregular[word] ?? irregular[singular];
  if (known !== undefined) return known;
  for (const [ending, instead] of endings) if (ending.test(word)) return word.replace(ending, instead);
  const bare = singular.replace(/ies$/, 'y').replace(/(...)e+$/, '$1');
  return bare.length >= SHORTEST ? bare : singular;
}

/**
 * Light stem of a folded word: plural, feminine and past participle endings come off, so that `grillées` finds `grillé` and
 * `minéraux` finds `minérale`. Deliberately weak: `noisette` is not `noix`. English plurals mostly come with it.
 */
export function stem(word: string): string {
  const known = cache.get(word);
  if (known !== undefined) return known;
  const made = stemOf(word);
  if (cache.size >= MOST_CACHED) cache.clear();
  cache.set(word, made);
  return made;
}
