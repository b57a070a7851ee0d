import { z } from 'zod';
import { refusalReasons } from '@/lib/fulfilment';
import { idField } from './id-field';

const subOrderId = idField('subOrder');
const lineId = idField('orderLine');
const offerId = idField('offer');
const pieces = z
  .string()
  .regex(/^\d{1,7}$/, { error: 'not-a-number' })
  .transform(Number);

/**
 * The forms of a shop's counter that may wait in a browser for the network, by what they do: what is read when one is sent is read when it
 * comes later.
 */
export const counterForms = {
  accept: z.object({ subOrderId }),
  refuse: z.object({ subOrderId, reason: z.enum(refusalReasons) }),
  tick: z.object({ lineId, pickedQuantity: pieces.optional() }),
  missing: z.object({ subOrderId, lineId, found: pieces, reason: z.enum(['missing', 'damaged']) }),
  ready: z.object({ subOrderId, bag: z.string().trim().max(40).optional(), withMissing: z.literal('yes').optional() }),
  handover: z.object({
    subOrderId,
    code: z.string().trim().max(60).optional(),
    name: z.string().trim().max(80).optional(),
    digits: z.string().trim().max(12).optional(),
    ageChecked: z.literal('yes').optional(),
  }),
  count: z.object({
    offerId,
    counted: z
      .string()
      .trim()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  }),
  change: z.object({
    offerId,
    delta: z
      .string()
      .regex(/^-?\d{1,5}$/)
      .transform(Number),
  }),
  switch: z.object({ takesOrders: z.enum(['on', 'off']) }),
};

/** What somebody at the counter showed, as the handover asks for it. */
export function handoverOf({ subOrderId: id, code, name, digits, ageChecked }: z.output<(typeof counterForms)['handover']>) {
  const proof = name && digits ? { name, lastDigits: digits } : { pass: code ?? '' };
  return { subOrderId: id, proof, ageChecked: ageChecked === 'yes' };
}
