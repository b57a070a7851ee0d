'use server';

import { redirect } from 'next/navigation';
import { change, changing, invite, inviting, remove, removing } from '@/app/_actions/change-team';
import { merchantAction, merchantForm } from '@/app/_actions/merchant-action';
import { say } from '@/app/_actions/said';
import { pathTo } from '@/lib/kernel';

/** "Ajouter et écrire". */
export const inviteColleagueAction = merchantForm(inviting, invite, 'manager');

/** "Changer le rôle". */
export const changeColleagueAction = merchantAction(changing, change, 'manager');

/** "Oui, retirer …"; whoever left finds the desks they still have. */
export const removeColleagueAction = merchantAction(
  removing,
  async (desk, input) => {
    const said = await remove(desk, input);
    if (said.kind === 'bad' || input.personId !== desk.scope.personId) return said;
    await say(said);
    redirect(pathTo(desk.locale, 'account'));
  },
  'manager',
);
