import { eq } from 'drizzle-orm';
import { people, roleGrants, verificationTokens } from '@/db/schema';
import type { Result } from '@/lib/kernel';
import { closedAddress, err, ok } from '@/lib/kernel';
import { forgetAccountMails } from '@/lib/messaging';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import { revokeSessionsOf } from './sessions';
import type { SessionView } from './views';

/** Somebody works here under this account: a shop, a network or the city would lose a keeper without a word. They leave that house first. */
export type CloseAccountRefusal = { readonly kind: 'still-in-a-house' };

/**
 * Closes an account for good: its address and name are gone, from the mails about it too, every browser is signed out, links that were mailed
 * open nothing. What was bought stays with its contracts as long as the law wants it there; an alert and a request on the street never were
 * the account's, and forget their address by themselves. The same address may open a new account, which is another person. (GDPR, article 17.)
 */
export async function closeAccount(
  session: SessionView,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<void, CloseAccountRefusal>> {
  return observed({ useCase: 'close-account', actor: 'shopper', ids: { personId: session.personId } }, () =>
    withTransaction(async (tx): Promise<Result<void, CloseAccountRefusal>> => {
      // Whoever gives a role holds this row too: of the two at once, one comes first.
      const [person] = await tx.select({ email: people.email }).from(people).where(eq(people.id, session.personId)).for('update');
      if (!person) return ok(undefined);
      const [role] = await tx.select({ role: roleGrants.role }).from(roleGrants).where(eq(roleGrants.personId, session.personId)).limit(1);
      if (role) return err({ kind: 'still-in-a-house' });
      await tx.delete(verificationTokens).where(eq(verificationTokens.identifier, person.email));
      await revokeSessionsOf(session.personId, { clock }, tx);
      await forgetAccountMails(tx, { personId: session.personId, email: person.email });
      const nobody = { email: closedAddress(session.personId), name: null, emailVerifiedAt: null };
      await tx.update(people).set(nobody).where(eq(people.id, session.personId));
      return ok(undefined);
    }),
  );
}
