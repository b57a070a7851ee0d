import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import { requestAnswers, requests } from '@/db/schema';
import { askedLegalFields, categoryChooser, emptyDraft } from '@/lib/catalogue';
import type { Instant, OperatorScope, ShopScope } from '@/lib/kernel';
import { whileModuleOn } from '@/lib/modules';
import { reader } from '@/lib/platform/transaction';
import { factsIn } from './draft-of-answer';
import type { ModeratedRequestView, ShopRequestView } from './views';

const MOST = 100;

/** What this shop is asked and may still answer, unanswered ones first; nothing while the city has it switched off. */
export async function listShopRequests(scope: ShopScope, now: Instant): Promise<readonly ShopRequestView[]> {
  const others = sql<number>`(select count(*)::int from ${requestAnswers} other where other.request_id = ${requests.id}) - 1`;
  const rows = await reader()
    .select({ request: requests, answer: requestAnswers, others })
    .from(requestAnswers)
    .innerJoin(requests, eq(requests.id, requestAnswers.requestId))
    .where(
      and(
        eq(requestAnswers.shopId, scope.shopId),
        inArray(requestAnswers.state, ['asked', 'offered']),
        eq(requests.state, 'open'),
        gt(requests.expiresAt, now),
        whileModuleOn('requests'),
      ),
    )
    .orderBy(asc(requestAnswers.state), asc(requests.askedAt))
    .limit(MOST);
  // The tree is read only where somebody asks for a thing without a page: the desk comes here with every turn of its orders.
  const choose = rows.some(({ request }) => request.listingId === null) ? await categoryChooser(reader(), scope.shopId) : undefined;
  return rows.map(({ request, answer, others: otherShops }) => {
    const { title, priceMinor, quantity, available } = answer;
    const thing = title ?? request.words;
    const gates = request.listingId === null ? choose?.({ ...emptyDraft, title: thing }, undefined).legalGates : undefined;
    const isOffered = title !== null && priceMinor !== null && quantity !== null && available !== null;
    return {
      requestId: request.id,
      words: request.words,
      photoKey: request.photoKey ?? undefined,
      askedAt: request.askedAt,
      expiresAt: request.expiresAt,
      otherShops,
      asked: askedLegalFields(gates ?? []),
      facts: factsIn(answer.facts),
      offered: isOffered ? { title, priceMinor, quantity, available } : undefined,
    };
  });
}

/** What the street is asked now, newest first, for moderators. */
export async function listOpenRequests(_scope: OperatorScope): Promise<readonly ModeratedRequestView[]> {
  const counted = (state: 'asked' | 'offered') =>
    sql<number>`(select count(*)::int from ${requestAnswers} a where a.request_id = ${requests.id}${state === 'asked' ? sql`` : sql` and a.state = 'offered'`})`;
  const rows = await reader()
    .select({ request: requests, shopsAsked: counted('asked'), offers: counted('offered') })
    .from(requests)
    .where(eq(requests.state, 'open'))
    .orderBy(desc(requests.askedAt))
    .limit(MOST);
  return rows.map(({ request, shopsAsked, offers }) => ({
    requestId: request.id,
    words: request.words,
    photoKey: request.photoKey ?? undefined,
    askedAt: request.askedAt,
    shopsAsked,
    offers,
  }));
}
