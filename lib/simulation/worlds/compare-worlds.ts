import type { City } from '@/db/seed';
import { buildCity } from '@/db/seed';
import type { Instant } from '@/lib/kernel';
import { instant } from '@/lib/kernel';
import { live } from './live';
import type { Parameters } from './parameters';
import { usualParameters } from './parameters';
import type { WorldName } from './choose';
import type { Estimate, Measure, Measures } from './tally';
import { estimate } from './tally';
import type { Town } from './town';
import { buildTown } from './town';

export type SimulationWish = {
  readonly seed: number;
  readonly days: number;
  readonly shops: number;
  readonly runs: number;
  /** Also change one assumption at a time. */
  readonly sweeps: boolean;
  /** No run is begun after this moment (milliseconds of `performance.now`); what is done by then is the answer. */
  readonly until: number;
  readonly onProgress: (text: string) => void;
};

/** A change of our world against another, run by run on the same demand; and what a trade article claims for it, which nobody has verified. */
export type Compared = {
  readonly measure: Measure;
  readonly against: WorldName;
  readonly change: Estimate;
  readonly claimed?: number;
};

export type SweepPoint = {
  readonly changed: string;
  readonly runs: number;
  readonly stockOutsAgainstIsolated: Estimate;
  readonly stockOutsAgainstNearest: Estimate;
  /** Ours: of refused lines another shop could serve, and of those that were rescued, what was carried there within a network. */
  readonly rescued: Estimate;
  readonly rescuedByCarrying: Estimate;
};

export type Simulation = {
  readonly runs: number;
  readonly worlds: Readonly<Record<WorldName, Readonly<Record<Measure, Estimate>>>>;
  readonly compared: readonly Compared[];
  readonly sweep: readonly SweepPoint[];
  readonly parameters: Parameters;
};

/** A Monday at midnight, Paris time, in a month without a change of the clocks. */
const monday: Instant = instant(Date.UTC(2026, 4, 31, 22));

/** Figures a trade article states for federated shops; printed beside ours, labelled as unverified. */
const claimed = { perceivedStockOuts: -0.41, costPerOrderMinor: -0.18, basketMinor: 0.27 } as const;

/**
 * Lives the same city through in three worlds, run after run with other shoppers, and compares them run by run (common random numbers).
 *
 * Guarantees: the same wish gives the same answer as long as time suffices; no database is touched; the engine and the rules are those
 * of the site. Units: shares, cents, minutes; changes are relative.
 */
export function compareWorlds(wish: SimulationWish): Simulation {
  const city = buildCity(String(wish.seed));
  const town = buildTown(city, { seed: String(wish.seed), shops: wish.shops }, usualParameters);
  const done: Readonly<Record<WorldName, Measures>>[] = [];
  for (let run = 0; run < wish.runs && (run === 0 || performance.now() < wish.until); run += 1) {
    done.push(liveAll(wish, town, { run, parameters: usualParameters }));
    wish.onProgress(`run ${run + 1} of ${wish.runs}`);
  }
  const worlds = { isolated: estimatesOf(done, 'isolated'), nearest: estimatesOf(done, 'nearest'), ours: estimatesOf(done, 'ours') };
  return {
    runs: done.length,
    worlds,
    compared: comparisons(done),
    sweep: wish.sweeps ? sweep(city, wish) : [],
    parameters: usualParameters,
  };
}

type Done = readonly Readonly<Record<WorldName, Measures>>[];

function estimatesOf(done: Done, world: WorldName): Readonly<Record<Measure, Estimate>> {
  const at = (measure: Measure) => estimate(done.map((one) => one[world][measure]));
  return {
    perceivedStockOuts: at('perceivedStockOuts'),
    hadByNobody: at('hadByNobody'),
    fill: at('fill'),
    cancelled: at('cancelled'),
    rescued: at('rescued'),
    rescuedByCarrying: at('rescuedByCarrying'),
    confirmedRight: at('confirmedRight'),
    promiseKept: at('promiseKept'),
    minutesToAccept: at('minutesToAccept'),
    costPerOrderMinor: at('costPerOrderMinor'),
    costPerLineMinor: at('costPerLineMinor'),
    handOversPerOrder: at('handOversPerOrder'),
    arrivalsPerOrder: at('arrivalsPerOrder'),
    parcelsPerOrder: at('parcelsPerOrder'),
    basketMinor: at('basketMinor'),
    unevenness: at('unevenness'),
  };
}

type Lived = { readonly run: number; readonly parameters: Parameters };

function liveAll({ seed, days }: SimulationWish, town: Town, { run, parameters }: Lived): Readonly<Record<WorldName, Measures>> {
  const one = { name: `${seed}/${run}`, town, from: monday, days, parameters };
  return { isolated: live('isolated', one), nearest: live('nearest', one), ours: live('ours', one) };
}

function changeOf(done: Done, measure: Measure, against: WorldName): Estimate {
  return estimate(done.map((one) => one.ours[measure] / one[against][measure] - 1));
}

function comparisons(done: Done): readonly Compared[] {
  const measures: readonly Measure[] = [
    'perceivedStockOuts',
    'costPerOrderMinor',
    'costPerLineMinor',
    'basketMinor',
    'fill',
    'cancelled',
    'handOversPerOrder',
    'arrivalsPerOrder',
    'unevenness',
  ];
  return (['isolated', 'nearest'] as const).flatMap((against) =>
    measures.map((measure): Compared => {
      const change = changeOf(done, measure, against);
      const article = against === 'isolated' && isClaimed(measure) ? { claimed: claimed[measure] } : {};
      return { measure, against, change, ...article };
    }),
  );
}

function isClaimed(measure: Measure): measure is keyof typeof claimed {
  return measure in claimed;
}

type Bend = { readonly changed: string; readonly parameters: Parameters; readonly shops?: number };

function bends(usual: Parameters, shops: number): readonly Bend[] {
  const silent = (times: number) => ({
    solo: { ...usual.answer.solo, silent: Math.min(0.9, usual.answer.solo.silent * times) },
    staffed: { ...usual.answer.staffed, silent: Math.min(0.9, usual.answer.staffed.silent * times) },
  });
  return [
    { changed: 'no record is wrong', parameters: { ...usual, wrongRecords: 0, unscannedShare: 0 } },
    { changed: '30 % of records are wrong', parameters: { ...usual, wrongRecords: 0.3 } },
    { changed: '90 % of records are wrong', parameters: { ...usual, wrongRecords: 0.9 } },
    { changed: 'every shop has a till that pushes (A)', parameters: { ...usual, everyGrade: 'A' } },
    { changed: 'every shop counts by hand (E)', parameters: { ...usual, everyGrade: 'E' } },
    { changed: 'nobody counts for us and nobody is asked to look', parameters: { ...usual, countedADay: 0, askedShare: 0 } },
    { changed: 'shops are silent five times as often', parameters: { ...usual, answer: silent(5) } },
    { changed: 'a patient shopper without a federation always tries a second shop', parameters: { ...usual, secondTry: 1 } },
    { changed: 'a quarter of the shops', parameters: usual, shops: Math.max(2, Math.round(shops / 4)) },
    { changed: 'the shops of a trade are one network', parameters: { ...usual, networkShare: 1 } },
    { changed: 'demand falls on few things (Zipf 1.1)', parameters: { ...usual, zipf: 1.1 } },
  ];
}

/** One assumption changed at a time, on fewer runs: where the gain grows, and where it disappears. */
function sweep(city: City, wish: SimulationWish): readonly SweepPoint[] {
  const runs = Math.max(1, Math.round(wish.runs / 6));
  const points: SweepPoint[] = [];
  for (const bend of bends(usualParameters, wish.shops)) {
    if (performance.now() > wish.until) break;
    const town = buildTown(city, { seed: String(wish.seed), shops: bend.shops ?? wish.shops }, bend.parameters);
    const done = Array.from({ length: runs }, (_, run) => liveAll(wish, town, { run, parameters: bend.parameters }));
    points.push({
      changed: bend.changed,
      runs,
      stockOutsAgainstIsolated: changeOf(done, 'perceivedStockOuts', 'isolated'),
      stockOutsAgainstNearest: changeOf(done, 'perceivedStockOuts', 'nearest'),
      rescued: estimate(done.map(({ ours }) => ours.rescued)),
      rescuedByCarrying: estimate(done.map(({ ours }) => ours.rescuedByCarrying)),
    });
    wish.onProgress(`sweep: ${bend.changed}`);
  }
  return points;
}
