import { asc, eq } from 'drizzle-orm';
import { requestAnswers, requests } from '@/db/schema';
import type { Instant, Position, RequestScope } from '@/lib/kernel';
import { metresBetween, walkingMinutes } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { readyAt } from '@/lib/promise';
import { loadShopBook, type ShopBook } from '@/lib/shops';
import { leadTimeOf } from './limits';
import type { RequestOfferView, RequestView } from './views';

type AnswerRow = typeof requestAnswers.$inferSelect;
type Seen = { readonly book: ShopBook; readonly place: Position | undefined; readonly now: Instant };

function offerView(answer: AnswerRow, { book, place, now }: Seen): RequestOfferView | undefined {
  const shop = book.get(answer.shopId);
  const { title, priceMinor, quantity, available, answeredAt } = answer;
  if (!shop || title === null || priceMinor === null || quantity === null || available === null || answeredAt === null) return undefined;
  return {
    shopId: shop.id,
    shopName: shop.name,
    shopSlug: shop.slug,
    street: shop.street,
    awning: shop.awning,
    title,
    priceMinor,
    quantity,
    available,
    readyFrom: readyAt({ shop, now, leadTimeMinutes: leadTimeOf[available] }),
    walkingMinutes: place && walkingMinutes(metresBetween(place, shop.at)),
    answeredAt,
    isAccepted: answer.state === 'accepted',
  };
}

const byPromise = (a: RequestOfferView, b: RequestOfferView): number =>
  Number(b.isAccepted) - Number(a.isAccepted) ||
  (a.readyFrom ?? Number.MAX_SAFE_INTEGER) - (b.readyFrom ?? Number.MAX_SAFE_INTEGER) ||
  a.priceMinor - b.priceMinor ||
  (a.shopId < b.shopId ? -1 : 1);

/** A request with what shops said so far. What ran out reads as expired also before anybody went round. */
export async function getRequest(
  { requestId }: RequestScope,
  { place, now }: { readonly place: Position | undefined; readonly now: Instant },
): Promise<RequestView | undefined> {
  const rows = await reader()
    .select({ request: requests, answer: requestAnswers })
    .from(requests)
    .leftJoin(requestAnswers, eq(requestAnswers.requestId, requests.id))
    .where(eq(requests.id, requestId))
    .orderBy(asc(requestAnswers.shopId));
  const request = rows[0]?.request;
  if (!request) return undefined;
  const answers = rows.flatMap(({ answer }) => answer ?? []);
  const book = await loadShopBook(now);
  return {
    token: request.token,
    words: request.words,
    photoKey: request.photoKey ?? undefined,
    state: request.state === 'open' && request.expiresAt <= now ? 'expired' : request.state,
    askedAt: request.askedAt,
    expiresAt: request.expiresAt,
    shopsAsked: answers.length,
    shopsSilent: answers.filter(({ state }) => state === 'asked').length,
    isMailed: request.email !== null,
    offers: answers.flatMap((answer) => offerView(answer, { book, place, now }) ?? []).toSorted(byPromise),
  };
}
