import { z } from 'zod';
import type { IdKind, IdOf, Instant } from '@/lib/kernel';
import { dateOf, idPrefixes, instant, instantOf, parseId } from '@/lib/kernel';

const shapeOf = (kind: IdKind): RegExp => new RegExp(`^${idPrefixes[kind]}_[0-9A-HJKMNP-TV-Z]{26}$`);

/** An id that comes in; read into its branded type. */
export function idOf<Kind extends IdKind>(kind: Kind) {
  const message = `must be an id beginning with ${idPrefixes[kind]}_`;
  return z
    .string()
    .regex(shapeOf(kind), { error: message })
    .transform((text, context): IdOf[Kind] => {
      const id = parseId(kind, text);
      if (id !== undefined) return id;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
}

/** An id that goes out. */
export function idText(kind: IdKind) {
  return z.string().regex(shapeOf(kind));
}

/** A moment that comes in, with its offset from UTC. */
export const momentIn = z.iso
  .datetime({ offset: true, error: 'must be a moment such as 2026-11-25T10:02:00+01:00' })
  .transform((text): Instant => instantOf(new Date(text)));

/** A moment that goes out, in UTC. */
export const moment = z.iso.datetime();

/** The words of a moment. */
export function iso(at: Instant): string {
  return dateOf(at).toISOString();
}

/** As above, `null` when there is none: a field that may be empty is always there. */
export function isoOrNull(at: Instant | null | undefined): string | null {
  return at === null || at === undefined ? null : iso(at);
}

/** Whole minor units (cents) of the currency beside it. */
export const minorUnits = z.int().min(0).max(100_000_000).meta({ description: 'Whole minor units (cents).' });

export const currency = z.string().length(3);

/** The key to a basket or an order: whoever has it, has that. */
export const linkToken = z.string().regex(/^[\w-]{20,64}$/, { error: 'must be the token of a link' });

export const salesUnit = z.enum(['each', 'gram', 'millimetre']);
export const method = z.enum(['pickup', 'courier', 'parcel']);

/** Nothing is asked here. */
export const nothing = z.object({});

const MOST_ROWS = 200;

/** A page of a long list: `cursor` is what the page before gave as `nextCursor`. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(50),
  cursor: z
    .string()
    .max(100)
    .regex(/^[\w-]+$/)
    .optional(),
});

/** A list as it is answered. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ data: z.array(row).readonly(), nextCursor: z.string().nullable() });
}

/** One more row than asked for was read: then there is a next page, and its cursor is the last id shown. */
export function paged<Row, Shown>(rows: readonly Row[], limit: number, told: { idOf: (row: Row) => string; show: (row: Row) => Shown }) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { data: shown.map(told.show), nextCursor: rows.length > limit && last !== undefined ? told.idOf(last) : null };
}

/** The moment of this call. */
export function callMoment(): Instant {
  return instant(Date.now());
}

/** The bytes of a call that brings a file. */
export const fileBytes = z.instanceof(Uint8Array);
