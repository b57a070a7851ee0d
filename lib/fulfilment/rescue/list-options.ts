import { and, desc, eq, sql } from 'drizzle-orm';
import { listings, offers, payments, stockLevels } from '@/db/schema';
import type { Candidate } from '@/lib/basket';
import { readListingCandidates } from '@/lib/basket';
import type { Instant, ListingId } from '@/lib/kernel';
import { DAY, instant, minor, plusMs } from '@/lib/kernel';
import type { Method } from '@/lib/promise';
import type { Tx } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import { takesOrdersAt } from '@/lib/shops';
import type { RescuePart } from './find-elsewhere';
import { findElsewhere } from './find-elsewhere';
import type { Searched, SearchedPart } from './pose-rescue';
import type { RescueOption, ServedOption } from './rescue-options';
import type { RescuePolicy } from './rescue-policy';

export type OptionFacts = { readonly part: SearchedPart; readonly book: ShopBook; readonly policy: RescuePolicy };

/** What the shopper may choose between for one rescue, besides the refund; best first. */
export async function listOptions(tx: Tx, searched: Searched, facts: OptionFacts): Promise<readonly RescueOption[]> {
  const same = await readListingCandidates(tx, [searched.line.listingId], facts.book.now);
  const elsewhere = servedOption('elsewhere', searched, same, facts);
  const substitutes = elsewhere?.isLikeBefore ? [] : await listSubstitutes(tx, searched, facts);
  const served = [...(elsewhere ? [elsewhere.option] : []), ...substitutes];
  const wait = await waitOption(tx, searched, same, facts);
  return [...served, ...(wait ? [wait] : [])];
}

function servedOption(
  kind: ServedOption['kind'],
  searched: Searched,
  candidates: readonly Candidate[],
  { part, book, policy }: OptionFacts,
): { readonly option: ServedOption; readonly isLikeBefore: boolean } | undefined {
  const ask = (method: Method) =>
    findElsewhere({
      part: { ...part, searched: [searched] },
      candidates,
      book,
      policy,
      method,
      deadline: null,
      isNear: false,
      allowPartial: false,
    })[0];
  const found = ask(part.subOrder.method) ?? (part.subOrder.method === 'pickup' ? undefined : ask('pickup'));
  if (!found) return undefined;
  const isLikeBefore = found.method === part.subOrder.method && found.promisedFrom <= plusMs(part.subOrder.promisedFrom, policy.sameHourMs);
  return { option: optionOf(kind, found, searched), isLikeBefore };
}

function optionOf(kind: ServedOption['kind'], found: RescuePart, { rescue, line }: Searched): ServedOption {
  const [item] = found.items;
  const price = item?.priceMinor ?? rescue.goodsMinor;
  return {
    kind,
    shopId: found.shopId,
    offerId: item?.candidate.offerId ?? line.offerId,
    listingId: item?.candidate.listingId ?? line.listingId,
    title: line.title,
    method: found.method,
    from: found.promisedFrom,
    to: found.method === 'pickup' ? undefined : found.promisedTo,
    quantity: rescue.quantity,
    payMinor: minor(Math.min(price, rescue.goodsMinor)),
  };
}

/** The likest articles of the same department that are there now and cost no more than the rescue account may add. */
async function listSubstitutes(tx: Tx, searched: Searched, facts: OptionFacts): Promise<readonly RescueOption[]> {
  const { line } = searched;
  const available = sql<number>`${stockLevels.onHand} - ${stockLevels.reserved} - ${stockLevels.allocated} - ${stockLevels.safetyStock}`;
  const likest = await tx
    .select({ listingId: listings.id, title: listings.title })
    .from(listings)
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
  const options: RescueOption[] = [];
  for (const { listingId, title } of likest) {
    if (options.length >= facts.policy.mostSubstitutes) break;
    const candidates = await readListingCandidates(tx, [listingId], facts.book.now);
    const found = servedOption('substitute', asSubstitute(searched, listingId, title), candidates, facts);
    if (found) options.push(found.option);
  }
  return options;
}

/** The same wish, for another article; a shop that had not the first may have this one. */
export function asSubstitute(searched: Searched, listingId: ListingId, title: string): Searched {
  return { ...searched, line: { ...searched.line, listingId, title, keyAttribute: null }, condition: 'new', tried: new Set() };
}

/** Waiting makes sense while somebody sells it and the held money can still be taken. */
async function waitOption(
  tx: Tx,
  { rescue, tried }: Searched,
  same: readonly Candidate[],
  { book, policy }: OptionFacts,
): Promise<RescueOption | undefined> {
  const stocking = same.filter((candidate) => {
    const shop = book.get(candidate.shopId);
    return shop !== undefined && !tried.has(candidate.shopId) && takesOrdersAt(shop, book.now);
  });
  if (stocking.length === 0) return undefined;
  const [payment] = await tx.select().from(payments).where(eq(payments.orderId, rescue.orderId));
  const last = payment?.state === 'authorised' && payment.captureBefore !== null ? plusMs(payment.captureBefore, -DAY) : undefined;
  const until: Instant = instant(Math.min(plusMs(book.now, policy.waitMs), last ?? Infinity));
  return until > plusMs(book.now, policy.answerMs) ? { kind: 'wait', until } : undefined;
}
