import { and, desc, eq, sql } from 'drizzle-orm';
import { listings, offers, payments, stockLevels, variants } from '@/db/schema';
import type { Instant, ListingId, OrderId } from '@/lib/kernel';
import { DAY, instant, minor, plusMs } from '@/lib/kernel';
import type { RescueOption as Found } from '@/lib/oms';
import type { Tx } from '@/lib/platform/transaction';
import { sellsAt } from '@/lib/shops';
import type { Candidate, RoutingSettings, Sought } from '@/lib/sourcing';
import { awaitedPlaces, readExpected, readRescueCandidates } from '@/lib/sourcing';
import { findCarried, findSoonestCarried } from './find-carried';
import type { DecodingFacts } from './find-elsewhere';
import { partsOf } from './find-elsewhere';
import type { CarryFacts } from './pose-carry';
import { carriedPartOf, poseCarry } from './pose-carry';
import type { Searched, SearchedPart } from './pose-rescue';
import { decideRescue, sameHour } from './pose-rescue';
import type { RescueOption, ServedOption } from './rescue-options';

export type OptionFacts = CarryFacts & { readonly part: SearchedPart; readonly settings: RoutingSettings };

/** What the shopper may choose between for one rescue, besides the refund; what changes least first. */
export async function listOptions(tx: Tx, searched: Searched, facts: OptionFacts): Promise<readonly RescueOption[]> {
  const { part, book, policy } = facts;
  const { listingId } = searched.line;
  const likest = await listLikest(tx, searched);
  const candidates = await readRescueCandidates(tx, [listingId, ...likest.map((other) => other.listingId)], book.now);
  const expected = await readExpected(tx, [listingId], book.now);
  const awaited = awaitedPlaces({ listingId, condition: searched.condition }, expected, { ...facts, home: part.place });
  const decided = decideRescue({
    ...facts,
    part: { ...part, searched: [searched] },
    candidates,
    wish: 'ask',
    method: part.subOrder.method,
    deadline: sameHour(part.subOrder, policy),
    isNear: false,
    substitutes: likest,
    awaited,
  });
  const found = decided.asked[0]?.options ?? [];
  const decoding = { ...facts, candidates, placeOf: decided.placeOf };
  const served = found.flatMap((option) => servedOption(option, searched, { ...decoding, likest }));
  const elsewhere = served.filter(({ kind }) => kind === 'elsewhere').slice(0, policy.mostElsewhere);
  const isLikeBefore = found.some(({ kind, lateMs }) => kind === 'elsewhere' && lateMs === 0);
  const substitutes = isLikeBefore ? [] : served.filter(({ kind }) => kind === 'substitute').slice(0, policy.mostSubstitutes);
  const delivery = found.find(({ kind }) => kind === 'wait')?.plan.completeBy;
  // Money that is taken already, or that no card holds, sets no end.
  const latest = (await chargeableUntil(tx, searched.rescue.orderId)) ?? instant(Number.MAX_SAFE_INTEGER);
  const carried = await carriedOption(tx, searched, { ...facts, candidates, latest });
  const wait = waitOption(searched, { ...facts, same: candidates.filter((one) => one.listingId === listingId), delivery, latest });
  return [...carried, ...elsewhere, ...substitutes, ...(wait ? [wait] : [])];
}

/** The shop of the promise after all, when another of its network carries it there at another hour: who sells, the place and the price stay (ADR 0199). */
async function carriedOption(
  tx: Tx,
  searched: Searched,
  { part, latest, ...facts }: OptionFacts & { readonly latest: Instant },
): Promise<readonly ServedOption[]> {
  const { book, policy } = facts;
  const asked = { ...part, searched: [searched] };
  const question = await poseCarry(tx, asked, facts);
  const carry = question && (findCarried(question, part.subOrder.promisedFrom) ?? findSoonestCarried(question));
  const [item] = carry ? carriedPartOf(carry, asked, book).part.items : [];
  if (!carry || !item || carry.promisedFrom > Math.min(latest, plusMs(book.now, policy.waitMs))) return [];
  const { line, rescue } = searched;
  return [
    {
      kind: 'carried',
      shopId: part.subOrder.shopId,
      fromShopId: carry.fromShopId,
      offerId: item.candidate.offerId,
      listingId: line.listingId,
      title: line.title,
      method: 'pickup',
      from: carry.promisedFrom,
      to: undefined,
      quantity: rescue.quantity,
      payMinor: minor(Math.min(item.priceMinor, rescue.goodsMinor)),
    },
  ];
}

type Likest = Sought & { readonly title: string };

/** What one shop would bring whole; an answer out of two shops is no choice a person could weigh. */
function servedOption(
  { kind, plan }: Found,
  { rescue, line, ...searched }: Searched,
  { likest, ...facts }: DecodingFacts & { readonly likest: readonly Likest[] },
): readonly ServedOption[] {
  if (kind === 'wait') return [];
  const [found, second] = partsOf(plan, [{ rescue, line, ...searched }], facts);
  const [item] = found?.items ?? [];
  if (!found || second || !item) return [];
  const { offerId, listingId } = item.candidate;
  const other = likest.find((one) => one.listingId === listingId);
  return [
    {
      kind: kind === 'substitute' ? 'substitute' : 'elsewhere',
      shopId: found.shopId,
      offerId,
      listingId,
      title: other?.title ?? line.title,
      method: found.method,
      from: found.promisedFrom,
      to: found.method === 'pickup' ? undefined : found.promisedTo,
      quantity: rescue.quantity,
      payMinor: minor(Math.min(item.priceMinor, rescue.goodsMinor)),
    },
  ];
}

/** The likest articles of the same department that are there now. */
async function listLikest(tx: Tx, searched: Searched): Promise<readonly Likest[]> {
  const { line } = searched;
  const available = sql<number>`${stockLevels.onHand} - ${stockLevels.reserved} - ${stockLevels.allocated} - ${stockLevels.safetyStock}`;
  const rows = await tx
    .select({
      listingId: listings.id,
      title: listings.title,
      salesUnit: variants.salesUnit,
      weightGrams: variants.weightGrams,
      volumeCm3: variants.volumeCm3,
    })
    .from(listings)
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .where(
      and(
        eq(listings.isPublished, true),
        sql`${listings.id} <> ${line.listingId}`,
        sql`${listings.categoryId} = (select ${listings.categoryId} from ${listings} where ${listings.id} = ${line.listingId})`,
        sql`similarity(${listings.title}, ${line.title}) > 0.25`,
        sql`exists (select from ${offers} join ${stockLevels} on ${stockLevels.offerId} = ${offers.id}
          where ${offers.listingId} = ${listings.id} and ${offers.isActive} and ${offers.condition} = 'new' and ${offers.priceSteps} = ${line.priceSteps}
            and ${available} >= ${searched.rescue.quantity})`,
      ),
    )
    .orderBy(desc(sql`similarity(${listings.title}, ${line.title})`), listings.id)
    .limit(6);
  return rows.map((row) => ({ ...row, condition: 'new' }));
}

/** The same wish, for another article; a shop that had not the first may have this one. */
export function asSubstitute(searched: Searched, listingId: ListingId, title: string): Searched {
  return { ...searched, line: { ...searched.line, listingId, title, keyAttribute: null }, condition: 'new', tried: new Set() };
}

/** Until when held money can still be taken; undefined when it was taken, or is not held for a time. */
async function chargeableUntil(tx: Tx, orderId: OrderId): Promise<Instant | undefined> {
  const [payment] = await tx.select().from(payments).where(eq(payments.orderId, orderId));
  return payment?.state === 'authorised' && payment.captureBefore !== null ? plusMs(payment.captureBefore, -DAY) : undefined;
}

type Waited = Pick<OptionFacts, 'book' | 'policy'> & {
  readonly same: readonly Candidate[];
  readonly delivery: Instant | undefined;
  readonly latest: Instant;
};

/** Waiting makes sense while somebody sells it, or expects it, and the held money can still be taken. */
function waitOption({ tried }: Searched, { book, policy, same, delivery, latest }: Waited): RescueOption | undefined {
  const stocking = same.filter((candidate) => {
    const shop = book.get(candidate.shopId);
    return shop !== undefined && !tried.has(candidate.shopId) && sellsAt(shop, book.now);
  });
  if (stocking.length === 0 && delivery === undefined) return undefined;
  const until = instant(Math.min(Math.max(plusMs(book.now, policy.waitMs), delivery ?? 0), latest));
  return until > plusMs(book.now, policy.answerMs) ? { kind: 'wait', until } : undefined;
}
