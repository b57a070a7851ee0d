import { familyNamed } from './families';
import { glyphNamed } from './glyphs';

const CELL = 20;
const COLUMNS = 4;
const ROWS = 5;
const WIDTH = COLUMNS * CELL;
const HEIGHT = ROWS * CELL;
const CENTRE_X = WIDTH / 2;
const CENTRE_Y = HEIGHT * 0.54;
const RADIUS = WIDTH * 0.3;

/** One figure in a 20 × 20 cell. */
const motifs = [
  (fill: string) => `<path d="M0 0h20A20 20 0 0 1 0 20z" fill="${fill}"/>`, // quarter disc
  (fill: string) => `<path d="M0 20A20 20 0 0 1 20 0A20 20 0 0 1 0 20z" fill="${fill}"/>`, // leaf
  (fill: string) => `<path d="M0 0h20L0 20z" fill="${fill}"/>`, // half square
  (fill: string) => `<path d="M10 0 20 10 10 20 0 10z" fill="${fill}"/>`, // diamond
  (fill: string) => `<path d="M0 0a10 10 0 0 0 20 0z" fill="${fill}"/>`, // scallop
  (fill: string) => `<path d="M0 0h20v5H5v15H0z" fill="${fill}"/>`, // corner
  (fill: string) => `<path d="M0 0h6v20H0zM13 0h4v20h-4z" fill="${fill}"/>`, // stripes
  (fill: string) => `<circle cx="10" cy="10" r="6" fill="${fill}"/>`, // dot
  (fill: string) => `<path d="M0 20A20 20 0 0 1 20 0v7A13 13 0 0 0 7 20z" fill="${fill}"/>`, // ring
] as const;

/** FNV-1a over code points: spreads ids that differ in one letter. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash ^= character.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash >>> 0;
}

/** A few of the hash's bits for the `position`-th choice. */
function bits(hash: number, position: number, mask: number): number {
  return (((hash >>> (position % 29)) ^ Math.imul(hash, position * 2 + 3)) >>> 7) & mask;
}

const mirrored = (index: number, count: number) => (index < Math.ceil(count / 2) ? index : count - 1 - index);

function cells(hash: number, figures: readonly [string, string]): string {
  const half = COLUMNS / 2;
  let drawn = '';
  for (let y = 0; y < ROWS; y += 1) {
    for (let x = 0; x < COLUMNS; x += 1) {
      const place = mirrored(x, COLUMNS) + mirrored(y, ROWS) * half;
      const motif = motifs[bits(hash, place * 3 + 1, 255) % motifs.length] ?? motifs[0];
      const turn = bits(hash, place * 2 + 5, 3) * 90;
      const fill = figures[(place + bits(hash, 2, 1)) % 2] ?? figures[0];
      const flip = `${x < half ? 1 : -1} ${y < Math.ceil(ROWS / 2) ? 1 : -1}`;
      drawn += `<g transform="translate(${x * CELL + 10} ${y * CELL + 10}) scale(${flip}) rotate(${turn}) translate(-10 -10)">${motif(fill)}</g>`;
    }
  }
  return drawn;
}

function grout(colour: string): string {
  const lines: string[] = [];
  for (let x = 1; x < COLUMNS; x += 1) lines.push(`M${x * CELL} 0v${HEIGHT}`);
  for (let y = 1; y < ROWS; y += 1) lines.push(`M0 ${y * CELL}h${WIDTH}`);
  return `<path d="${lines.join('')}" stroke="${colour}" stroke-width=".7"/>`;
}

export type FaienceSubject = { readonly seed: string; readonly family: string; readonly glyph: string };

/**
 * The tile of a product: a kaleidoscope of figures in its department's colours round a medallion with the drawing of its kind.
 *
 * Guarantees: the same subject gives the same tile on every machine and for ever (this is version 1: a change of look is
 *   a new version beside it). The text in the result never comes from `seed`, so nothing of it needs escaping.
 * The letter for a kind without drawing is laid over by `Faience`, because a picture cannot use the page's typeface.
 */
export function faienceSvg({ seed, family, glyph }: FaienceSubject): string {
  const hash = fnv1a(seed);
  const [ground, one, other, medallion, drawing] = familyNamed(family).map((colour) => `oklch(${colour})`);
  const figures: readonly [string, string] = bits(hash, 3, 1) === 1 ? [one ?? '', other ?? ''] : [other ?? '', one ?? ''];
  const lines = glyphNamed(glyph);
  const inside =
    lines === undefined
      ? ''
      : `<g transform="translate(${CENTRE_X - 15.6} ${CENTRE_Y - 15.6}) scale(1.3)" fill="none" stroke="${drawing}" stroke-width="1.35" stroke-linecap="round" stroke-linejoin="round">${lines}</g>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="xMidYMid slice">` +
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${ground}"/>${cells(hash, figures)}${grout(ground ?? '')}` +
    `<circle cx="${CENTRE_X}" cy="${CENTRE_Y}" r="${RADIUS + 2.2}" fill="${ground}"/>` +
    `<circle cx="${CENTRE_X}" cy="${CENTRE_Y}" r="${RADIUS}" fill="${medallion}" stroke="${one}" stroke-width=".9"/>${inside}</svg>`
  );
}
