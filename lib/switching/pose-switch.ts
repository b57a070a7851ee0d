import type { orderLines } from '@/db/schema';
import type { Instant, MerchantId, Minor, Position, Quantity, Result, ShopId } from '@/lib/kernel';
import { err, minor, ok, quantity, sumMinor } from '@/lib/kernel';
import type { SubOrderState, SwitchRefusal } from '@/lib/oms';
import { switchChannel } from '@/lib/oms';
import type { Method } from '@/lib/promise';
import { keptUntil } from '@/lib/promise';
import type { ShopBook } from '@/lib/shops';
import { sellsAt } from '@/lib/shops';
import type { Candidate, Places, RoutingSettings } from '@/lib/sourcing';
import { NEW_BOOK, engineLocation, leastBookDelivery, lineOf, locationsOf, postcodeIn, underSettings } from '@/lib/sourcing';

/** A line of the part, and what the engine needs to know of the thing. */
export type SwitchedLine = {
  readonly line: typeof orderLines.$inferSelect;
  readonly units: Quantity;
  readonly condition: Candidate['condition'];
  readonly weightGrams: number;
  readonly volumeCm3: number;
};

export type SwitchFacts = {
  readonly part: { readonly id: string; readonly shopId: ShopId; readonly state: SubOrderState; readonly paidMinor: Minor };
  readonly lines: readonly SwitchedLine[];
  readonly candidates: readonly Candidate[];
  readonly book: ShopBook;
  readonly settings: RoutingSettings;
  readonly address: (Position & { readonly label: string }) | undefined;
};

export type SwitchTo = { readonly shopId: ShopId; readonly method: Method };

export type SwitchedItem = {
  readonly from: SwitchedLine;
  readonly candidate: Candidate;
  readonly quantity: Quantity;
  readonly priceMinor: Minor;
};

/** A part as it would be received otherwise. Minor units. */
export type Switched = SwitchTo & {
  readonly merchantId: MerchantId;
  readonly promisedFrom: Instant;
  readonly promisedTo: Instant;
  readonly keptUntil: Instant | undefined;
  readonly items: readonly SwitchedItem[];
  readonly goodsMinor: Minor;
  readonly deliveryMinor: Minor;
  readonly totalMinor: Minor;
  readonly differenceMinor: number;
};

/**
 * Asks the engine for one part from one shop in one way, everything else of the order standing.
 *
 * Guarantees: pure; all units or a refusal; the shop that has the part keeps its prices and the units it holds for it; what is brought costs
 *   at least what the law asks. Errors: those of `switchChannel`.
 */
export function askSwitch(facts: SwitchFacts, to: SwitchTo): Result<Switched, SwitchRefusal> {
  const { part, book, settings, address } = facts;
  const shop = book.get(to.shopId);
  const isThere = shop && (to.shopId === part.shopId || sellsAt(shop, book.now));
  if (!shop || !isThere || !shop.services[to.method]) return err({ kind: 'not-offered' });
  const places: Places = new Map();
  const usable = new Map<string, readonly Candidate[]>(facts.lines.map((one) => [one.line.id, usableFor(one, to, facts)]));
  for (const candidate of [...usable.values()].flat()) places.set(engineLocation(candidate), candidate);
  const lines = facts.lines.map((one) => {
    const { line, units, weightGrams, volumeCm3 } = one;
    const wanted = { id: line.id, units, salesUnit: line.salesUnit, weightGrams, volumeCm3, chosenShopId: to.shopId };
    return { ...lineOf(wanted, usable.get(line.id) ?? [], { policy: settings.policy }), quantity: units };
  });
  const located = { book, settings, now: book.now, place: address, methodByShop: {} };
  const posed = {
    id: part.id,
    now: book.now,
    home: address ? { latitude: address.latitude, longitude: address.longitude } : null,
    wishes: { deadline: null, maxSources: null, maxParcels: null, allowPartial: false },
    lines,
    locations: locationsOf(located, places, lines),
  };
  const { ruled } = underSettings(posed, { settings, shownWith: new Map(), postcode: postcodeIn(address?.label) });
  const found = switchChannel({ state: part.state, problem: ruled, lines: ruled.lines, paidMinor: part.paidMinor, to });
  if (!found.ok) return found;
  const { fulfilments } = found.value.plan;
  const [first] = fulfilments;
  if (!first) return err({ kind: 'not-available' });
  const items = fulfilments.flatMap((fulfilment) =>
    fulfilment.items.flatMap((item): readonly SwitchedItem[] => {
      const from = facts.lines.find((one) => one.line.id === item.lineId);
      const candidate = usable
        .get(item.lineId)
        ?.find((one) => one.offerId === item.offerId && engineLocation(one) === fulfilment.locationId);
      return from && candidate ? [{ from, candidate, quantity: quantity(item.quantity), priceMinor: item.priceMinor }] : [];
    }),
  );
  const goodsMinor = sumMinor(items.map((item) => item.priceMinor));
  const charged = sumMinor(fulfilments.map((fulfilment) => fulfilment.deliveryMinor));
  const books = items.filter(
    ({ candidate }) => candidate.vatCategory === NEW_BOOK.vatCategory && candidate.condition === NEW_BOOK.condition,
  );
  const least = to.method === 'pickup' ? 0 : leastBookDelivery(sumMinor(books.map((item) => item.priceMinor)), settings.floors);
  const deliveryMinor = minor(Math.max(charged, least));
  const totalMinor = minor(goodsMinor + deliveryMinor);
  const last = fulfilments.toSorted((a, b) => a.promise.to - b.promise.to).at(-1) ?? first;
  return ok({
    ...to,
    merchantId: first.merchantId,
    promisedFrom: last.promise.from,
    promisedTo: last.promise.to,
    keptUntil: to.method === 'pickup' ? keptUntil(shop, last.promise.from) : undefined,
    items,
    goodsMinor,
    deliveryMinor,
    totalMinor,
    differenceMinor: totalMinor - part.paidMinor,
  });
}

/** What the shop has of a line; where it is the line's own, at the price that was agreed and with the units kept for it. */
function usableFor({ line, units, condition }: SwitchedLine, to: SwitchTo, { part, candidates }: SwitchFacts): readonly Candidate[] {
  const own = to.shopId === part.shopId;
  return candidates.flatMap((candidate): readonly Candidate[] => {
    if (candidate.shopId !== to.shopId || candidate.listingId !== line.listingId || candidate.condition !== condition) return [];
    if (!own) return candidate.available > 0 ? [candidate] : [];
    if (candidate.offerId !== line.offerId || candidate.locationId !== line.locationId) return [];
    return [{ ...candidate, available: candidate.available + units, priceMinor: line.unitPriceMinor, priceSteps: line.priceSteps }];
  });
}
