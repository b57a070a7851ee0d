import { and, eq, inArray } from 'drizzle-orm';
import { listings, matchReviews, offers } from '@/db/schema';
import type { MatchReviewId, OperatorScope, Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { withTransaction } from '@/lib/platform/transaction';

type MatchDecision = 'merge' | 'keep-apart' | 'split';
type MatchRefusal = { readonly kind: 'review-not-found' } | { readonly kind: 'decided-already' };

type Review = typeof matchReviews.$inferSelect;
type Decided = Result<undefined, MatchRefusal>;

/** From which state each decision may be taken: a merge is taken back by a split, everything else is decided once. */
const from = { merge: ['open', 'split'], 'keep-apart': ['open'], split: ['merged'] } as const;
const to = { merge: 'merged', 'keep-apart': 'apart', split: 'split' } as const;

/** Every offer of one page goes to the other, which of them is remembered; the page that is left behind is no longer shown. */
async function merge(tx: Tx, { listingId, otherListingId }: Review): Promise<Review['moved']> {
  const moved = await tx
    .update(offers)
    .set({ listingId: otherListingId })
    .where(eq(offers.listingId, listingId))
    .returning({ id: offers.id });
  await tx.update(listings).set({ isPublished: false }).where(eq(listings.id, listingId));
  return moved.map(({ id }) => id);
}

/** The offers that came from there go back, if nobody has moved them on. */
async function split(tx: Tx, { listingId, otherListingId, moved }: Review): Promise<Review['moved']> {
  await tx
    .update(offers)
    .set({ listingId })
    .where(and(eq(offers.listingId, otherListingId), inArray(offers.id, [...moved])));
  await tx.update(listings).set({ isPublished: true }).where(eq(listings.id, listingId));
  return [];
}

/** A person says whether two pages are one thing; merging can be taken back at any time. */
export async function decideMatch(
  scope: OperatorScope,
  { reviewId, decision }: { readonly reviewId: MatchReviewId; readonly decision: MatchDecision },
  ports: Ports = systemPorts,
): Promise<Decided> {
  return observed({ useCase: 'decide-match', actor: scope.kind, ids: { reviewId } }, () =>
    withTransaction(async (tx): Promise<Decided> => {
      const [review] = await tx.select().from(matchReviews).where(eq(matchReviews.id, reviewId)).for('update');
      if (!review) return err({ kind: 'review-not-found' });
      if (!from[decision].some((state) => state === review.state)) return err({ kind: 'decided-already' });
      const moved = decision === 'merge' ? await merge(tx, review) : decision === 'split' ? await split(tx, review) : [];
      await tx
        .update(matchReviews)
        .set({ state: to[decision], moved, decidedAt: ports.clock.now(), decidedBy: scope.personId })
        .where(eq(matchReviews.id, reviewId));
      return ok(undefined);
    }),
  );
}
