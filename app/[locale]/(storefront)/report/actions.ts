'use server';

import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { addressOf, isLocale, unprefixedLocale, type Locale } from '@/lib/kernel';
import { receiveNotice } from '@/lib/moderation';
import { env } from '@/lib/platform/env';
import { texts } from '@/lib/texts';

const notice = z.object({
  url: z.string().trim().max(500).refine(isOurs),
  reason: z.string().trim().min(10).max(4000),
  name: z.string().trim().min(2).max(200),
  email: z.email().max(200),
  faith: z.literal('1'),
});

const fields = ['url', 'reason', 'name', 'email', 'faith'] as const;

/** An exact address of this site, whole or from its root. */
function isOurs(text: string): boolean {
  if (!URL.canParse(text, env().baseUrl)) return false;
  const url = new URL(text, env().baseUrl);
  return (url.protocol === 'http:' || url.protocol === 'https:') && addressOf(url.pathname) !== undefined;
}

function valuesOf(form: FormData): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map((field) => [field, String(form.get(field) ?? '').slice(0, 4000)]));
}

/** Stores a report and says its reference; or says what is missing and gives everything typed back. */
export async function reportAction(previous: FormState, form: FormData): Promise<FormState> {
  const asked = form.get('locale');
  const locale: Locale = typeof asked === 'string' && isLocale(asked) ? asked : unprefixedLocale;
  const t = texts(locale, 'legal');
  const values = valuesOf(form);
  const parsed = notice.safeParse(values);
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map((issue) => issue.path[0]));
    const errors = fields.filter((field) => wrong.has(field)).map((field) => ({ field, message: t(`report.error.${field}`) }));
    return { values, errors, attempt: previous.attempt + 1 };
  }
  const { url, reason, name, email } = parsed.data;
  const received = await receiveNotice({ url, reason, name, email });
  const reference = received.ok ? received.value.reference : '';
  return { values: {}, errors: [], attempt: previous.attempt + 1, notice: t('report.sentText', { id: reference, email }) };
}
