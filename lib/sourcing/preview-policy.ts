import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import { listings, offers, orderLines, orders, subOrders, variants } from '@/db/schema';
import type { Instant, OperatorScope, OrderId, ShopId } from '@/lib/kernel';
import { DAY, plusMs } from '@/lib/kernel';
import type { SourcingLine, SourcingPlan, SourcingProblem } from '@/lib/oms';
import { reader } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import { loadShopBook, takesOrdersAt } from '@/lib/shops';
import type { Candidate } from './candidates';
import { readRescueCandidates } from './candidates';
import { postcodeIn, underSettings } from './live-rules';
import type { Places } from './places';
import { engineLocation, lineOf, locationsOf } from './places';
import type { RoutingPolicy, RoutingSettings } from './settings';
import { loadSettings } from './settings-repository';
import type { SamplePlanView, SampleView } from './views';

/** Baskets that are shown; a page is to be read, and the replay of a month is another thing. */
const SAMPLES = 4;

/** Where the city has no order yet there is nothing to try a draft on. */
type Ordered = Awaited<ReturnType<typeof readSamples>>[number];

/**
 * What a draft would do with the latest baskets of several things, asked again today under the live policy and under the draft.
 * Guarantees: reads only; both answers stand on the same facts, so what differs is the draft's doing.
 */
export async function previewPolicy(_scope: OperatorScope, draft: RoutingPolicy, now: Instant): Promise<readonly SampleView[]> {
  const rows = await readSamples(now);
  const [book, settings, candidates] = await Promise.all([
    loadShopBook(now),
    loadSettings(now),
    readRescueCandidates(reader(), [...new Set(rows.map((row) => row.listingId))], now),
  ]);
  return [...Map.groupBy(rows, (row) => row.orderId).values()].map((lines): SampleView => {
    const facts = { lines, book, candidates };
    const before = planUnder(facts, settings);
    const after = planUnder(facts, { ...settings, policy: draft });
    return { things: lines.map((line) => line.title), before, after, isSame: JSON.stringify(before) === JSON.stringify(after) };
  });
}

type SampleFacts = { readonly lines: readonly Ordered[]; readonly book: ShopBook; readonly candidates: readonly Candidate[] };

function planUnder({ lines, book, candidates }: SampleFacts, settings: RoutingSettings): SamplePlanView | undefined {
  const [first] = lines;
  if (!first) return undefined;
  const place = first.latitude === null || first.longitude === null ? undefined : { latitude: first.latitude, longitude: first.longitude };
  const places: Places = new Map();
  const asked = lines.flatMap((line): readonly SourcingLine[] => {
    const usable = candidates.filter((candidate) => {
      const shop = book.get(candidate.shopId);
      const isWanted = candidate.listingId === line.listingId && candidate.condition === line.condition;
      return isWanted && candidate.available > 0 && shop !== undefined && takesOrdersAt(shop, book.now);
    });
    for (const candidate of usable) places.set(engineLocation(candidate), candidate);
    const wanted = { ...line, units: line.quantity, chosenShopId: null };
    const ranking = ({ offerId }: Candidate) => (offerId === line.offerId ? 0 : settings.policy.perSwitch / line.quantity);
    return usable.length === 0 ? [] : [lineOf(wanted, usable, { policy: settings.policy, ranking })];
  });
  if (asked.length === 0) return undefined;
  const problem: SourcingProblem = {
    id: first.orderId,
    now: book.now,
    home: place ?? null,
    wishes: { deadline: null, maxSources: null, maxParcels: null, allowPartial: true },
    lines: asked,
    locations: locationsOf({ book, settings, now: book.now, place, methodByShop: {} }, places, asked),
  };
  const shownWith = new Map<string, ShopId>(lines.map((line) => [line.id, line.shopId]));
  const { ruled, ask } = underSettings(problem, { settings, shownWith, postcode: postcodeIn(first.address ?? undefined) });
  const plan = ask(ruled, 'suggested');
  return plan.ok ? planView(plan.value, book) : undefined;
}

function planView(plan: SourcingPlan, book: ShopBook): SamplePlanView {
  return {
    parts: plan.fulfilments.map(({ shopId, method, items }) => ({ shopName: book.get(shopId)?.name ?? '', method, things: items.length })),
    totalMinor: plan.totalMinor,
    completeBy: plan.completeBy,
  };
}

/** The lines of the latest orders with several things. */
async function readSamples(now: Instant) {
  const from = reader();
  const latest = await from
    .select({ orderId: orders.id })
    .from(orders)
    .innerJoin(subOrders, eq(subOrders.orderId, orders.id))
    .innerJoin(orderLines, eq(orderLines.subOrderId, subOrders.id))
    .where(gt(orders.placedAt, plusMs(now, -90 * DAY)))
    .groupBy(orders.id)
    .having(sql`count(*) between 2 and 8`)
    .orderBy(desc(sql`count(distinct ${subOrders.shopId})`), desc(orders.placedAt))
    .limit(SAMPLES);
  if (latest.length === 0) return [];
  const ids: readonly OrderId[] = latest.map(({ orderId }) => orderId);
  return from
    .select({
      id: orderLines.id,
      orderId: orders.id,
      shopId: subOrders.shopId,
      listingId: orderLines.listingId,
      offerId: orderLines.offerId,
      title: orderLines.title,
      quantity: orderLines.quantity,
      salesUnit: orderLines.salesUnit,
      condition: offers.condition,
      weightGrams: variants.weightGrams,
      volumeCm3: variants.volumeCm3,
      address: orders.addressLabel,
      latitude: orders.addressLatitude,
      longitude: orders.addressLongitude,
    })
    .from(orderLines)
    .innerJoin(subOrders, eq(subOrders.id, orderLines.subOrderId))
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .innerJoin(offers, eq(offers.id, orderLines.offerId))
    .innerJoin(listings, eq(listings.id, orderLines.listingId))
    .innerJoin(variants, eq(variants.id, listings.variantId))
    .where(and(inArray(orders.id, [...ids])))
    .orderBy(orders.id, orderLines.id);
}
