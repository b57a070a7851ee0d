import { z } from 'zod';
import type { FieldIssue } from '@/app/_actions/shopper-action';
import { offeredRescueWishes } from '@/lib/checkout/views';

const phone = z
  .string()
  .max(40)
  .transform((text) => text.replaceAll(/[\s.()-]/gu, ''))
  .refine((digits) => digits === '' || /^(?:\+\d{8,15}|0\d{9})$/u.test(digits), { error: 'invalid' })
  .transform((digits) => (digits === '' ? undefined : digits));

const line = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.replaceAll(/\s+/gu, ' ').trim());

/** What the order's page posts. Messages are codes: `explainCheckoutField` has the words. */
export const orderInput = z.object({
  key: z.string().regex(/^[\w:.-]{8,128}$/u),
  totalSeenMinor: z.coerce.number().int().nonnegative(),
  dueSeenMinor: z.coerce.number().int().nonnegative(),
  email: z
    .string()
    .trim()
    .min(1, { error: 'missing' })
    .max(254, { error: 'invalid' })
    .pipe(z.email({ error: 'invalid' })),
  name: z
    .string()
    .transform((text) => text.replaceAll(/\s+/gu, ' ').trim())
    .pipe(z.string().min(1, { error: 'missing' }).max(120, { error: 'long' })),
  phone: phone.optional(),
  address: line(200).optional(),
  /** One of the addresses the server proposed for a near miss. */
  addressChoice: line(200).optional(),
  rescueWish: z.enum(offeredRescueWishes, { error: 'missing' }),
  ageConfirmed: z.literal('yes').optional(),
});

/** What depends on the basket: the page says by hidden fields what it asked for; the use-case checks again. */
export function alsoNeeded(values: Readonly<Record<string, string>>): readonly FieldIssue[] {
  const address = `${values['address'] ?? ''}${values['addressChoice'] ?? ''}`.trim();
  return [
    ...(values['needsAddress'] === '1' && address === '' ? [{ field: 'address', code: 'missing' }] : []),
    ...(values['needsAge'] === '1' && values['ageConfirmed'] !== 'yes' ? [{ field: 'ageConfirmed', code: 'missing' }] : []),
  ];
}
