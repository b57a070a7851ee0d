/** Colours of a department's tiles: ground, two figures, medallion, drawing. OKLCH triplets; never changed, tiles are for ever. */
export type Family = readonly [ground: string, figure: string, otherFigure: string, medallion: string, drawing: string];

const families: Readonly<Record<string, Family>> = {
  cuisine: ['0.925 0.040 80', '0.620 0.135 42', '0.800 0.105 82', '0.985 0.012 88', '0.400 0.110 40'],
  cafe: ['0.905 0.034 70', '0.440 0.070 52', '0.735 0.105 68', '0.975 0.018 80', '0.340 0.060 52'],
  livres: ['0.930 0.024 250', '0.450 0.120 257', '0.775 0.075 240', '0.985 0.010 250', '0.360 0.120 257'],
  mode: ['0.925 0.026 350', '0.520 0.130 5', '0.800 0.080 20', '0.985 0.010 20', '0.400 0.120 5'],
  maison: ['0.930 0.028 163', '0.470 0.090 163', '0.790 0.085 150', '0.985 0.012 150', '0.370 0.080 163'],
  jardin: ['0.935 0.045 125', '0.520 0.120 140', '0.815 0.130 118', '0.985 0.020 120', '0.380 0.090 145'],
  jouets: ['0.945 0.050 92', '0.610 0.170 32', '0.700 0.110 235', '0.990 0.012 92', '0.400 0.130 262'],
  epicerie: ['0.940 0.050 92', '0.560 0.140 60', '0.830 0.135 88', '0.988 0.020 92', '0.400 0.095 62'],
  fromage: ['0.950 0.055 98', '0.700 0.130 80', '0.880 0.105 95', '0.992 0.016 95', '0.420 0.090 75'],
  sport: ['0.930 0.026 220', '0.500 0.100 232', '0.800 0.095 195', '0.985 0.010 220', '0.370 0.095 240'],
  beaute: ['0.935 0.024 20', '0.640 0.110 18', '0.830 0.060 60', '0.988 0.010 30', '0.430 0.100 18'],
  musique: ['0.920 0.020 270', '0.370 0.080 268', '0.760 0.105 72', '0.982 0.010 270', '0.320 0.090 268'],
};

const fallback: Family = ['0.930 0.028 163', '0.470 0.090 163', '0.790 0.085 150', '0.985 0.012 150', '0.370 0.080 163'];

/** Names of the twelve colour families. */
export const familyNames = Object.keys(families);

/** The colours of a family; the household one for a name we do not know. */
export function familyNamed(name: string): Family {
  return (Object.hasOwn(families, name) ? families[name] : undefined) ?? fallback;
}
