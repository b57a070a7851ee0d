import { lucideGlyphs } from './lucide-glyphs';

/** 24 × 24 line drawings of our own, for things no icon set has. */
const ownGlyphs = {
  moka: '<path d="M8 13h8l1.5 8h-11z"/><path d="M8 13 7 6h10l-1 7"/><path d="M10 6V4h4v2"/><path d="M7.2 8 4 7v1.5l3.6 2"/><path d="M17 8h3v6l-2.4 1"/>',
  tasse: '<path d="M4 9h13v6a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5z"/><path d="M17 11h1.5a2.5 2.5 0 0 1 0 5H17"/><path d="M8 3v2.5M12 3v2.5"/>',
  sac: '<path d="M7 4h10l-1 3 2 4v10H6V11l2-4z"/><path d="M8 7h8"/><circle cx="12" cy="14.5" r="2.6"/>',
  moulin:
    '<path d="M6 13h12v8H6z"/><path d="M7 13a5 5 0 0 1 10 0"/><path d="M12 8V4h5"/><circle cx="18.5" cy="4" r="1.5"/><path d="M10 17h4"/>',
  joint: '<circle cx="12" cy="12" r="8"/><circle cx="12" cy="12" r="4.5"/><path d="M12 4v3.5M12 16.5V20"/>',
  livre: '<path d="M5 4h9a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3z"/><path d="M5 17a3 3 0 0 1 3-3h9"/><path d="M9 8h4"/>',
  bouilloire: '<path d="M6 20h12l1-8a6 6 0 0 0-6-6h-2a6 6 0 0 0-6 6z"/><path d="M8 6a4 4 0 0 1 8 0"/><path d="m5.4 13-3-3"/>',
  savon:
    '<rect x="4" y="9" width="16" height="10" rx="4"/><path d="M8 14h8"/><circle cx="9" cy="5" r="1.5"/><circle cx="14" cy="4" r="1"/>',
  plante:
    '<path d="M7 14h10l-1.3 7H8.3z"/><path d="M12 14V9"/><path d="M12 9c0-3 2-5 5-5 0 3-2 5-5 5zM12 11c0-2.4-1.8-4-4.6-4 0 2.4 1.8 4 4.6 4z"/>',
  fromage:
    '<path d="M3 15 14 5c4 0 7 4 7 8v2z"/><path d="M3 15h18v4H3z"/><circle cx="13" cy="11.5" r="1.2"/><circle cx="16.5" cy="17" r=".9"/><path d="M7 19a2 2 0 0 1 4 0"/>',
  robe: '<path d="M9 3v3l-1 4 1 2-4 8h14l-4-8 1-2-1-4V3"/><path d="M9 5c1 2 5 2 6 0"/><path d="M9 12h6"/>',
  pantalon: '<path d="M7 3h10l2 18h-5l-2-12-2 12H5z"/><path d="M7 6.500h10"/>',
  chaussure:
    '<path d="M3 7v11h18v-2c0-3-6-2.500-9-7.500L10.500 7 8 9 3 7z"/><path d="M3 15h18"/><path d="m12 10.500 1.500-1M13.800 12.500l1.400-1.200"/>',
  chapeau: '<path d="M7 15V9a5 5 0 0 1 10 0v6"/><path d="M2.500 15.500c5-1 14-1 19 0-3 3-16 3-19 0z"/><path d="M7 12.500h10"/>',
  huile: '<path d="M10 3h4v4l2 3v11H8V10l2-3z"/><path d="M10 5.500h4"/><path d="M8 13h8v5H8z"/>',
  bouteille: '<path d="M10 2.500h4V7l2.500 4v10.500h-9V11L10 7z"/><path d="M7.500 13.500h9"/><path d="M7.500 18h9"/>',
  conserve:
    '<path d="M6 6v12c0 1.700 2.700 3 6 3s6-1.300 6-3V6"/><ellipse cx="12" cy="6" rx="6" ry="2.500"/><path d="M6 10.500c1 1.400 3.300 2 6 2s5-.6 6-2M6 15.500c1 1.400 3.300 2 6 2s5-.6 6-2"/>',
  coussin:
    '<path d="M5 5c4 1.500 10 1.500 14 0-1.500 4-1.500 10 0 14-4-1.500-10-1.500-14 0 1.500-4 1.500-10 0-14z"/><circle cx="12" cy="12" r="1"/>',
  couteau: '<path d="M3 15 15 3c4 1 6 4 6 7L12 17z"/><path d="m9 14-5.500 5.500a1.400 1.400 0 0 0 2 2L11 16"/>',
  miel: '<path d="M7 4h10v3H7z"/><path d="M7 7c-2 1.500-2 3-2 5v6a3 3 0 0 0 3 3h8a3 3 0 0 0 3-3v-6c0-2 0-3.500-2-5"/><path d="m12 11 3 1.700v3.500L12 18l-3-1.800v-3.500z"/>',
} as const;

const all: Readonly<Record<string, string>> = { ...lucideGlyphs, ...ownGlyphs };

/** The drawing for a kind of product; `undefined` for a name we have no drawing for (the tile then shows a letter). */
export function glyphNamed(name: string): string | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined;
}
