'use server';

import { z } from 'zod';
import { idField } from '@/app/_actions/id-field';
import { merchantAction, merchantForm } from '@/app/_actions/merchant-action';
import type { Locale } from '@/lib/kernel';
import { createKey, keyInput, keyScopes, revokeKey } from '@/lib/machines';
import { texts } from '@/lib/texts';

/** Each scope is a box of its own: ticked ones are posted. */
const posted = z
  .object({
    label: z.string(),
    reach: z.enum(['shop', 'network']).default('shop'),
    ...Object.fromEntries(keyScopes.map((scope) => [scope, z.string().optional()])),
  })
  .transform((form, context) => {
    const ticked = new Set(Object.keys(form));
    const read = keyInput.safeParse({ label: form.label, reach: form.reach, scopes: keyScopes.filter((scope) => ticked.has(scope)) });
    if (read.success) return read.data;
    for (const { path, message } of read.error.issues) context.addIssue({ code: 'custom', path: [...path], message });
    return z.NEVER;
  });

function wordOf(locale: Locale, field: string): string {
  const t = texts(locale, 'machines');
  return field === 'label' || field === 'scopes' ? t(`refused.${field}`) : t('refused.failed');
}

/** Makes a key; the answer shows it, this once. */
export const createKeyAction = merchantForm(
  { schema: posted, wordOf },
  async ({ scope, locale }, wish) => {
    const made = await createKey(scope, wish);
    if (made.ok) return { errors: [], notice: made.value.key };
    const t = texts(locale, 'machines');
    const message =
      made.error.kind === 'too-many-keys' ? t('refused.too-many-keys', { most: made.error.most }) : t(`refused.${made.error.kind}`);
    return { errors: [{ field: 'label', message }] };
  },
  'manager',
);

const keyId = idField('apiKey');

/** Takes a key back. */
export const revokeKeyAction = merchantAction(
  z.object({ keyId }),
  async ({ scope, locale }, input) => {
    const t = texts(locale, 'machines');
    const revoked = await revokeKey(scope, input.keyId);
    return revoked.ok ? { kind: 'good', text: t('keys.said') } : { kind: 'bad', text: t('keys.gone') };
  },
  'manager',
);
