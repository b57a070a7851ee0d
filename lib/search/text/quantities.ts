/** What one unit is worth in the smallest unit of its kind: grams, millilitres, millimetres. */
const units: Readonly<Record<string, readonly [number, 'g' | 'ml' | 'mm']>> = {
  kg: [1000, 'g'],
  kgs: [1000, 'g'],
  kilo: [1000, 'g'],
  kilos: [1000, 'g'],
  kilogramme: [1000, 'g'],
  kilogrammes: [1000, 'g'],
  g: [1, 'g'],
  gr: [1, 'g'],
  grs: [1, 'g'],
  gramme: [1, 'g'],
  grammes: [1, 'g'],
  mg: [0.001, 'g'],
  l: [1000, 'ml'],
  litre: [1000, 'ml'],
  litres: [1000, 'ml'],
  liter: [1000, 'ml'],
  dl: [100, 'ml'],
  cl: [10, 'ml'],
  ml: [1, 'ml'],
  m: [1000, 'mm'],
  metre: [1000, 'mm'],
  metres: [1000, 'mm'],
  cm: [10, 'mm'],
  mm: [1, 'mm'],
};

const UNIT = Object.keys(units)
  .toSorted((a, b) => b.length - a.length)
  .join('|');
const PACK = new RegExp(`(\\d+)\\s*[x*×]\\s*(\\d+(?:\\.\\d+)?)\\s*(${UNIT})(?![a-z0-9])`, 'g');
const AMOUNT = new RegExp(`(?<![\\d.a-z/])(\\d+(?:\\.\\d+)?)\\s*(${UNIT})(?![a-z0-9])`, 'g');
const FRACTION = new RegExp(`(?<![\\d.])(\\d)\\s*[/⁄]\\s*(\\d)(?=\\s*(?:de\\s+)?(?:${UNIT})(?![a-z0-9]))`, 'g');

function spelt(count: string, unit: string): string {
  const [worth, base] = units[unit] ?? [1, 'g'];
  return `${Math.round(Number(count) * worth * 1000) / 1000}${base}`;
}

const written: Readonly<Record<string, string>> = { '½': '1/2', '¼': '1/4', '¾': '3/4', '⅓': '1/3', '⅔': '2/3' };

/**
 * Writes the quantities of a folded text one way: `1,5 l` and `150 cl` as `1500ml`, `1/2 l` as `500ml`, `6 x 1,5 l` as `6x 6x1500ml 1500ml`,
 * `x6` as `6x`, `70 %` as `70%`. Everything else stays as it is.
 */
export function quantitiesSpelt(text: string): string {
  if (!/[\d½¼¾⅓⅔]/.test(text)) return text;
  return text
    .replace(/[½¼¾⅓⅔]/g, (sign) => ` ${written[sign] ?? ''} `)
    .replace(/(\d),(?=\d)/g, '$1.')
    .replace(/(\d)\s*%/g, '$1% ')
    .replace(FRACTION, (_, part: string, whole: string) => String(Number(part) / Number(whole)))
    .replace(/(\d)\s+de\s+(?=litre|kilo)/g, '$1 ')
    .replace(PACK, (_, count: string, amount: string, unit: string) => ` ${count}x ${count}x${spelt(amount, unit)} ${spelt(amount, unit)} `)
    .replace(AMOUNT, (_, amount: string, unit: string) => ` ${spelt(amount, unit)} `)
    .replace(/(?<![\da-z])x\s*(\d{1,3})(?![\d.a-z%])/g, ' $1x ')
    .replace(/(?<![\da-z.])(\d{1,3})\s*x(?![\da-z])/g, ' $1x ');
}
