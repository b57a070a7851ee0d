import { refresh } from 'next/cache';
import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { explainTeam } from '@/app/_text/explain-team';
import type { TeamScope } from '@/lib/identity';
import type { Locale } from '@/lib/kernel';
import { changeRole, inviteInput, inviteToTeam, removeFromTeam, roleField } from '@/lib/teams';
import { texts } from '@/lib/texts';
import { idField } from './id-field';
import type { Saying } from './said';

/** Whoever stands at the desk of a house: a shop's, a network's or the city's. */
type Desk = { readonly scope: TeamScope; readonly locale: Locale };

/** "Ajouter et écrire": a form with fields. */
export const inviting = {
  schema: inviteInput,
  wordOf: (locale: Locale, field: string): string =>
    texts(locale, 'team')(field === 'name' || field === 'role' ? `refused.${field}` : 'refused.email'),
};

export async function invite(
  { scope, locale }: Desk,
  wish: z.output<typeof inviteInput>,
): Promise<Pick<FormState, 'errors' | 'notice'> & Partial<Pick<FormState, 'values'>>> {
  const t = texts(locale, 'team');
  const invited = await inviteToTeam(scope, wish);
  if (!invited.ok) {
    const field = invited.error.kind === 'role-not-yours-to-give' ? 'role' : 'email';
    return { errors: [{ field, message: explainTeam(locale, invited.error) }] };
  }
  refresh(); // the list above the form
  return { errors: [], values: {}, notice: t('new.done', { email: invited.value.email, role: t(`roles.${wish.role}`) }) };
}

/** The name travels for the answer's sentence only. */
const someone = z.object({ personId: idField('person'), name: z.string().max(254).default('') });

/** "Changer le rôle", and "Donner l’accès à …". */
export const changing = someone.extend({ role: roleField });

export async function change({ scope, locale }: Desk, { personId, name, role }: z.output<typeof changing>): Promise<Saying> {
  const t = texts(locale, 'team');
  const changed = await changeRole(scope, { personId, role });
  return changed.ok
    ? { kind: 'good', text: t('said.changed', { name, role: t(`roles.${role}`) }) }
    : { kind: 'bad', text: explainTeam(locale, changed.error) };
}

/** "Oui, retirer …". */
export const removing = someone;

export async function remove({ scope, locale }: Desk, { personId, name }: z.output<typeof removing>): Promise<Saying> {
  const t = texts(locale, 'team');
  const removed = await removeFromTeam(scope, personId);
  if (!removed.ok) return { kind: 'bad', text: explainTeam(locale, removed.error) };
  return { kind: 'good', text: personId === scope.personId ? t('said.left') : t('said.removed', { name }) };
}
