import { cookies, headers } from 'next/headers';
import { z } from 'zod';

/**
 * One sentence that answers what the shopper just did, carried to the next page by a cookie of a few seconds. It is how a form
 * without JavaScript speaks: the action redirects, the page it leads to says it. Nothing is believed from it: words for the same browser.
 */
const said = z.object({
  kind: z.enum(['good', 'bad']),
  text: z.string().min(1).max(400),
  /** Tells one message from the next with the same words. */
  at: z.number().int(),
  /** The page it belongs to; elsewhere it is not repeated. */
  on: z.string().max(2000).optional(),
  /** Where one would go next. */
  leadsTo: z.literal('basket').optional(),
  undo: z
    .union([
      z.object({ of: z.literal('plan') }),
      z.object({
        of: z.literal('line'),
        listingId: z.string().max(40),
        offerId: z.string().max(40),
        quantity: z.number().int().positive(),
        shopChosen: z.boolean(),
        priceSeenMinor: z.number().int().nonnegative(),
      }),
    ])
    .optional(),
});

export type Said = z.output<typeof said>;
export type Saying = Omit<Said, 'at'>;

const SAID_COOKIE = 'halles_said';
const LIFE_SECONDS = 6;

/** Keeps a sentence for the page that comes next. Only an action can. */
export async function say(saying: Saying | undefined): Promise<void> {
  const jar = await cookies();
  if (saying === undefined) {
    if (jar.has(SAID_COOKIE)) jar.delete(SAID_COOKIE);
    return;
  }
  const value = JSON.stringify({ ...saying, text: saying.text.slice(0, 400), at: Date.now() } satisfies Said);
  jar.set(SAID_COOKIE, value, { maxAge: LIFE_SECONDS, httpOnly: true, sameSite: 'lax', path: '/' });
}

/** What was said a moment ago, if anything. */
export async function lastSaid(): Promise<Said | undefined> {
  const value = (await cookies()).get(SAID_COOKIE)?.value;
  if (value === undefined) return undefined;
  const parsed = said.safeParse(jsonOf(value));
  if (!parsed.success) return undefined;
  const here = (await headers()).get('x-pathname');
  return parsed.data.on === undefined || here === null || parsed.data.on === here ? parsed.data : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // somebody wrote the cookie by hand
  }
}
