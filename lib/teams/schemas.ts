import { z } from 'zod';
import { networkRoles, operatorRoles, shopRoles } from '@/lib/kernel';

/** A name somebody is called by: no address and no link, it is shown to others. */
const calledName = z
  .string()
  .trim()
  .max(60)
  .regex(/^[^\p{Cc}<>@/\\]*$/u);

export const roleField = z.enum([...shopRoles, ...networkRoles, ...operatorRoles]);

export const inviteInput = z.object({
  email: z.string().trim().max(254).pipe(z.email()),
  name: calledName.optional().transform((name) => name || undefined),
  role: roleField,
});
export type InviteWish = z.output<typeof inviteInput>;
