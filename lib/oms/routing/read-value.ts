/** Readers of single values for `parseCase`: each returns what it was asked for or ends the reading with one sentence. */

/** Thrown by these readers only, caught by `parseCase` only: the first thing that is wrong ends the reading. */
export class Malformed extends Error {}

/** What a value belongs to. Sentences are only put together when something is wrong: reading is on the way of every answer. */
export type Owner = { readonly kind: string; readonly id: string } | '';

const LONGEST_TEXT = 200;
/** Beyond, the distance of two points is no longer exact. */
const LARGEST_COORDINATE = 2 ** 40;

/** Ends the reading with a sentence. */
export function fail(reason: string, owner: Owner = ''): never {
  throw new Malformed(owner === '' ? `${reason}.` : `${reason} (${owner.kind} ${owner.id}).`);
}

export function record(value: unknown, what: string, owner: Owner): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) fail(`${what} is not an object`, owner);
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function list(value: unknown, what: string, owner: Owner, most: number): readonly unknown[] {
  if (!Array.isArray(value)) fail(`${what} are not a list`, owner);
  if (value.length > most) fail(`${what} are more than ${most}`, owner);
  return value;
}

export function tuple(value: unknown, length: number, what: string, owner: Owner): readonly unknown[] {
  if (!Array.isArray(value) || value.length !== length) fail(`${what} has not ${length} columns`, owner);
  return value;
}

export function text(value: unknown, what: string, owner: Owner): string {
  if (typeof value !== 'string' || value === '' || value.length > LONGEST_TEXT) fail(`${what} is not a short text`, owner);
  return value;
}

export function count(value: unknown, what: string, owner: Owner): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) fail(`${what} is not a whole number of zero or more`, owner);
  if (value > Number.MAX_SAFE_INTEGER) fail(`${what} is too large`, owner);
  return value;
}

export function optional(value: unknown, what: string, owner: Owner): number | null {
  return value === null || value === undefined ? null : count(value, what, owner);
}

export function truth(value: unknown, what: string, owner: Owner): boolean {
  if (typeof value !== 'boolean') fail(`${what} is neither true nor false`, owner);
  return value;
}

export function oneOf<T extends string>(value: unknown, allowed: readonly T[], what: string, owner: Owner): T {
  return allowed.find((candidate) => candidate === value) ?? fail(`${what} is not one of ${allowed.join(', ')}`, owner);
}

export function point(value: unknown, what: string, owner: Owner): readonly [number, number] {
  const pair = tuple(value, 2, what, owner);
  return [coordinate(pair[0], what, owner), coordinate(pair[1], what, owner)];
}

function coordinate(value: unknown, what: string, owner: Owner): number {
  const read = count(value, what, owner);
  if (read > LARGEST_COORDINATE) fail(`${what} is too far away`, owner);
  return read;
}

export function distinct(items: readonly { readonly id: string }[], what: string, owner: Owner): void {
  if (items.length > 1 && new Set(items.map((item) => item.id)).size < items.length) fail(`two ${what} have the same id`, owner);
}
