import { refresh } from 'next/cache';
import { cookies, headers } from 'next/headers';
import { redirect, unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import { explainBasket } from '@/app/_text/explain-basket';
import type { StatefulAction, FormState } from '@/components/ui/form-state';
import { BASKET_COOKIE, currentSession, SESSION_COOKIE, shopperScope } from '@/lib/identity';
import type { Locale, ShopperScope } from '@/lib/kernel';
import { addressOf, isLocale, pathTo, unprefixedLocale } from '@/lib/kernel';
import { logError } from '@/lib/platform/log';
import { say, type Saying } from './said';

/** What an action knows about the request besides its input. */
export type Door = {
  readonly locale: Locale;
  /** The page the form stood on. */
  readonly from: string;
  /** The browser runs our script: the page refreshes in place, no redirect is needed. */
  readonly hasScript: boolean;
};

/** The text entries of a form; files and Next's own fields are left out, and zero bytes, which no keyboard makes and no text of the database holds. */
export function entriesOf(form: FormData): Readonly<Record<string, string>> {
  const texts = [...form.entries()].flatMap(([name, value]) =>
    typeof value === 'string' && !name.startsWith('$ACTION') ? [[name, value.replaceAll('\0', '')] as const] : [],
  );
  return Object.fromEntries(texts);
}

/** Where the form stood and in which language, from its hidden field or the address it came from. */
export async function doorOf(form: FormData): Promise<Door> {
  const head = await headers();
  const referer = head.get('referer');
  const url = referer !== null && URL.canParse(referer) ? new URL(referer) : undefined;
  const own = url !== undefined && url.host === (head.get('x-forwarded-host') ?? head.get('host'));
  const asked = form.get('locale');
  const named = typeof asked === 'string' && isLocale(asked) ? asked : undefined;
  const locale = named ?? (own ? addressOf(decodeURI(url.pathname))?.locale : undefined) ?? unprefixedLocale;
  return { locale, from: own ? `${url.pathname}${url.search}` : pathTo(locale, 'basket'), hasScript: head.has('next-action') };
}

/** Who posts: read from the cookies at the moment of the action. */
export async function postingShopper(): Promise<ShopperScope> {
  const jar = await cookies();
  const session = await currentSession(jar.get(SESSION_COOKIE)?.value);
  return shopperScope({ session, basketToken: jar.get(BASKET_COOKIE)?.value });
}

/**
 * The door of a small change (add, quantity, plan): who, parse, scope, use-case, words. The answer is a sentence on the page the form
 * stood on; without JavaScript by a redirect, so that reloading repeats nothing.
 */
export function shopperAction<Schema extends z.ZodType>(
  schema: Schema,
  work: (shopper: ShopperScope, input: z.output<Schema>, door: Door) => Promise<Saying | undefined>,
): (form: FormData) => Promise<void> {
  return async (form) => {
    const door = await doorOf(form);
    const parsed = schema.safeParse(entriesOf(form));
    const answer = parsed.success
      ? await apologising(door.locale, async () => work(await postingShopper(), parsed.data, door))
      : { kind: 'bad' as const, text: explainBasket(door.locale, { kind: 'invalid' }) };
    await say(answer && { ...answer, on: door.from.split('?')[0] });
    if (!door.hasScript) redirect(door.from);
    refresh(); // a change without a word changes the page all the same
  };
}

/** Runs the use-case; an unexpected error is logged once, here, and answered with an apology instead of a broken page. */
async function apologising(locale: Locale, work: () => Promise<Saying | undefined>): Promise<Saying | undefined> {
  try {
    return await work();
  } catch (error) {
    unstable_rethrow(error);
    logError('shopper-action', error);
    return { kind: 'bad', text: explainBasket(locale, { kind: 'unknown' }) };
  }
}

/** One thing wrong with a form: the field it belongs to and the code its schema gave. */
export type FieldIssue = { readonly field: string; readonly code: string };

/** What a form's work answers: what is wrong, or good news beside the form. Success leaves by a redirect instead. */
export type FormAnswer = Omit<FormState, 'values' | 'attempt'>;

/**
 * The door of a form with fields: as above, but a refusal comes back as the form with everything that was typed, and success leaves
 * by a redirect. `also` finds what the schema of single fields cannot see.
 */
export function shopperForm<Schema extends z.ZodType>(
  form: {
    readonly schema: Schema;
    readonly also?: (values: FormState['values']) => readonly FieldIssue[];
    readonly wordOf: (locale: Locale, issue: FieldIssue) => string;
    readonly apology: (locale: Locale) => string;
  },
  work: (shopper: ShopperScope, input: z.output<Schema>, door: Door) => Promise<FormAnswer>,
): StatefulAction {
  return async (previous, posted) => {
    const door = await doorOf(posted);
    const values = entriesOf(posted);
    const back = (answer: FormAnswer): FormState => ({ ...answer, values, attempt: previous.attempt + 1 });
    const parsed = form.schema.safeParse(values);
    const issues = [...(parsed.success ? [] : issuesOf(parsed.error)), ...(form.also?.(values) ?? [])];
    if (!parsed.success || issues.length > 0) {
      return back({ errors: issues.map((issue) => ({ field: issue.field, message: form.wordOf(door.locale, issue) })) });
    }
    try {
      return back(await work(await postingShopper(), parsed.data, door));
    } catch (error) {
      unstable_rethrow(error);
      logError('shopper-form', error);
      return back({ errors: [{ field: 'form', message: form.apology(door.locale) }] });
    }
  };
}

/** The first issue of each field, in the order of the form. */
function issuesOf(error: z.ZodError): readonly FieldIssue[] {
  const byField = new Map<string, FieldIssue>();
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? 'form');
    if (!byField.has(field)) byField.set(field, { field, code: issue.message });
  }
  return [...byField.values()];
}
