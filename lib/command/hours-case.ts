import { z } from 'zod';
import type { Instant, Result } from '@/lib/kernel';
import { MINUTE, err, instant, ok } from '@/lib/kernel';
import type { HoursReader, OpeningPlace } from '@/lib/shops';
import { momentOf, readHours, wallTimeAt } from '@/lib/shops';

/** `2026-11-25 9:00` where the place is, or a moment in any form that names its zone. */
const WALL_TIME = /^\d{4}-\d{2}-\d{2} \d{1,2}:\d{2}$/;
const localTime = z.string().refine((text) => WALL_TIME.test(text) || !Number.isNaN(Date.parse(text)), 'is no time');
const common = { name: z.string().default(''), values: z.array(z.string()).min(1), location: z.string().nullish() };
const statedInterval = z.union([
  z.tuple([localTime, localTime]),
  z.tuple([localTime, localTime, z.boolean()]),
  z.tuple([localTime, localTime, z.boolean(), z.string().nullable()]),
]);

const hoursCase = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('intervals'), ...common, from: localTime, to: localTime, intervals: z.array(statedInterval) }),
  z.object({ kind: z.literal('next-change'), ...common, at: localTime, expected: z.string() }),
  z.object({ kind: z.literal('equal'), ...common, other: z.string(), expected: z.array(z.unknown()).min(1) }),
  z.object({ kind: z.literal('warns'), ...common }),
  z.object({ kind: z.literal('invalid'), ...common }),
]);

export type HoursCase = z.infer<typeof hoursCase>;

/** Reads one line of a file of evaluated hours; what is wrong with it is a sentence. */
export function parseHoursCase(line: string): Result<HoursCase, string> {
  try {
    const parsed = hoursCase.safeParse(JSON.parse(line));
    return parsed.success ? ok(parsed.data) : err(`This is no case: ${z.prettifyError(parsed.error).split('\n')[0] ?? ''}`);
  } catch {
    return err('This line is not JSON.');
  }
}

/** What a case says that our reading does not, a sentence for each value; none when it passes. */
export function judgeHours(asked: HoursCase): readonly string[] {
  const place = placeOf(asked);
  return asked.values.flatMap((value) => {
    const found = judge(asked, value, place);
    return found === undefined ? [] : [`${asked.name}: ${JSON.stringify(value)} ${found}`];
  });
}

function judge(asked: HoursCase, value: string, place: OpeningPlace): string | undefined {
  const read = readHours(value, place, 'opening-or-points');
  if (asked.kind === 'invalid') return read.ok ? 'was read, and must not be.' : undefined;
  if (!read.ok) return `was not read: ${read.error.sentence}`;
  switch (asked.kind) {
    case 'intervals':
      return judgeIntervals(asked, value, place);
    case 'next-change':
      return judgeChange(asked, read.value, place);
    case 'equal':
      return judgeEqual(asked, read.value, place);
    case 'warns':
      return read.value.remarks.length > 0 ? undefined : 'was read without a remark.';
  }
}

type CaseOf<K extends HoursCase['kind']> = Extract<HoursCase, { kind: K }>;

type Told = { readonly from: Instant; readonly to: Instant; readonly isUncertain: boolean; readonly comment: string | undefined };

function judgeIntervals(asked: CaseOf<'intervals'>, value: string, place: OpeningPlace): string | undefined {
  const read = readHours(value, place, 'opening-or-points');
  const found = read.ok ? read.value.intervals(momentIn(asked.from, place), momentIn(asked.to, place)) : read;
  if (!found.ok) return `cannot be evaluated: ${found.error.sentence}`;
  const wanted = asked.intervals.map(([from, to, isUncertain = false, comment]): Told => ({
    from: momentIn(from, place),
    to: momentIn(to, place),
    isUncertain,
    comment: comment ?? undefined,
  }));
  const count = Math.max(found.value.length, wanted.length);
  const index = Array.from({ length: count }, (_, at) => at).find((at) => !isSameStretch(found.value[at], wanted[at], value));
  if (index === undefined) return undefined;
  return `gives ${saidStretch(found.value[index], place)} as number ${index + 1}, not ${saidStretch(wanted[index], place)}.`;
}

/** Two good formulae of the sun differ by so much. */
const SUN_TOLERANCE = MINUTE;

/** A comment counts when the value itself says it: the name of a holiday is another's data, and in another's language. */
function isSameStretch(got: Told | undefined, wanted: Told | undefined, value: string): boolean {
  if (!got || !wanted) return false;
  const tolerance = /sun|dawn|dusk|daylight/i.test(value) ? SUN_TOLERANCE : 0;
  const isNear = (a: Instant, b: Instant) => Math.abs(a - b) <= tolerance;
  const isOwnComment = [got.comment, wanted.comment].some((comment) => comment !== undefined && value.includes(comment));
  return (
    isNear(got.from, wanted.from) &&
    isNear(got.to, wanted.to) &&
    got.isUncertain === wanted.isUncertain &&
    (!isOwnComment || got.comment === wanted.comment)
  );
}

function saidStretch(told: Told | undefined, place: OpeningPlace): string {
  if (!told) return 'nothing';
  return `${said(told.from, place)} to ${said(told.to, place)}${told.isUncertain ? ', uncertain' : ''}${told.comment === undefined ? '' : ` (${told.comment})`}`;
}

function judgeChange(asked: CaseOf<'next-change'>, reader: HoursReader, place: OpeningPlace): string | undefined {
  const change = reader.nextChange(momentIn(asked.at, place));
  if (!change.ok) return `cannot be evaluated: ${change.error.sentence}`;
  const wanted = WALL_TIME.test(asked.expected) ? said(momentIn(asked.expected, place), place) : 'never';
  const got = change.value === undefined ? 'never' : said(change.value, place);
  return got === wanted ? undefined : `changes ${got}, not ${wanted}.`;
}

function judgeEqual(asked: CaseOf<'equal'>, reader: HoursReader, place: OpeningPlace): string | undefined {
  const other = readHours(asked.other, place, 'opening-or-points');
  if (!other.ok) return `is compared with ${JSON.stringify(asked.other)}, which was not read: ${other.error.sentence}`;
  const isSame = reader.meansTheSame(other.value);
  return isSame === (asked.expected[0] === true) ? undefined : `${isSame ? 'means' : 'does not mean'} the same as ${asked.other}.`;
}

/** Where the source of the cases stands when it says nothing else: the Odenwald. */
const ODENWALD = { location: 'de_bw', latitude: 49.540_003_9, longitude: 9.793_713_3 };

/**
 * The place a case names: a country and a region, as `fr_corse`. `null`, or a name that is no place, means that nothing is known: neither
 * sun nor holidays. A case without the field stands where its source does, but for one that says what cannot be read anywhere. The clock is
 * the first of the country's.
 */
function placeOf({ kind, location }: HoursCase): OpeningPlace {
  const named = location === undefined && kind !== 'invalid' ? ODENWALD.location : location;
  const [, country, region = ''] = /^([a-z]{2})(?:_(\w+))?$/.exec(named ?? '') ?? [];
  const timeZone = country === undefined ? 'UTC' : (new Intl.Locale(`und-${country}`).getTimeZones?.()?.[0] ?? 'UTC');
  const at = named === ODENWALD.location ? ODENWALD : { latitude: undefined, longitude: undefined };
  return { timeZone, country, region, latitude: at.latitude, longitude: at.longitude };
}

function momentIn(text: string, { timeZone }: OpeningPlace): Instant {
  if (!WALL_TIME.test(text)) return instant(Date.parse(text));
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = text.split(/[- :]/).map(Number);
  return momentOf({ year, month, day, hour, minute }, timeZone);
}

function said(moment: Instant, { timeZone }: OpeningPlace): string {
  const { year, month, day, hour, minute } = wallTimeAt(moment, timeZone);
  const two = (count: number) => String(count).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}
