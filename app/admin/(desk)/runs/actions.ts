'use server';

import { z } from 'zod';
import { operatorAction } from '@/app/_actions/operator-action';
import { explainRun } from '@/app/_text/explain-courier';
import { callOffRun, planRun } from '@/lib/courier';
import { parseId } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { mailRoles } from '../../_parts/ops-nav';

const PART = 'part:';

/** A name and any number of ticked bags; each bag's box carries its id in its name. */
const planning = z.record(z.string().max(60), z.string().max(200)).transform((entries, context) => {
  const courierName = (entries['courierName'] ?? '').trim().slice(0, 60);
  if (courierName === '') context.addIssue({ code: 'custom', message: 'no name' });
  const subOrderIds = Object.keys(entries)
    .filter((name) => name.startsWith(PART))
    .slice(0, 200)
    .flatMap((name) => parseId('subOrder', name.slice(PART.length)) ?? []);
  return { courierName, subOrderIds };
});

/** Makes a run of the ticked bags. */
export const planRunAction = operatorAction(
  planning,
  async ({ scope, locale }, input) => {
    const planned = await planRun(scope, input);
    if (!planned.ok) return { kind: 'bad', text: explainRun(locale, planned.error) };
    return { kind: 'good', text: texts(locale, 'courier')('city.planned') };
  },
  mailRoles,
);

/** Ends a run nobody has begun. */
export const callOffRunAction = operatorAction(
  z.object({ runId: z.string().max(40) }),
  async ({ scope, locale }, input) => {
    const runId = parseId('run', input.runId);
    if (!runId) return { kind: 'bad', text: explainRun(locale, { kind: 'run-not-found' }) };
    const off = await callOffRun(scope, runId);
    if (!off.ok) return { kind: 'bad', text: explainRun(locale, off.error) };
    return { kind: 'good', text: texts(locale, 'courier')('city.off') };
  },
  mailRoles,
);
