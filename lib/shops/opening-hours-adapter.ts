import OpeningHours from 'opening_hours';
import type { Instant, Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { inPlainerWords } from './hours-wording';
import { inZone } from './in-zone';
import type { WallTime } from './local-time';
import { momentOf, wallTimeAt } from './local-time';

/** Whose clocks, sun and holidays apply. */
export type OpeningPlace = {
  readonly timeZone: string;
  /** ISO 3166 code of the country; without one, hours that speak of holidays cannot be read. */
  readonly country: string | undefined;
  /** Name or ISO 3166-2 code of the region: some regions have holidays of their own. */
  readonly region: string;
  /** Without a position the sun rises at six and sets at six. */
  readonly latitude: number | undefined;
  readonly longitude: number | undefined;
};

/** A stretch in which a place is open, or may be: `isUncertain` when the hours do not say until when, or ask to call. */
export type StatedInterval = {
  readonly from: Instant;
  readonly to: Instant;
  readonly isUncertain: boolean;
  readonly comment: string | undefined;
};

/** Hours that can be read, ready to be asked. */
export type HoursReader = {
  /** Every stretch between two moments, in order; cut at both. Errors: `unreadable-hours` for a sunset where the sun does not set. */
  intervals(from: Instant, to: Instant): Result<readonly StatedInterval[], UnreadableHours>;
  /** When open, uncertain or closed next becomes another of these; undefined when it never does. */
  nextChange(from: Instant): Result<Instant | undefined, UnreadableHours>;
  /** Do other hours mean the same opening? */
  meansTheSame(other: HoursReader): boolean;
  /** What could be written better; each a sentence. */
  readonly remarks: readonly string[];
};

export type UnreadableHours = { readonly kind: 'unreadable-hours'; readonly sentence: string };

/** One-minute points ("Mo 07:00") mean something for collections; a shop that is open for a minute made a mistake. */
export type HoursKind = 'opening' | 'opening-or-points';

const modes: Readonly<Record<HoursKind, number>> = { opening: 0, 'opening-or-points': 2 };
/** Five digits or more, outside a comment. The library takes them for a year and goes through all the days until then, for ever. */
const NO_YEAR = /\d{5,}(?=(?:[^"]*"[^"]*")*[^"]*$)/u;
const evaluators = new WeakMap<HoursReader, OpeningHours>();

/**
 * Reads hours written in OSM `opening_hours` syntax: the one place where the library is called.
 *
 * Guarantees: never throws; moments are those of `place.timeZone` whatever the zone of the server, the sun's included; a time clocks skip
 * or show twice is read as `momentOf` reads it.
 * Errors: `unreadable-hours` with a sentence that names what was not understood.
 */
export function readHours(text: string, place: OpeningPlace, kind: HoursKind = 'opening'): Result<HoursReader, UnreadableHours> {
  const endless = NO_YEAR.exec(text);
  if (endless)
    return err({ kind: 'unreadable-hours', sentence: `${endless[0].slice(0, 20)} is not a year: these opening hours cannot be read.` });
  const made = evaluatorOf(text, place, kind);
  if (!made.ok) return made;
  const reader = readerOf(made.value, place);
  evaluators.set(reader, made.value);
  return ok(reader);
}

/** The hours as written or, where the library stumbles over what the specification allows, in other words that mean the same. */
function evaluatorOf(text: string, place: OpeningPlace, kind: HoursKind): Result<OpeningHours, UnreadableHours> {
  const read = (value: string) => attempt(place, () => new OpeningHours(value, addressOf(place), { ...settings, mode: modes[kind] }));
  const made = read(text);
  const reworded = inPlainerWords(text);
  if (made.ok || reworded === text) return made;
  const helped = read(reworded);
  return helped.ok ? helped : made;
}

/** The library throws sentences. */
function attempt<T>({ timeZone }: OpeningPlace, work: () => T): Result<T, UnreadableHours> {
  try {
    return ok(inZone(timeZone, work));
  } catch (thrown) {
    return err({ kind: 'unreadable-hours', sentence: sentenceOf(thrown) });
  }
}

const settings = { locale: 'en', tag_key: undefined, map_value: undefined, warnings_severity: undefined };

function readerOf(evaluator: OpeningHours, place: OpeningPlace): HoursReader {
  const { timeZone } = place;
  return {
    intervals: (from, to) =>
      attempt(place, () =>
        evaluator.getOpenIntervals(dateAt(from, timeZone), dateAt(to, timeZone)).map(([opens, closes, isUncertain, comment]) => ({
          from: momentOf(wallOf(opens), timeZone),
          to: momentOf(wallOf(closes), timeZone),
          isUncertain,
          comment,
        })),
      ),
    nextChange: (from) =>
      attempt(place, () => {
        const change = evaluator.getNextChange(dateAt(from, timeZone));
        return change && momentOf(wallOf(change), timeZone);
      }),
    meansTheSame: (other) => {
      const known = evaluators.get(other);
      return known !== undefined && inZone(timeZone, () => areEqual(evaluator, known));
    },
    get remarks() {
      return inZone(timeZone, () => evaluator.getWarnings().map(sentenceOf));
    },
  };
}

/** The library answers with `[false, details]` where its types promise a boolean. */
function areEqual(one: OpeningHours, other: OpeningHours): boolean {
  const answer: unknown = one.isEqualTo(other);
  return answer === true || (Array.isArray(answer) && answer[0] === true);
}

/** The library takes coordinates as text only, and a region by its name or by its code. */
function addressOf({ country, region, latitude, longitude }: OpeningPlace) {
  const code = country?.toLowerCase();
  const address = { ...(code === undefined ? {} : { country_code: code }), state: region, 'ISO3166-2-lvl4': `${code ?? ''}-${region}` };
  const position = latitude === undefined || longitude === undefined ? {} : { lat: String(latitude), lon: String(longitude) };
  return { ...position, address } as unknown as ConstructorParameters<typeof OpeningHours>[1];
}

function dateAt(moment: Instant, timeZone: string): Date {
  const { year, month, day, hour, minute } = wallTimeAt(moment, timeZone);
  return new Date(year, month - 1, day, hour, minute);
}

function wallOf(date: Date): WallTime {
  return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate(), hour: date.getHours(), minute: date.getMinutes() };
}

const LONGEST_SENTENCE = 300;

/** What the library says, as one line; it points at the place in the text with an arrow. */
function sentenceOf(thrown: unknown): string {
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const line = said.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_SENTENCE);
  return line === '' ? 'These opening hours cannot be read.' : line;
}
