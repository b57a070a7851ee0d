import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { listings, offers, stockLevels, stockLocations } from '@/db/schema';
import type { Instant, Position } from '@/lib/kernel';

import type { Reader } from '@/lib/platform/transaction';
import { promisesFor } from '@/lib/promise';
import type { ShopBook } from '@/lib/shops';
import type { FoundLine } from './basket-repository';
import type { Candidate } from '@/lib/sourcing';
import type { SubstituteView } from './views';

const MOST_SUBSTITUTES = 3;

type Instead = Pick<
  Candidate,
  'offerId' | 'listingId' | 'shopId' | 'leadTimeMinutes' | 'available' | 'confidenceBps' | 'priceMinor' | 'priceSteps'
> & {
  readonly slug: string;
  readonly title: string;
};

export type SubstituteFacts = {
  readonly candidates: readonly Candidate[];
  readonly book: ShopBook;
  readonly place: Position | undefined;
  readonly now: Instant;
};

/**
 * What could take the place of things that are gone: the same thing in another shop first, else the likest of its department.
 * At most one statement, and none when other shops have the thing itself.
 */
export async function findSubstitutes(
  from: Reader,
  lines: readonly FoundLine[],
  facts: SubstituteFacts,
): Promise<ReadonlyMap<string, readonly SubstituteView[]>> {
  const same = new Map(lines.map((line) => [line.id, sameElsewhere(line, facts.candidates)]));
  const alone = lines.filter((line) => viewsOf(same.get(line.id) ?? [], facts).length === 0);
  const similar = await likestOf(from, alone);
  return new Map(
    lines.map((line) => [line.id, viewsOf(alone.includes(line) ? (similar.get(line.id) ?? []) : (same.get(line.id) ?? []), facts)]),
  );
}

function sameElsewhere(line: FoundLine, candidates: readonly Candidate[]): readonly Instead[] {
  return candidates
    .filter((candidate) => candidate.listingId === line.listingId && candidate.available > 0 && candidate.offerId !== line.offerId)
    .map((candidate) => ({ ...candidate, slug: line.slug, title: line.title }));
}

async function likestOf(from: Reader, lines: readonly FoundLine[]): Promise<ReadonlyMap<string, readonly Instead[]>> {
  if (lines.length === 0) return new Map();
  const available = sql<number>`greatest(0, ${stockLevels.onHand} - ${stockLevels.reserved} - ${stockLevels.allocated} - ${stockLevels.safetyStock})`;
  const wanted = sql`unnest(${sql.param(lines.map((line) => line.id))}::text[], ${sql.param(lines.map((line) => line.categoryId))}::text[], ${sql.param(lines.map((line) => line.title))}::text[])`;
  const rows = await from
    .select({
      lineId: sql<FoundLine['id']>`wanted.line_id`,
      offerId: offers.id,
      listingId: offers.listingId,
      shopId: offers.shopId,
      leadTimeMinutes: stockLocations.leadTimeMinutes,
      available,
      confidenceBps: stockLevels.confidenceBps,
      priceMinor: offers.priceMinor,
      priceSteps: offers.priceSteps,
      slug: listings.slug,
      title: listings.title,
    })
    .from(sql`${wanted} as wanted(line_id, category_id, title)`)
    .innerJoin(listings, and(sql`${listings.categoryId} = wanted.category_id`, eq(listings.isPublished, true)))
    .innerJoin(offers, and(eq(offers.listingId, listings.id), eq(offers.isActive, true), eq(offers.condition, 'new')))
    .innerJoin(stockLevels, and(eq(stockLevels.offerId, offers.id), sql`${available} > 0`))
    .innerJoin(stockLocations, eq(stockLocations.id, stockLevels.locationId))
    .where(
      sql`not (${inArray(
        offers.listingId,
        lines.map((line) => line.listingId),
      )})`,
    )
    .orderBy(desc(sql`similarity(${listings.title}, wanted.title)`), offers.id)
    .limit(40 * lines.length);
  const byLine = new Map<string, Instead[]>();
  for (const { lineId, ...instead } of rows) byLine.set(lineId, [...(byLine.get(lineId) ?? []), instead]);
  return byLine;
}

function viewsOf(instead: readonly Instead[], { book, place, now }: SubstituteFacts): readonly SubstituteView[] {
  const promises = promisesFor({ book, place, offers: instead, now });
  const seen = new Set<string>();
  return instead
    .flatMap((offer): readonly SubstituteView[] => {
      const [promise] = promises.get(offer.offerId) ?? [];
      const shop = book.get(offer.shopId);
      if (!promise || !shop || seen.has(offer.offerId)) return [];
      seen.add(offer.offerId);
      const { offerId, listingId, title, priceMinor, priceSteps } = offer;
      return [
        {
          offerId,
          listingId,
          title,
          priceMinor,
          priceSteps,
          slugId: `${offer.slug}-${listingId}`,
          shopName: shop.name,
          walkingMinutes: promise.walkingMinutes,
          promise,
        },
      ];
    })
    .slice(0, MOST_SUBSTITUTES);
}
