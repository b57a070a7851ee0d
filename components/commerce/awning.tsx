import type { CSSProperties, ReactNode } from 'react';

const cream = 'oklch(.925 .024 86)';
const honey = 'oklch(.9 .1 92)';

/** Twelve awnings: grenat, sapin, encre, ocre, prune, canard, olive, brique, ardoise, cassis, lagon, cacao. */
const stripes: readonly (readonly [first: string, second: string])[] = [
  ['oklch(.5 .15 30)', cream],
  ['oklch(.415 .086 163)', cream],
  ['oklch(.43 .125 257)', honey],
  ['oklch(.56 .115 70)', cream],
  ['oklch(.42 .11 350)', cream],
  ['oklch(.48 .08 215)', honey],
  ['oklch(.52 .1 125)', cream],
  ['oklch(.56 .15 42)', honey],
  ['oklch(.4 .03 240)', cream],
  ['oklch(.36 .1 300)', honey],
  ['oklch(.54 .09 190)', cream],
  ['oklch(.42 .07 55)', honey],
];

/** Gives each shop on a page its own awning: the one it chose, or the next that is free. */
export function distinctAwnings(wanted: readonly number[]): readonly number[] {
  const taken = new Set<number>();
  return wanted.map((awning) => {
    let chosen = awning % stripes.length;
    for (let tries = 0; tries < stripes.length && taken.has(chosen); tries += 1) chosen = (chosen + 1) % stripes.length;
    taken.add(chosen);
    return chosen;
  });
}

/** The striped awning of a shop; decoration beside its name. */
export function Awning({ awning, unrolls = false }: { awning: number; unrolls?: boolean }) {
  const [first, second] = stripes[awning % stripes.length] ?? ['oklch(.5 .15 30)', cream];
  const colours: CSSProperties & Record<'--a' | '--b', string> = { '--a': first, '--b': second };
  return <span className={unrolls ? 'store-banne unroll' : 'store-banne'} aria-hidden="true" style={colours} />;
}

/** Blue enamel, for a city or a street and nothing else. */
export function Plaque({ children }: { children: ReactNode }) {
  return <span className="plaque">{children}</span>;
}
