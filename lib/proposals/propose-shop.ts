import { isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { shopProposals } from '@/db/schema';
import { err, ok, type Result } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { systemPorts, type Ports } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';

export type ProposalRefusal = { readonly kind: 'too-many-proposals' };

export const LONGEST_NAME = 80;
export const LONGEST_WORDS = 500;
/** So many wait to be read at most: what nobody reads is not gathered. */
const MOST_UNSEEN = 500;

/** What is said of a shop: its name, and if one likes where it is and why. */
export const proposalInput = z.object({
  name: z.string().trim().min(2).max(LONGEST_NAME),
  street: z.string().trim().max(120).default(''),
  words: z.string().trim().max(LONGEST_WORDS).default(''),
});

/** A name without case, accents and signs; as it is where nothing would be left of it. */
function keyOf(name: string): string {
  const lower = name.toLowerCase();
  const plain = lower.normalize('NFKD').replace(/\p{M}/gu, '');
  return plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim() || lower;
}

/** Somebody names a shop they would like to see here. The same shop again is one more wish, and keeps the first one's words. */
export async function proposeShop(
  { name, street, words }: z.output<typeof proposalInput>,
  { clock }: Ports = systemPorts,
): Promise<Result<void, ProposalRefusal>> {
  return observed({ useCase: 'propose-shop', actor: 'shopper', ids: {} }, () =>
    withTransaction(async (tx): Promise<Result<void, ProposalRefusal>> => {
      if ((await tx.$count(shopProposals, isNull(shopProposals.seenAt))) >= MOST_UNSEEN) return err({ kind: 'too-many-proposals' });
      await tx
        .insert(shopProposals)
        .values({ key: keyOf(name), name, street, words, proposedAt: clock.now() })
        .onConflictDoUpdate({ target: shopProposals.key, set: { wishes: sql`${shopProposals.wishes} + 1` } });
      return ok(undefined);
    }),
  );
}
