import { refresh } from 'next/cache';
import { headers } from 'next/headers';
import { redirect, unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import type { FormState, StatefulAction } from '@/components/ui/form-state';
import type { Locale, Result } from '@/lib/kernel';
import { logError, withRequestId } from '@/lib/platform/log';
import { say, type Saying } from './said';
import { entriesOf } from './shopper-action';

/** Who stands at a desk, or the sentence that says why not. The door itself sends strangers away (404, sign-in). */
export type Entry<Who extends { readonly locale: Locale }> = Result<Who, { readonly sentence: string }>;

export type DeskDoor<Who extends { readonly locale: Locale }> = {
  readonly enter: (entries: Readonly<Record<string, string>>) => Promise<Entry<Who>>;
  /** Words for what is wrong with a form, and for a failure nobody expected. */
  readonly invalid: (locale: Locale) => string;
  readonly apology: (locale: Locale) => string;
};

/** The page a form stood on: where a browser without JavaScript goes back to. */
async function pageOfForm(): Promise<string> {
  const head = await headers();
  const referer = head.get('referer');
  const host = head.get('x-forwarded-host') ?? head.get('host');
  if (referer !== null && URL.canParse(referer)) {
    const url = new URL(referer);
    if (url.host === host) return `${url.pathname}${url.search}`;
  }
  return head.get('x-pathname') ?? '/';
}

async function guarded<T>(where: string, work: () => Promise<T>, apology: () => T): Promise<T> {
  const requestId = (await headers()).get('x-request-id') ?? 'none';
  return withRequestId(requestId, async () => {
    try {
      return await work();
    } catch (error) {
      unstable_rethrow(error); // redirects and 404s travel as exceptions
      logError(where, error);
      return apology();
    }
  });
}

/**
 * The door of a small change at a desk (accept, tick, count): who → parse → scope → use-case → words. The answer is a sentence on the
 * page the form stood on; without JavaScript by a redirect, so that reloading repeats nothing.
 */
export function deskAction<Who extends { readonly locale: Locale }, Schema extends z.ZodType>(
  door: DeskDoor<Who>,
  schema: Schema,
  work: (who: Who, input: z.output<Schema>) => Promise<Saying | undefined>,
): (form: FormData) => Promise<void> {
  return async (form) => {
    const entries = entriesOf(form);
    const entered = await door.enter(entries);
    if (!entered.ok) {
      await say({ kind: 'bad', text: entered.error.sentence });
    } else {
      const who = entered.value;
      const parsed = schema.safeParse(entries);
      const invalid: Saying = { kind: 'bad', text: door.invalid(who.locale) };
      const apology: Saying = { kind: 'bad', text: door.apology(who.locale) };
      await say(
        parsed.success
          ? await guarded<Saying | undefined>(
              'desk-action',
              () => work(who, parsed.data),
              () => apology,
            )
          : invalid,
      );
    }
    if (!(await headers()).has('next-action')) redirect(await pageOfForm());
    refresh(); // a change that says nothing shows itself on the page all the same
  };
}

/**
 * The door of a form with fields: a refusal comes back as the form with everything that was typed, or with what the work puts in its place.
 * Each issue of the schema carries a word of `wordOf`.
 */
export function deskForm<Who extends { readonly locale: Locale }, Schema extends z.ZodType>(
  door: DeskDoor<Who>,
  form: { readonly schema: Schema; readonly wordOf: (locale: Locale, field: string, code: string) => string },
  work: (who: Who, input: z.output<Schema>) => Promise<Omit<FormState, 'attempt' | 'values'> & Partial<Pick<FormState, 'values'>>>,
): StatefulAction {
  return async (previous, posted) => {
    const values = entriesOf(posted);
    const back = (errors: FormState['errors']): FormState => ({ values, errors, attempt: previous.attempt + 1 });
    const entered = await door.enter(values);
    if (!entered.ok) return back([{ field: 'form', message: entered.error.sentence }]);
    const who = entered.value;
    const parsed = form.schema.safeParse(values);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = String(issue?.path[0] ?? 'form');
      return back([{ field, message: form.wordOf(who.locale, field, issue?.message ?? '') }]);
    }
    return guarded<FormState>(
      'desk-form',
      async () => ({ values, attempt: previous.attempt + 1, ...(await work(who, parsed.data)) }),
      () => back([{ field: 'form', message: door.apology(who.locale) }]),
    );
  };
}
