import { asc, desc, eq, isNull } from 'drizzle-orm';
import { shopProposals } from '@/db/schema';
import { ok, type OperatorScope, type Result } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { systemPorts, type Ports } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { ProposalView } from './views';

const MOST = 50;

/** What nobody of the city has read yet, most wished for first. */
export async function listProposals(_scope: OperatorScope): Promise<readonly ProposalView[]> {
  return reader()
    .select({
      key: shopProposals.key,
      name: shopProposals.name,
      street: shopProposals.street,
      words: shopProposals.words,
      wishes: shopProposals.wishes,
      proposedAt: shopProposals.proposedAt,
    })
    .from(shopProposals)
    .where(isNull(shopProposals.seenAt))
    .orderBy(desc(shopProposals.wishes), asc(shopProposals.proposedAt))
    .limit(MOST);
}

/** Somebody of the city has read it: it is off the list, and its wishes go on being counted. Again, or of none, changes nothing. */
export async function seeProposal(scope: OperatorScope, key: string, { clock }: Ports = systemPorts): Promise<void> {
  await observed({ useCase: 'see-proposal', actor: scope.kind, ids: {} }, () =>
    withTransaction(async (tx): Promise<Result<void, never>> => {
      await tx.update(shopProposals).set({ seenAt: clock.now() }).where(eq(shopProposals.key, key));
      return ok(undefined);
    }),
  );
}
