'use server';

import { redirect } from 'next/navigation';
import { change, changing, invite, inviting, remove, removing } from '@/app/_actions/change-team';
import { operatorAction, operatorForm } from '@/app/_actions/operator-action';
import { say } from '@/app/_actions/said';
import { pathTo } from '@/lib/kernel';

const keepers = ['admin'] as const;

/** "Ajouter et écrire". */
export const inviteOperatorAction = operatorForm(inviting, invite, keepers);

/** "Changer le rôle". */
export const changeOperatorAction = operatorAction(changing, change, keepers);

/** "Oui, retirer …"; whoever left finds the desks they still have. */
export const removeOperatorAction = operatorAction(
  removing,
  async (desk, input) => {
    const said = await remove(desk, input);
    if (said.kind === 'bad' || input.personId !== desk.scope.personId) return said;
    await say(said);
    redirect(pathTo(desk.locale, 'account'));
  },
  keepers,
);
