'use server';

import { z } from 'zod';
import { operatorAction } from '@/app/_actions/operator-action';
import { retryParkedJob } from '@/lib/insights';
import { texts } from '@/lib/texts';
import { mailRoles } from '../../_parts/ops-nav';

/** Runs a stuck task again; the same one twice changes nothing. */
export const retryParkedAction = operatorAction(
  z.object({ id: z.uuid() }),
  async ({ scope, locale }, { id }) => {
    const retried = await retryParkedJob(scope, id);
    const t = texts(locale, 'admin');
    return retried.ok ? { kind: 'good', text: t('parked.retried') } : { kind: 'bad', text: t('parked.gone') };
  },
  mailRoles,
);
