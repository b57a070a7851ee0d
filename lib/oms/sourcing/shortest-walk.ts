import { metresBetween, walkedMinutes } from '@/lib/kernel';
import type { Instant, Interval, Position } from '@/lib/kernel';
import { byId } from '../routing/order';
import { bestOfferAt } from './compile';
import type { SourcingLocation, SourcingProblem } from './problem';
import { LONGEST_WALK, STOP_MINUTES, fetchHours, walkPast } from './walk';
import type { Walk, WalkStop } from './walk';

export type WalkWish = {
  readonly home: Position;
  /** When each place is open, in order; a place that is not named is not passed. */
  readonly hours: ReadonlyMap<string, readonly Interval[]>;
  /** A round that takes longer, waiting included, is not one walk. */
  readonly mostMinutes: number;
};

/** The places of a walk that together have everything, in the order they are passed. */
export type WalkFound = {
  readonly places: readonly string[];
  readonly walk: Walk;
  /** Every set of places that could be shorter was looked at. */
  readonly isComplete: boolean;
};

/** Sets of places looked at; beyond, the best so far is the answer. */
const MOST_LOOKS = 3_000;

/**
 * The shortest walk on which a whole basket can be collected: which places, and in which order so that each is passed while it is open.
 *
 * Units: minutes on foot as streets go and in shops, from the door to the door. Guarantees: every line is had whole at a place of the walk;
 *   closing times are kept, and no bag is fetched before it is ready; when `isComplete`, no other places make a shorter walk; undefined when
 *   none within `mostMinutes` is found. The same for any order of lines and places.
 * Source: set covering, branching on the scarcest line, bounded by the way to the farthest place and back; the order by `walkPast`.
 */
export function shortestWalk(problem: SourcingProblem, wish: WalkWish): WalkFound | undefined {
  const places = problem.locations.toSorted(byId).flatMap((location) => placeOf(location, problem, wish));
  const lines = problem.lines.map((line) => ({
    id: line.id,
    places: places.filter(({ location }) => (bestOfferAt(line, location)?.available ?? 0) >= line.quantity),
  }));
  if (lines.length === 0 || lines.some((line) => line.places.length === 0)) return undefined;
  const scarcest = lines.toSorted((a, b) => a.places.length - b.places.length || (a.id < b.id ? -1 : 1));
  const search: Search = { wish, now: problem.now, lines: scarcest, best: undefined, looks: 0 };
  extend(search, []);
  return search.best && { ...search.best, isComplete: search.looks <= MOST_LOOKS };
}

type Place = { readonly location: SourcingLocation; readonly stop: WalkStop; readonly away: number };

type Search = {
  readonly wish: WalkWish;
  readonly now: Instant;
  readonly lines: readonly { readonly id: string; readonly places: readonly Place[] }[];
  best: Omit<WalkFound, 'isComplete'> | undefined;
  looks: number;
};

function extend(search: Search, chosen: readonly Place[]): void {
  search.looks += 1;
  if (search.looks > MOST_LOOKS) return;
  const open = search.lines.find((line) => !line.places.some((place) => chosen.includes(place)));
  if (!open) {
    keepIfBetter(search, chosen);
    return;
  }
  if (chosen.length === LONGEST_WALK) return;
  const tried = open.places
    .map((place) => ({ place, least: leastMinutes([...chosen, place]) }))
    .toSorted((a, b) => a.least - b.least || (a.place.location.id < b.place.location.id ? -1 : 1));
  for (const { place, least } of tried) {
    if (least >= (search.best?.walk.minutes ?? search.wish.mostMinutes + 1)) return;
    extend(search, [...chosen, place]);
  }
}

/**
 * No walk past these and others is shorter: to the farthest and back, or round two of them, and the time inside each. Legs are told in whole
 * minutes, so each may be told half a minute short.
 */
function leastMinutes(places: readonly Place[]): number {
  const ways = places.flatMap((one, index) => [
    2 * one.away,
    ...places.slice(0, index).map((other) => one.away + walkedMinutes(metresBetween(one.location.at, other.location.at)) + other.away),
  ]);
  return Math.floor(Math.max(...ways) + places.length * STOP_MINUTES - (places.length + 1) / 2);
}

function keepIfBetter(search: Search, chosen: readonly Place[]): void {
  const stops = chosen.map((place) => place.stop);
  const walk = walkPast(search.wish.home, stops, { from: search.now, mostMinutes: search.best?.walk.minutes ?? search.wish.mostMinutes });
  if (walk && walk.minutes < (search.best?.walk.minutes ?? Infinity)) search.best = { places: walk.order, walk };
}

/** A place where something can be fetched, ready once all it could be asked for is. */
function placeOf(location: SourcingLocation, { lines }: SourcingProblem, { home, hours }: WalkWish): readonly Place[] {
  const rows = location.services.find((service) => service.method === 'pickup')?.windows ?? [];
  const units = lines.reduce((sum, line) => sum + Math.min(line.quantity, bestOfferAt(line, location)?.available ?? 0), 0);
  const window = (rows.find((row) => row.maxUnits >= units) ?? rows.at(-1))?.window;
  const open = hours.get(location.id);
  if (!window || !open) return [];
  const { id, at } = location;
  return [{ location, stop: { id, at, hours: fetchHours(open, window.from) }, away: walkedMinutes(metresBetween(home, at)) }];
}
