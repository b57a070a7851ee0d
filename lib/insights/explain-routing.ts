import { eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { listings, offers, routingDecisions, shops } from '@/db/schema';
import type { OfferId, OperatorScope, OrderId } from '@/lib/kernel';
import { minor, parseId } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { RoutingExplanationView } from './views';

/** What the stored decision must hold to be explained; the rest of it is kept for replays. */
const asked = z.object({
  plan: z.string(),
  lines: z.array(
    z.object({
      lineId: z.string(),
      quantity: z.number(),
      chosenShopId: z.string().nullish(),
      offers: z.array(
        z.object({ offerId: z.string(), available: z.number(), priceMinor: z.number().int(), riskMinor: z.number().int().nullish() }),
      ),
    }),
  ),
});
const answered = z.object({
  kinds: z.array(z.string()).default([]),
  totalMinor: z.number().int(),
  co2Grams: z.number().default(0),
  parts: z.array(z.object({ items: z.array(z.object({ offerId: z.string(), quantity: z.number() })) })),
});

type Asked = z.infer<typeof asked>;
type OfferWords = { readonly title: string; readonly shopName: string };

/** Each decision of an order in words a person can check; one that was stored in another shape is left out. */
export async function explainRouting(_operator: OperatorScope, orderId: OrderId): Promise<readonly RoutingExplanationView[]> {
  const rows = await reader()
    .select()
    .from(routingDecisions)
    .where(eq(routingDecisions.orderId, orderId))
    .orderBy(routingDecisions.decidedAt);
  const read = rows.flatMap((row) => {
    const question = asked.safeParse(row.asked);
    const answer = answered.safeParse(row.answered);
    return question.success && answer.success ? [{ at: row.decidedAt, question: question.data, answer: answer.data }] : [];
  });
  const words = await wordsOf(read.map(({ question }) => question));
  const shopNames = await shopNamesOf(read.map(({ question }) => question));
  return read.map(({ at, question, answer }) => {
    const supplied = new Map<string, number>();
    for (const item of answer.parts.flatMap((part) => part.items))
      supplied.set(item.offerId, (supplied.get(item.offerId) ?? 0) + item.quantity);
    return {
      at,
      plan: question.plan,
      kinds: answer.kinds,
      totalMinor: minor(answer.totalMinor),
      co2Grams: answer.co2Grams,
      lines: question.lines.map((line) => ({
        lineId: line.lineId,
        title: line.offers.map((offer) => words.get(offer.offerId)?.title).find((title) => title !== undefined) ?? '',
        quantity: line.quantity,
        chosenShopName: line.chosenShopId ? shopNames.get(line.chosenShopId) : undefined,
        candidates: candidatesOf(line, words, supplied),
      })),
    };
  });
}

function candidatesOf(line: Asked['lines'][number], words: ReadonlyMap<string, OfferWords>, supplied: ReadonlyMap<string, number>) {
  return line.offers
    .map((offer) => ({
      offerId: offer.offerId,
      shopName: words.get(offer.offerId)?.shopName ?? '',
      available: offer.available,
      priceMinor: minor(offer.priceMinor),
      riskMinor: offer.riskMinor === null || offer.riskMinor === undefined ? undefined : minor(offer.riskMinor),
      supplied: supplied.get(offer.offerId) ?? 0,
    }))
    .toSorted((a, b) => b.supplied - a.supplied || a.priceMinor - b.priceMinor);
}

async function wordsOf(questions: readonly Asked[]): Promise<ReadonlyMap<string, OfferWords>> {
  const ids = questions.flatMap(({ lines }) => lines.flatMap((line) => line.offers.map((offer) => parseId('offer', offer.offerId))));
  const known = ids.filter((id): id is OfferId => id !== undefined);
  if (known.length === 0) return new Map();
  const rows = await reader()
    .select({ offerId: offers.id, title: listings.title, shopName: shops.name })
    .from(offers)
    .innerJoin(listings, eq(listings.id, offers.listingId))
    .innerJoin(shops, eq(shops.id, offers.shopId))
    .where(inArray(offers.id, [...new Set(known)]));
  return new Map(rows.map(({ offerId, ...row }) => [offerId, row]));
}

async function shopNamesOf(questions: readonly Asked[]): Promise<ReadonlyMap<string, string>> {
  const ids = questions.flatMap(({ lines }) => lines.flatMap((line) => parseId('shop', line.chosenShopId ?? '') ?? []));
  if (ids.length === 0) return new Map();
  const rows = await reader()
    .select({ id: shops.id, name: shops.name })
    .from(shops)
    .where(inArray(shops.id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row.name]));
}
