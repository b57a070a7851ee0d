import { z } from 'zod';
import type { Instant } from '@/lib/kernel';
import { instant } from '@/lib/kernel';

/** A moment as sources write it: ISO 8601, with or without a zone (then UTC), "+0000" for "+00:00". */
export function parseMoment(text: string | null | undefined): Instant | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  const zoned = text.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const told = Date.parse(/(z|[+-]\d{2}:\d{2})$/i.test(zoned) ? zoned : `${zoned}Z`);
  return Number.isNaN(told) ? undefined : instant(told);
}

/** A body as JSON; undefined when it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The address of a picture, or nothing: a source that tells it in another shape tells none, and everything else of it is read all the same. */
export const pictureAddress = z.string().nullish().catch(undefined);

/** The same for a list: a source that tells its pictures in another shape tells none. */
export const pictureList = <Row>(row: z.ZodType<Row>) => z.array(row).nullish().catch(undefined);
