import { DAY, invariant } from '@/lib/kernel';

/** How a shop's figures reach us: push and reconcile, webhook and poll, poll, file, by hand. */
export const sourceGrades = ['A', 'B', 'C', 'D', 'E'] as const;
export type SourceGrade = (typeof sourceGrades)[number];

/** What a source of a grade is believed before anything is known, as found and missed picks, and how fast its figures age. */
const priors: Readonly<Record<SourceGrade, { readonly found: number; readonly missed: number; readonly halfLifeDays: number }>> = {
  A: { found: 19.4, missed: 0.6, halfLifeDays: 30 },
  B: { found: 19, missed: 1, halfLifeDays: 21 },
  C: { found: 18.4, missed: 1.6, halfLifeDays: 14 },
  D: { found: 17.6, missed: 2.4, halfLifeDays: 10 },
  E: { found: 17, missed: 3, halfLifeDays: 7 },
};

/** What a very old figure is still worth: a shop that once had it often has it. */
const FORGOTTEN_BPS = 4_000;

export type StockEvidence = {
  readonly grade: SourceGrade;
  /** Age of the figure in milliseconds; a figure from the future counts as fresh. */
  readonly ageMs: number;
  /** Units on record: the last one is the one that is not found. */
  readonly onHand: number;
  /** Picks of this offer that found the units, and that did not. */
  readonly found: number;
  readonly missed: number;
  /** Age in milliseconds of the last look of a person at the shelf, if anybody looked. */
  readonly lookedMs?: number | undefined;
  /** What picks in its department tell before anything is known of this offer; they count as `weight` picks of its own. */
  readonly department?: { readonly foundBps: number; readonly weight: number } | undefined;
};

/** What somebody who has just counted is believed, and how fast a busy shelf makes that old. */
const LOOKED = { bps: 9_800, halfLifeDays: 3 };

/**
 * How likely the shop really finds a unit on record.
 *
 * Units: basis points, 0 to 9 900. Guarantees: whole; falls with age and with misses, rises with finds and with units on record;
 *   nothing on record is worth nothing.
 *   A recent look at the shelf is believed whatever the grade, for as long as it is worth more than the record.
 * Source: Beta-Bernoulli posterior mean over picks, with a prior by grade, decaying by half-life to what an old record is worth.
 */
export function confidenceBps({ grade, ageMs, onHand, found, missed, lookedMs, department }: StockEvidence): number {
  invariant(found >= 0 && missed >= 0, 'picks are counts');
  if (onHand <= 0) return 0;
  const prior = priorOf(grade, department);
  const posterior = (10_000 * (prior.found + found)) / (prior.found + prior.missed + found + missed);
  // One unit on record is wrong far more often than ten: a miss needs only one theft, one misplaced item.
  const scarce = posterior * (1 - 0.2 / (onHand + 1));
  const kept = 0.5 ** (Math.max(0, ageMs) / DAY / prior.halfLifeDays);
  const floor = Math.min(scarce, FORGOTTEN_BPS);
  const recorded = floor + (scarce - floor) * kept;
  const looked = lookedMs === undefined ? 0 : lookedWorth(onHand, lookedMs);
  return Math.min(9_900, Math.round(Math.max(recorded, looked)));
}

function lookedWorth(onHand: number, lookedMs: number): number {
  return LOOKED.bps * (1 - 0.1 / (onHand + 1)) * 0.5 ** (Math.max(0, lookedMs) / DAY / LOOKED.halfLifeDays);
}

/** Half-lives after which a figure is too old to be sold by: by then it says little more than that the shop once had the thing. */
const STALE_HALF_LIVES = 4;

/**
 * The age from which a figure of a grade is no longer sold by.
 *
 * Units: milliseconds. Source: the half-life of the grade, four times; from 120 days for a till that pushes to 28 for a figure by hand.
 */
export function staleAfterMs(grade: SourceGrade): number {
  return STALE_HALF_LIVES * priors[grade].halfLifeDays * DAY;
}

/** More picks than this are halved: a shop that has put its shelves in order is believed again. */
const PICKS_REMEMBERED = 40;

export type Picks = { readonly found: number; readonly missed: number };

/**
 * What is remembered of an offer's picks after new ones.
 *
 * Units: picks. Guarantees: whole, not negative, at most forty in all, in the proportion of what was known and what is new.
 */
export function rememberPicks(known: Picks, added: Picks): Picks {
  let found = known.found + added.found;
  let missed = known.missed + added.missed;
  invariant(found >= 0 && missed >= 0, 'picks are counts');
  while (found + missed > PICKS_REMEMBERED) {
    found = Math.floor(found / 2);
    missed = Math.floor(missed / 2);
  }
  return { found, missed };
}

function priorOf(grade: SourceGrade, department: StockEvidence['department']) {
  const { found, missed, halfLifeDays } = priors[grade];
  if (!department) return { found, missed, halfLifeDays };
  invariant(department.weight >= 0 && department.foundBps >= 0 && department.foundBps <= 10_000, 'a department is a share of picks');
  const told = (department.foundBps * department.weight) / 10_000;
  return { found: found + told, missed: missed + department.weight - told, halfLifeDays };
}

/**
 * The odds that all of several shelves are as recorded: what may be said of a whole basket.
 *
 * Units: basis points. Guarantees: whole; never above the most doubtful of them; of none, certain. The shelves are held to be independent.
 */
export function jointOddsBps(odds: readonly number[]): number {
  return Math.floor(odds.reduce((joint, bps) => (joint * bps) / 10_000, 10_000));
}

/** How a confidence is said to people: a figure in basis points would promise a precision it has not. */
export const confidenceWords = ['confirmed', 'likely', 'check'] as const;
export type ConfidenceWord = (typeof confidenceWords)[number];

/** From here on a figure is called confirmed. */
export const CONFIRMED_BPS = 8_500;

/** The word for a confidence in basis points. */
export function confidenceWord(bps: number): ConfidenceWord {
  if (bps >= CONFIRMED_BPS) return 'confirmed';
  return bps >= 6_500 ? 'likely' : 'check';
}

/**
 * Ranking cents per unit for what may not be found.
 *
 * Units: confidence in basis points, costs in cents. Source: routing model §5: (1 − π) × (cost of a failed pick
 *   + what the next best source is expected to cost more), rounded half-up.
 */
export function riskCents(confidence: number, failedPickCents: number, nextBestExtraCents: number): number {
  invariant(confidence >= 0 && confidence <= 10_000, 'a confidence is between 0 and 10 000 basis points');
  return Math.round(((10_000 - confidence) * (failedPickCents + nextBestExtraCents)) / 10_000);
}
