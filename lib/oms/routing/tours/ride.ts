import type { Model } from '../search/model';

/** Beyond so many steps of one evaluation a ride is judged by distances to the farthest stop alone: cruder, and as true. */
const MOST_STEPS = 40_000;
/** Partial paths looked at before the exact ride is given up for the bound on all walks: fewer after it was, more after it was not. */
const LEAST_PARTIAL = 64;
const MOST_PARTIAL = 1_024;

/**
 * Scratch for one tour's subproblem: which candidates ride along, given what each saves.
 *
 * Points stand in one row: the sure stops first, then the optional ones (those that save something), then home. A path is read from
 * home outward. `onward` and `arrive` hold the least cost by sure stops (a mask), number of optional stops and point.
 */
export type Ride = {
  sure: number;
  /** Sure and optional points; home has this index. */
  count: number;
  /** Optional stops allowed beside the sure ones. */
  most: number;
  /** Left to `farthestRide`: too much to work out, or length costs nothing. */
  isCrude: boolean;
  /** Is `arrive` worked out for the present savings? */
  hasArrivals: boolean;
  points: Int32Array;
  saving: Float64Array;
  leg: Float64Array;
  onward: Float64Array;
  arrive: Float64Array;
  next: Float64Array;
  /** What a stop saves less the shortest leg to it: no path gains more by it. */
  net: Float64Array;
  /** Of the depth-first search: who is on the path, estimates by level, the path and the best one. */
  isOn: Uint8Array;
  estimate: Float64Array;
  path: Int32Array;
  /** By level: what the path costs up to there, sure stops still to come, and optional stops still allowed. */
  costs: Float64Array;
  masks: Int32Array;
  lefts: Int32Array;
  best: Int32Array;
  bestCount: number;
  least: number;
  /** Partial paths looked at this time, and how many may be. */
  partial: number;
  mostPartial: number;
  /** Scratch: optional points in the order that is needed. */
  order: Int32Array;
};

export function newRide(): Ride {
  const none = () => new Float64Array(0);
  return {
    sure: 0,
    count: 0,
    most: 0,
    isCrude: false,
    hasArrivals: false,
    points: new Int32Array(0),
    saving: none(),
    leg: none(),
    onward: none(),
    arrive: none(),
    next: none(),
    net: none(),
    isOn: new Uint8Array(0),
    estimate: none(),
    path: new Int32Array(16),
    costs: new Float64Array(16),
    masks: new Int32Array(16),
    lefts: new Int32Array(16),
    best: new Int32Array(16),
    bestCount: 0,
    least: 0,
    partial: 0,
    mostPartial: 2 * LEAST_PARTIAL,
    order: new Int32Array(0),
  };
}

/** What a ride is to be made of. `perUnit` is the scaled cost of one grid unit; `saving` is zero or less, by location. */
export type RideWanted = {
  readonly stops: readonly number[];
  readonly candidates: readonly number[];
  readonly saving: Float64Array;
  readonly perUnit: number;
  /** Stops in all. */
  readonly most: number;
};

/** Sets the points of a ride and the costs between them. */
export function layOut(ride: Ride, model: Model, { stops, candidates, saving, perUnit, most }: RideWanted): void {
  reserve(ride, stops.length + candidates.length);
  const { points } = ride;
  let count = 0;
  for (const stop of stops) points[count++] = stop;
  ride.sure = count;
  for (const candidate of candidates) if ((saving[candidate] ?? 0) < 0) points[count++] = candidate;
  ride.count = count;
  // One more than there are optional points: whoever is asked about in `leastThrough` may come in addition.
  ride.most = Math.max(0, Math.min(most - stops.length, count - stops.length + 1));
  ride.hasArrivals = false;
  ride.isCrude = perUnit === 0 || stepsOf(ride) > MOST_STEPS;
  for (let point = 0; point < count; point += 1) ride.saving[point] = point < ride.sure ? 0 : (saving[points[point] ?? 0] ?? 0);
  if (ride.isCrude) return;
  const size = count + 1;
  const { leg } = ride;
  for (let a = 0; a < size; a += 1) {
    for (let b = 0; b <= a; b += 1) {
      const cost = perUnit * distance(model, a === count ? -1 : (points[a] ?? 0), b === count ? -1 : (points[b] ?? 0));
      leg[a * size + b] = cost;
      leg[b * size + a] = cost;
    }
  }
}

/** Steps of working out `onward` once. */
function stepsOf({ sure, count, most }: Ride): number {
  return 2 ** sure * (most + 1) * (count + 1) * (count + 1);
}

/** Grid distance of two locations, or of a location and home (−1). */
export function distance({ at, homeX, homeY }: Model, a: number, b: number): number {
  const ax = a < 0 ? homeX : (at[2 * a] ?? 0);
  const ay = a < 0 ? homeY : (at[2 * a + 1] ?? 0);
  const bx = b < 0 ? homeX : (at[2 * b] ?? 0);
  const by = b < 0 ? homeY : (at[2 * b + 1] ?? 0);
  return Math.abs(ax - bx) + Math.abs(ay - by);
}

function reserve(ride: Ride, points: number): void {
  if (ride.points.length >= points && ride.points.length > 0) return;
  const room = Math.max(8, points);
  ride.points = new Int32Array(room);
  ride.order = new Int32Array(room);
  ride.isOn = new Uint8Array(room);
  ride.saving = new Float64Array(room);
  ride.next = new Float64Array(room + 1);
  ride.net = new Float64Array(room);
  ride.leg = new Float64Array((room + 1) * (room + 1));
  ride.estimate = new Float64Array(16 * (room + 1));
}

/**
 * Least cost of the legs and savings of a ride through all sure stops and at most `most` others; Infinity when there is none below
 * `ceiling`. Leaves in `best` who rides.
 *
 * Guarantees: never above the cost of any such ride that is below `ceiling`; exact unless it had to give up. Source: walks that may
 * repeat a stop bound what is left of a path (q-routes: Christofides, Mingozzi & Toth, 1981); depth first over paths that do not.
 */
export function leastRide(ride: Ride, ceiling: number): number {
  workOutOnward(ride);
  const { count, sure, most } = ride;
  const size = count + 1;
  const full = (1 << sure) - 1;
  const walk = ride.onward[(full * (most + 1) + most) * size + count] ?? 0;
  ride.bestCount = -1;
  ride.least = ceiling;
  ride.partial = 0;
  if (walk >= ceiling) return Infinity;
  sortOptional(ride);
  ride.isOn.fill(0, 0, count);
  ride.costs[0] = 0;
  ride.masks[0] = full;
  ride.lefts[0] = most;
  extend(ride, 0);
  if (ride.partial > ride.mostPartial) {
    ride.mostPartial = Math.max(LEAST_PARTIAL, ride.mostPartial / 2);
    return walk;
  }
  if (2 * ride.partial > ride.mostPartial) ride.mostPartial = Math.min(MOST_PARTIAL, 2 * ride.mostPartial);
  return ride.bestCount < 0 ? Infinity : ride.least;
}

/** `onward`: the least cost from each point on, by walks that visit the sure stops of the mask once and others as often as they like. */
function workOutOnward(ride: Ride): void {
  const { sure, count, most, leg, saving, next, order } = ride;
  for (let at = 0; at < count - sure; at += 1) order[at] = sure + at;
  const size = count + 1;
  const masks = 1 << sure;
  if (ride.onward.length < masks * (most + 1) * size) ride.onward = new Float64Array(2 * masks * (most + 1) * size);
  const { onward } = ride;
  for (let left = 0; left <= most; left += 1) {
    for (let mask = 0; mask < masks; mask += 1) {
      const here = (mask * (most + 1) + left) * size;
      if (left > 0) {
        for (let point = sure; point < count; point += 1) next[point] = (saving[point] ?? 0) + (onward[here - size + point] ?? 0);
        rank(ride);
      }
      for (let point = 0; point < size; point += 1) {
        let least = mask === 0 ? 0 : Infinity;
        for (let rest = mask; rest !== 0; rest &= rest - 1) {
          const stop = 31 - Math.clz32(rest & -rest);
          const cost = (leg[point * size + stop] ?? 0) + (onward[((mask ^ (1 << stop)) * (most + 1) + left) * size + stop] ?? 0);
          if (cost < least) least = cost;
        }
        if (left > 0) {
          const from = point * size;
          for (let at = 0; at < count - sure; at += 1) {
            const other = order[at] ?? 0;
            const behind = next[other] ?? 0;
            if (behind >= least) break;
            const cost = (leg[from + other] ?? 0) + behind;
            if (cost < least && other !== point) least = cost;
          }
        }
        onward[here + point] = least;
      }
    }
  }
}

/** Sorts the optional points by what is behind them, least first; they are nearly sorted already. */
function rank({ order, sure, count, next }: Ride): void {
  for (let index = 1; index < count - sure; index += 1) {
    const point = order[index] ?? 0;
    const behind = next[point] ?? 0;
    let at = index;
    for (; at > 0 && (next[order[at - 1] ?? 0] ?? 0) > behind; at -= 1) order[at] = order[at - 1] ?? 0;
    order[at] = point;
  }
}

/** Sorts the optional points by the most a path can gain by each. */
function sortOptional({ order, sure, count, saving, leg, net }: Ride): void {
  for (let point = sure; point < count; point += 1) {
    let nearest = Infinity;
    for (let other = 0; other < count; other += 1) {
      const cost = leg[point * (count + 1) + other] ?? 0;
      if (cost < nearest && other !== point) nearest = cost;
    }
    net[point] = Math.min(0, (saving[point] ?? 0) + (nearest === Infinity ? 0 : nearest));
    let at = point - sure;
    for (; at > 0 && (net[order[at - 1] ?? 0] ?? 0) > (net[point] ?? 0); at -= 1) order[at] = order[at - 1] ?? 0;
    order[at] = point;
  }
}

/** Extends the path of so many stops that `costs`, `masks` and `lefts` speak of, most promising next stop first. */
function extend(ride: Ride, level: number): void {
  const { sure, count, most, leg, saving, onward, estimate, costs, masks, lefts } = ride;
  const size = count + 1;
  const row = level * size;
  const cost = costs[level] ?? 0;
  const mask = masks[level] ?? 0;
  const left = lefts[level] ?? 0;
  const from = size * (level === 0 ? count : (ride.path[level - 1] ?? 0));
  if (mask === 0 && level > 0 && cost < ride.least) keepPath(ride, level);
  for (let next = 0; next < count; next += 1) {
    const isSure = next < sure;
    const isOpen = isSure ? (mask & (1 << next)) !== 0 : left > 0 && ride.isOn[next] === 0;
    const behind = isSure ? (mask ^ (1 << next)) * (most + 1) + left : mask * (most + 1) + left - 1;
    estimate[row + next] = isOpen ? cost + (leg[from + next] ?? 0) + (saving[next] ?? 0) + (onward[behind * size + next] ?? 0) : Infinity;
  }
  for (;;) {
    let next = -1;
    let least = ride.least;
    for (let other = 0; other < count; other += 1) {
      if ((estimate[row + other] ?? 0) >= least) continue;
      least = estimate[row + other] ?? 0;
      next = other;
    }
    if (next < 0 || ride.partial > ride.mostPartial) return;
    estimate[row + next] = Infinity;
    const isSure = next < sure;
    const reached = cost + (leg[from + next] ?? 0) + (saving[next] ?? 0);
    if (!isSure) ride.isOn[next] = 1;
    if (reached + largestSavings(ride, isSure ? left : left - 1) < ride.least) {
      ride.partial += 1;
      ride.path[level] = next;
      costs[level + 1] = reached;
      masks[level + 1] = isSure ? mask ^ (1 << next) : mask;
      lefts[level + 1] = isSure ? left : left - 1;
      extend(ride, level + 1);
    }
    if (!isSure) ride.isOn[next] = 0;
  }
}

function keepPath(ride: Ride, level: number): void {
  ride.least = ride.costs[level] ?? 0;
  ride.bestCount = level;
  for (let at = 0; at < level; at += 1) ride.best[at] = ride.path[at] ?? 0;
}

/** The most that so many further stops could save, wherever they are (zero or less). */
function largestSavings({ order, sure, count, net, isOn }: Ride, stops: number): number {
  let sum = 0;
  let left = stops;
  for (let at = 0; at < count - sure && left > 0; at += 1) {
    const point = order[at] ?? 0;
    if (isOn[point] === 1) continue;
    sum += net[point] ?? 0;
    left -= 1;
  }
  return sum;
}
