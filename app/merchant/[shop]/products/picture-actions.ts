'use server';

import { z } from 'zod';
import { idField } from '@/app/_actions/id-field';
import { merchantAction } from '@/app/_actions/merchant-action';
import type { Locale } from '@/lib/kernel';
import { addPictures, MOST_PICTURES, removePicture, showFirst, type PictureRefusal } from '@/lib/pictures';
import { texts } from '@/lib/texts';

const refused = (locale: Locale, { kind }: PictureRefusal) =>
  ({ kind: 'bad', text: texts(locale, 'product')(`pictures.refused.${kind}`, { most: MOST_PICTURES }) }) as const;

const offer = z.object({
  offerId: idField('offer'),
});

async function picturesIn(form: FormData): Promise<readonly Uint8Array[]> {
  const files = form.getAll('pictures').flatMap((sent) => (sent instanceof File && sent.size > 0 ? [sent] : []));
  return Promise.all(files.slice(0, MOST_PICTURES + 1).map(async (file) => new Uint8Array(await file.arrayBuffer())));
}

/** Adds the pictures a form brings. */
export async function addPicturesAction(form: FormData): Promise<void> {
  const pictures = await picturesIn(form);
  const add = merchantAction(
    offer,
    async ({ scope, locale }, { offerId }) => {
      const added = await addPictures(scope, { offerId, pictures });
      return added.ok
        ? { kind: 'good', text: texts(locale, 'product')('pictures.added', { count: added.value.added }) }
        : refused(locale, added.error);
    },
    'manager',
  );
  await add(form);
}

const picture = z.object({ picture: z.string().max(90), wish: z.enum(['first', 'remove']) });

/** Puts a picture before the others, or takes it back. */
export const changePictureAction = merchantAction(
  picture,
  async ({ scope, locale }, { picture: key, wish }) => {
    const done = wish === 'first' ? await showFirst(scope, key) : await removePicture(scope, key);
    return done.ok ? { kind: 'good', text: texts(locale, 'product')(`pictures.did.${wish}`) } : refused(locale, done.error);
  },
  'manager',
);
