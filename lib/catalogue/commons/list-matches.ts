import { sql } from 'drizzle-orm';
import { listings, matchReviews, offers, products, shops, variants } from '@/db/schema';
import type { ListingId, MatchReviewId, OperatorScope } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { MatchReviewView, MatchedPageView } from '../views';

type Row = {
  id: MatchReviewId;
  kind: 'same-code' | 'alike';
  state: MatchReviewView['state'];
  likeness: number;
  page: ListingId;
  other: ListingId;
};

async function pagesOf(ids: readonly ListingId[]): Promise<ReadonlyMap<ListingId, MatchedPageView>> {
  const rows = await reader().execute<{
    id: ListingId;
    slug: string;
    title: string;
    brand: string | null;
    gtin: string | null;
    source: string;
    shops: readonly string[];
  }>(sql`
    select l.id, l.slug, l.title, l.brand, v.gtin, p.source,
      array(select s.name from ${offers} o join ${shops} s on s.id = o.shop_id where o.listing_id = l.id order by s.name limit 5) as shops
    from ${listings} l join ${variants} v on v.id = l.variant_id join ${products} p on p.id = v.product_id
    where l.id = any(${sql.param(ids)}::text[])`);
  return new Map(
    rows.map(({ id, slug, title, brand, gtin, source, shops: names }) => [
      id,
      { listingId: id, slugId: `${slug}-${id}`, title, brand: brand ?? undefined, gtin: gtin ?? undefined, source, shops: names },
    ]),
  );
}

/** Pairs of pages for a person of the city: what is open first, then what was merged last, so that it can be taken back. */
export async function listMatches(_scope: OperatorScope, most = 50): Promise<readonly MatchReviewView[]> {
  const rows = await reader().execute<Row>(sql`
    select id, kind, state, likeness_bps as likeness, listing_id as page, other_listing_id as other from ${matchReviews}
    where state in ('open', 'merged') order by state = 'open' desc, coalesce(decided_at, created_at) desc, id limit ${most}`);
  const pages = await pagesOf(rows.flatMap(({ page, other }) => [page, other]));
  return rows.flatMap(({ id, kind, state, likeness, page, other }) => {
    const [one, two] = [pages.get(page), pages.get(other)];
    return one && two ? [{ reviewId: id, kind, state, likenessBps: likeness, page: one, other: two }] : [];
  });
}
