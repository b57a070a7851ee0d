'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { currentPlace } from '@/app/_data/place';
import { currentPerson } from '@/app/_data/person';
import { say } from '@/app/_actions/said';
import { shopperForm } from '@/app/_actions/shopper-action';
import type { FormState } from '@/components/ui/form-state';
import { parseId, pathTo } from '@/lib/kernel';
import { LONGEST_WORDS, askShops } from '@/lib/requests';
import { texts } from '@/lib/texts';

const wish = z.object({
  words: z.string().trim().min(3, { error: 'nothing-asked' }).max(LONGEST_WORDS),
  email: z.union([z.literal(''), z.email({ error: 'email' }).max(200)]).default(''),
  listing: z.string().max(60).default(''),
});

const codes = [
  'nothing-asked',
  'contact-details',
  'no-fitting-shop',
  'too-many-requests',
  'photo-too-large',
  'photo-unreadable',
  'email',
] as const;
const isCode = (text: string): text is (typeof codes)[number] => codes.some((code) => code === text);
/** Where a refusal is said: at the field it is about. */
const fieldOf = (code: string): string => (code.startsWith('photo') ? 'photo' : code === 'too-many-requests' ? 'form' : 'words');

async function photoIn(form: FormData): Promise<Uint8Array | undefined> {
  const sent = form.get('photo');
  return sent instanceof File && sent.size > 0 ? new Uint8Array(await sent.arrayBuffer()) : undefined;
}

/** Asks the shops; success leads to the request's own page, a refusal gives everything that was typed back. */
export async function askShopsAction(previous: FormState, form: FormData): Promise<FormState> {
  const photo = await photoIn(form);
  const ask = shopperForm(
    {
      schema: wish,
      wordOf: (locale, { code }) => texts(locale, 'requests')(`ask.error.${isCode(code) ? code : 'nothing-asked'}`),
      apology: (locale) => texts(locale, 'requests')('ask.error.failed'),
    },
    async (_shopper, { words, email, listing }, { locale }) => {
      const [place, person, head] = await Promise.all([currentPlace(), currentPerson(), headers()]);
      const asked = await askShops({
        words,
        photo,
        listingId: listing === '' ? undefined : parseId('listing', listing),
        email: email === '' ? undefined : email,
        locale,
        place,
        personId: person?.personId,
        address: head.get('x-forwarded-for')?.split(',')[0]?.trim() ?? 'here',
      });
      const t = texts(locale, 'requests');
      if (!asked.ok) return { errors: [{ field: fieldOf(asked.error.kind), message: t(`ask.error.${asked.error.kind}`) }] };
      const path = pathTo(locale, 'request', { id: asked.value.token });
      await say({ kind: 'good', text: t('said.asked', { shops: asked.value.shops }), on: path });
      redirect(path);
    },
  );
  return ask(previous, form);
}
