import { z } from 'zod';
import type { PromiseView } from '@/lib/promise/views';
import { iso, isoOrNull, method, minorUnits, moment } from '../_door/fields';

/** When, how and for how much something can be had. */
export const promise = z
  .object({
    method,
    from: moment,
    to: moment.nullable(),
    keptUntil: moment.nullable(),
    certainty: z.enum(['sure', 'likely', 'late']),
    costMinor: minorUnits,
  })
  .meta({ id: 'Promise' });

export function promiseBody(view: PromiseView): z.input<typeof promise> {
  return {
    method: view.method,
    from: iso(view.from),
    to: isoOrNull(view.to),
    keptUntil: isoOrNull(view.keptUntil),
    certainty: view.certainty,
    costMinor: view.cost.amountMinor,
  };
}
