/**
 * Cleaning of product names typed by the public (Open Food Facts): what a French shop would not print on a shelf label is dropped
 * rather than mended, because there are many more names than we need.
 */

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: ' ',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ecirc: 'ê',
  acirc: 'â',
  ccedil: 'ç',
  ocirc: 'ô',
  icirc: 'î',
  ucirc: 'û',
  oelig: 'œ',
  euml: 'ë',
  iuml: 'ï',
  ugrave: 'ù',
  deg: '°',
  rsquo: '’',
  laquo: '«',
  raquo: '»',
};

/** Entities are sometimes encoded twice over, so decoding is repeated until nothing changes. */
export function decodeEntities(text: string): string {
  let before = '';
  let after = text;
  for (let round = 0; round < 3 && before !== after; round += 1) {
    before = after;
    after = before
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
      .replace(/&([a-z]+);/gi, (whole, name: string) => entities[name.toLowerCase()] ?? whole);
  }
  return after;
}

export function foldAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/œ/g, 'oe').replace(/Œ/g, 'Oe').replace(/æ/g, 'ae');
}

/** Lower-case words of letters only, accents kept; "d'olive" gives "d" and "olive". */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}

/** White space collapsed, brackets and packaging noise removed, straight apostrophes turned into typographic ones. */
export function tidy(raw: string): string {
  return decodeEntities(raw)
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\u0000-\u001f\u00a0\u2028\u2029]/g, ' ')
    .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .replace(/[®™©*"“”«»]/g, ' ')
    .replace(/[‘’´`']/g, '’')
    .replace(/\s+([,.])/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/[\s,.;:!–+/&-]+$/u, '')
    .trim();
}

export type NetQuantity = { readonly amount: number; readonly unit: 'g' | 'ml' };

const unitFactors: Readonly<Record<string, readonly [number, 'g' | 'ml']>> = {
  kg: [1000, 'g'],
  g: [1, 'g'],
  gr: [1, 'g'],
  grs: [1, 'g'],
  grammes: [1, 'g'],
  l: [1000, 'ml'],
  litre: [1000, 'ml'],
  litres: [1000, 'ml'],
  cl: [10, 'ml'],
  ml: [1, 'ml'],
};
const quantityPattern =
  /(?:^|[\s,–-])(?:(\d{1,2})\s?[x×*]\s?)?(\d{1,4}(?:[.,]\d{1,3})?)\s?(kg|grammes|grs|gr|g|litres?|cl|ml|l)(?![\p{L}\d])/iu;

/** Takes "6 x 33 cl" or "320g" out of a name. Whole grams and millilitres; undefined when none or absurd. */
export function splitNetQuantity(name: string): { readonly name: string; readonly net?: NetQuantity } {
  const found = quantityPattern.exec(name);
  if (!found) return { name };
  const [whole, packs, size, unitText] = found;
  const unit = unitFactors[(unitText ?? '').toLowerCase()];
  const rest = tidy(name.replace(whole, ' ').replace(/\s+(?:de|d’|x|le|lot|pack|sachet|bouteille|boîte|pot)\s*$/iu, ''));
  if (!unit || !size) return { name: rest };
  const amount = Math.round(Number(packs ?? 1) * Number(size.replace(',', '.')) * unit[0]);
  return amount >= 5 && amount <= 10_000 ? { name: rest, net: { amount, unit: unit[1] } } : { name: rest };
}

/** True for EAN-13 and EAN-8 with a right check digit. */
export function hasValidCheckDigit(code: string): boolean {
  if (!/^(\d{8}|\d{13})$/.test(code)) return false;
  const digits = [...code].map(Number);
  const check = digits.pop();
  const sum = digits.reverse().reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === check;
}
