import { chanceOf } from '@/db/seed';
import type { Instant } from '@/lib/kernel';
import { DAY, HOUR, MINUTE, instant, plusMs } from '@/lib/kernel';
import type { SourceGrade } from '@/lib/oms';
import { availableToPromise, confidenceBps, rememberPicks } from '@/lib/oms';
import type { Parameters } from './parameters';
import type { TownOffer } from './town';

/** What happens to a shelf whatever world it is in: somebody walks in, the van comes, somebody counts. */
type Happening = { readonly at: Instant; readonly kind: 'walk-in' | 'unscanned' | 'restock' | 'hand-count' };

/** One shelf: what is really there, what the shop's till believes, and what we were told of that so far. */
export type Shelf = {
  readonly grade: SourceGrade;
  readonly happenings: readonly Happening[];
  readonly base: number;
  next: number;
  truth: number;
  till: number;
  told: number;
  asOf: Instant;
  lookedAt: Instant | undefined;
  found: number;
  missed: number;
  /** Units promised online, and of them those that lie in a bag already. */
  claimed: number;
  setAside: number;
  /** How often somebody wanted it: what the counting list asks about first. */
  wanted: number;
  readonly onTheWay: { readonly at: Instant; readonly delta: number }[];
};

type Span = { readonly from: Instant; readonly days: number };

/** A shelf at the beginning, and all that will happen to it. Hangs on the run and the offer only: the same in every world. */
export function newShelf(
  run: string,
  offer: TownOffer,
  { grade, parameters, span }: { grade: SourceGrade; parameters: Parameters; span: Span },
): Shelf {
  const chance = chanceOf(run, 'shelf', offer.id);
  const isWrong = chance.isBelow(parameters.wrongRecords);
  const tooMany = chance.isBelow(0.6);
  const error = isWrong ? (tooMany ? 1 : -1) * chance.pick([1, 1, 1, 2, 2, 3, 4]) : 0;
  const till = Math.max(0, offer.onHand + error);
  return {
    grade,
    happenings: happeningsOf(run, offer, { grade, parameters, span }),
    base: Math.max(3, offer.onHand),
    next: 0,
    truth: offer.onHand,
    till,
    told: till,
    asOf: plusMs(span.from, -chance.between(1, grade === 'E' ? 10 * 24 : grade === 'D' ? 24 : 2) * HOUR),
    lookedAt: undefined,
    found: 0,
    missed: 0,
    claimed: 0,
    setAside: 0,
    wanted: 0,
    onTheWay: [],
  };
}

function happeningsOf(
  run: string,
  offer: TownOffer,
  { grade, parameters, span }: { grade: SourceGrade; parameters: Parameters; span: Span },
) {
  const chance = chanceOf(run, 'happenings', offer.id);
  const perDay = Math.max(0.05, offer.onHand / parameters.turnoverDays);
  const happenings: Happening[] = [];
  for (let time = -Math.log(1 - chance.next()) / perDay; time < span.days; time += -Math.log(1 - chance.next()) / perDay) {
    const day = Math.floor(time);
    const at = plusMs(span.from, Math.round(day * DAY + (9.5 + (time - day) * 9) * HOUR)); // within the shops' day
    happenings.push({ at, kind: chance.isBelow(parameters.unscannedShare) ? 'unscanned' : 'walk-in' });
  }
  for (let day = chance.between(0, 6); day < span.days; day += 7)
    if (chance.isBelow(parameters.restocked)) happenings.push({ at: plusMs(span.from, day * DAY + 8.5 * HOUR), kind: 'restock' });
  const first = chance.between(0, parameters.handCountDays - 1);
  for (let day = first; grade === 'E' && day < span.days; day += parameters.handCountDays)
    happenings.push({ at: plusMs(span.from, day * DAY + 18 * HOUR), kind: 'hand-count' });
  return happenings.toSorted((a, b) => a.at - b.at);
}

/** Lives through everything up to `now`. */
export function advance(shelf: Shelf, now: Instant, parameters: Parameters): Shelf {
  for (let next = shelf.happenings[shelf.next]; next && next.at <= now; next = shelf.happenings[shelf.next]) {
    shelf.next += 1;
    happen(shelf, next, parameters);
  }
  while (shelf.onTheWay[0] && shelf.onTheWay[0].at <= now) shelf.told += shelf.onTheWay.shift()?.delta ?? 0;
  shelf.asOf = heardOf(shelf, now, parameters);
  return shelf;
}

function happen(shelf: Shelf, { at, kind }: Happening, parameters: Parameters): void {
  const free = shelf.truth - shelf.setAside;
  if (kind === 'hand-count') return count(shelf, at);
  if (kind === 'restock') return move(shelf, { at, real: Math.max(0, shelf.base - shelf.truth), isScanned: true }, parameters);
  if (free > 0) move(shelf, { at, real: -1, isScanned: kind === 'walk-in' }, parameters);
}

function move(shelf: Shelf, { at, real, isScanned }: { at: Instant; real: number; isScanned: boolean }, parameters: Parameters): void {
  shelf.truth += real;
  if (!isScanned) return;
  shelf.till += real;
  const heardAt = arrival(shelf.grade, at, parameters);
  if (heardAt !== undefined) shelf.onTheWay.push({ at: heardAt, delta: real });
}

/** When a fact reaches us: soon, at eight in the evening with the day's file, or not before somebody counts. */
function arrival(grade: SourceGrade, at: Instant, { lagMinutes }: Parameters): Instant | undefined {
  if (grade === 'E') return undefined;
  return grade === 'D'
    ? instant(Math.floor(at / DAY) * DAY + 19 * HOUR + (at % DAY > 19 * HOUR ? DAY : 0))
    : plusMs(at, lagMinutes[grade] * MINUTE);
}

/** How old our figure is: as old as the source's last word, whether or not anything changed. */
function heardOf(shelf: Shelf, now: Instant, { lagMinutes }: Parameters): Instant {
  if (shelf.grade === 'E') return shelf.asOf;
  const last =
    shelf.grade === 'D' ? instant(Math.floor((now - 19 * HOUR) / DAY) * DAY + 19 * HOUR) : plusMs(now, -lagMinutes[shelf.grade] * MINUTE);
  return last > shelf.asOf ? last : shelf.asOf;
}

/** Somebody counts what is really there: till and record are right from now on. */
export function count(shelf: Shelf, at: Instant): void {
  shelf.till = shelf.truth;
  shelf.told = shelf.truth;
  shelf.onTheWay.length = 0;
  shelf.asOf = at;
  shelf.lookedAt = at;
}

/** Takes a thing from the shelf into a bag; false when it is not there, and then the record is put right. */
export function pick(shelf: Shelf, units: number, at: Instant): boolean {
  const isThere = shelf.truth - shelf.setAside >= units;
  Object.assign(shelf, rememberPicks(shelf, isThere ? { found: 1, missed: 0 } : { found: 0, missed: 1 }));
  if (isThere) shelf.setAside += units;
  else count(shelf, at);
  return isThere;
}

/** The bag leaves. */
export function handOver(shelf: Shelf, units: number): void {
  shelf.truth -= units;
  shelf.till -= units;
  shelf.told -= units;
  shelf.setAside -= units;
  shelf.claimed -= units;
}

export function availableOn(shelf: Shelf): number {
  return availableToPromise({ onHand: shelf.told, reserved: 0, allocated: shelf.claimed, safetyStock: 0 });
}

export function confidenceOf(shelf: Shelf, now: Instant): number {
  const { grade, told: onHand, found, missed, lookedAt } = shelf;
  return confidenceBps({
    grade,
    ageMs: now - shelf.asOf,
    onHand,
    found,
    missed,
    lookedMs: lookedAt === undefined ? undefined : now - lookedAt,
  });
}
