'use server';

import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { z } from 'zod';
import { currentPerson } from '@/app/_data/person';
import { toSignIn } from '@/app/_data/desk';
import { ownPath, requestAccess } from '@/lib/identity';
import { texts } from '@/lib/texts';
import { say } from './said';
import { entriesOf } from './shopper-action';

const asking = z.object({ shop: z.string().max(80), role: z.string().max(20), path: z.string().max(300) });

/** Asks the owner (or the city's administrator) for a bigger role, by mail. */
export async function requestAccessAction(form: FormData): Promise<void> {
  const session = await currentPerson();
  if (!session) return toSignIn();
  const parsed = asking.safeParse(entriesOf(form));
  if (!parsed.success) return notFound();
  const path = ownPath(parsed.data.path);
  const asked = await requestAccess(session, { shopSlug: parsed.data.shop || undefined, role: parsed.data.role, path });
  if (!asked.ok) return notFound();
  await say({ kind: 'good', text: texts(session.locale, 'merchant')('ask.sent', { name: asked.value.name }) });
  if (!(await headers()).has('next-action')) redirect(path);
}
