'use server';

import { redirect } from 'next/navigation';
import type { z } from 'zod';
import { change, changing, invite, inviting, remove, removing } from '@/app/_actions/change-team';
import type { DeskDoor } from '@/app/_actions/define-action';
import { deskAction, deskForm } from '@/app/_actions/define-action';
import { say, type Saying } from '@/app/_actions/said';
import { enterNetwork, type NetworkDesk } from '@/app/_data/desk';
import { explainDesk } from '@/app/_text/explain-desk';
import { err, pathTo } from '@/lib/kernel';

/** A form of a network's pages names its network in a hidden field; whether head office may is judged by the use-case. */
const door: DeskDoor<NetworkDesk> = {
  async enter(entries) {
    const entered = await enterNetwork(entries['network'] ?? '');
    return entered.ok ? entered : err({ sentence: explainDesk(entered.error.locale, { kind: 'role-too-small', ask: undefined }) });
  },
  invalid: (locale) => explainDesk(locale, { kind: 'invalid' }),
  apology: (locale) => explainDesk(locale, { kind: 'failed' }),
};

/** "Ajouter et écrire". */
export const inviteHeadOfficeAction = deskForm(door, inviting, invite);

/** "Changer le rôle". */
export const changeHeadOfficeAction = deskAction(door, changing, change);

/** "Oui, retirer …"; whoever left finds the desks they still have. */
export const removeHeadOfficeAction = deskAction(door, removing, async (desk, input: z.output<typeof removing>): Promise<Saying> => {
  const said = await remove(desk, input);
  if (said.kind === 'bad' || input.personId !== desk.scope.personId) return said;
  await say(said);
  redirect(pathTo(desk.locale, 'account'));
});
