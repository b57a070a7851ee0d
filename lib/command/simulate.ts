import type { Compared, Estimate, Measure, Simulation, SweepPoint } from '@/lib/simulation';
import { compareWorlds, measureNames, worldNames } from '@/lib/simulation';
import { readOptions } from './arguments';
import type { Command } from './command';
import { complain, say, sayJson } from './command';

export const simulate: Command = {
  summary: 'Lives the demo city through in three worlds (isolated shops, a federation that takes the nearest, ours) and compares them.',
  usage: [
    'Usage: npm run --silent halles -- simulate [--seed N] [--days D] [--shops 87] [--runs 30] [--minutes M] [--no-sweep] [--json]',
    '',
    '  --seed      the number the city and all demand follow from (2026)',
    '  --days      days lived through in each run (7)',
    '  --shops     how many of the demo city’s shops take part (87)',
    '  --runs      runs with other shoppers, each in all three worlds (30)',
    '  --no-sweep  leaves out the runs with one assumption changed',
    '  --minutes   no run is begun after so many minutes (20)',
    '',
    'No database is touched. The engine and the rules are the site’s own; everything else is an assumption, printed with the answer.',
    'Figures of the trade article it is compared with are unverified, and are labelled so.',
  ].join('\n'),
  run: (args) => {
    const options = readOptions(args, {
      seed: 'text',
      days: 'text',
      shops: 'text',
      runs: 'text',
      minutes: 'text',
      'no-sweep': 'switch',
      json: 'switch',
    });
    const wish = {
      seed: options.wholeNumber('seed', 2026, 0, 2_147_483_647),
      days: options.wholeNumber('days', 7, 1, 90),
      shops: options.wholeNumber('shops', 87, 2, 87),
      runs: options.wholeNumber('runs', 30, 1, 1_000),
    };
    const minutes = options.wholeNumber('minutes', 20, 1, 600);
    const startedAt = performance.now();
    const until = startedAt + minutes * 60_000;
    const simulation = compareWorlds({
      ...wish,
      sweeps: !options.has('no-sweep'),
      until,
      onProgress: (text) => complain(`simulate: ${text}`),
    });
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    if (options.has('json')) sayJson({ ...wish, ...simulation, isWhole: simulation.runs === wish.runs, seconds, interval: '90 %' });
    else tell(simulation, { ...wish, seconds });
    return Promise.resolve(0);
  },
};

const units = {
  perceivedStockOuts: 'share',
  hadByNobody: 'share',
  fill: 'share',
  cancelled: 'share',
  rescued: 'share',
  rescuedByCarrying: 'share',
  confirmedRight: 'share',
  promiseKept: 'share',
  minutesToAccept: 'count',
  costPerOrderMinor: 'money',
  costPerLineMinor: 'money',
  handOversPerOrder: 'count',
  arrivalsPerOrder: 'count',
  parcelsPerOrder: 'count',
  basketMinor: 'money',
  unevenness: 'count',
} as const satisfies Record<Measure, 'share' | 'money' | 'count'>;

function figure(value: number, unit: 'share' | 'money' | 'count'): string {
  if (Number.isNaN(value)) return '–';
  if (unit === 'share') return `${(value * 100).toFixed(1)} %`;
  return unit === 'money' ? `${(value / 100).toFixed(2)} €` : value.toFixed(2);
}

const between = ({ mean, low, high }: Estimate, unit: 'share' | 'money' | 'count') =>
  `${figure(mean, unit)} (${figure(low, unit)} to ${figure(high, unit)})`;

function tell(
  simulation: Simulation,
  about: { readonly seed: number; readonly days: number; readonly shops: number; readonly seconds: number },
): void {
  say(
    `${simulation.runs} runs of ${about.days} days, ${about.shops} shops, seed ${about.seed}, ${about.seconds} s. In brackets 90 % intervals.`,
  );
  for (const measure of measureNames) {
    say(`\n${measure}`);
    for (const world of worldNames) say(`  ${world.padEnd(10)}${between(simulation.worlds[world][measure], units[measure])}`);
  }
  say('\nOur world against the others, run by run on the same demand:');
  for (const one of simulation.compared) say(`  ${lineOf(one)}`);
  say('\nPerceived stock-outs against isolated shops, and against the nearest-first federation, one assumption changed at a time:');
  for (const point of simulation.sweep) say(`  ${sweepLineOf(point)}`);
  say(`\nAssumptions: ${JSON.stringify(simulation.parameters)}`);
}

function sweepLineOf({ changed, stockOutsAgainstIsolated, stockOutsAgainstNearest, rescuedByCarrying }: SweepPoint): string {
  const carried = rescuedByCarrying.mean > 0 ? `; of what is rescued ${between(rescuedByCarrying, 'share')} is carried to the counter` : '';
  return `${changed}: ${between(stockOutsAgainstIsolated, 'share')}; ${between(stockOutsAgainstNearest, 'share')}${carried}`;
}

function lineOf({ measure, against, change, claimed }: Compared): string {
  const beside = claimed === undefined ? '' : `; a trade article claims ${figure(claimed, 'share')} (unverified)`;
  return `${measure} against ${against}: ${between(change, 'share')}${beside}`;
}
