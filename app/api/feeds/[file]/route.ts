import { streamOf } from '@/app/api/v1/_door/stream-of';
import { feedFiles, googleFeed, isFeedToken } from '@/lib/feeds';
import { useAllowance } from '@/lib/machines';
import { cityMoment, loadShopBook } from '@/lib/shops';

export const dynamic = 'force-dynamic';

/** Whoever reads feeds comes a few times a day; more than this a minute is no reader of feeds. */
const PER_MINUTE = 6;
const KEPT_SECONDS = 600;

const nothing = (status: number, headers: HeadersInit = {}): Response => new Response(null, { status, headers });

/** `/api/feeds/products.xml` and `local-inventory.xml` of the city; with `shop` and `token` of one shop. */
export async function GET(request: Request, { params }: { readonly params: Promise<{ file: string }> }): Promise<Response> {
  const { file: name } = await params;
  const file = feedFiles.find((one) => one === name);
  if (file === undefined) return nothing(404);
  const asked = new URL(request.url).searchParams;
  const slug = asked.get('shop');
  const shop = slug === null ? undefined : (await loadShopBook(cityMoment())).bySlug(slug);
  // A wrong token and a shop that is not there are told in the same way.
  if (slug !== null && (shop === undefined || !isFeedToken(shop.id, asked.get('token') ?? ''))) return nothing(404);
  const allowance = useAllowance(`feed:${file}:${slug ?? ''}`, PER_MINUTE);
  if (!allowance.isAllowed) return nothing(429, { 'retry-after': String(allowance.resetSeconds) });
  const pieces = googleFeed({ file, shopId: shop?.id });
  return new Response(streamOf(pieces), {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': `public, max-age=${KEPT_SECONDS}` },
  });
}
