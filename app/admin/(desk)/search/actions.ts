'use server';

import { z } from 'zod';
import { operatorAction } from '@/app/_actions/operator-action';
import { requestMoment } from '@/app/_data/showing';
import { addSynonym, removeSynonym } from '@/lib/search';
import { texts } from '@/lib/texts';
import { synonymRoles } from '../../_parts/ops-nav';

const input = z.object({ entry: z.string().min(1).max(300) });

/** Adds words that mean the same to the city's table. */
export const addSynonymAction = operatorAction(
  input,
  async ({ scope, locale }, { entry }) => {
    const t = texts(locale, 'admin');
    const added = await addSynonym(scope, entry, requestMoment());
    return added.ok ? { kind: 'good', text: t('search.added', { entry }) } : { kind: 'bad', text: t('search.saysNothing', { entry }) };
  },
  synonymRoles,
);

/** Takes an entry away. */
export const removeSynonymAction = operatorAction(
  input,
  async ({ scope, locale }, { entry }) => {
    await removeSynonym(scope, entry, requestMoment());
    return { kind: 'good', text: texts(locale, 'admin')('search.removed', { entry }) };
  },
  synonymRoles,
);
