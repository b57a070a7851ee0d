import type { Instant, Position } from '@/lib/kernel';
import { HOUR, MINUTE, linePrice, minor, metresBetween, walkingMinutes } from '@/lib/kernel';
import { confidenceWord } from '@/lib/oms';
import { methodWindows, promiseOf } from '@/lib/promise';
import type { Certainty, PromiseView } from '@/lib/promise';
import type { ShopFacts } from '@/lib/shops';
import type { FoundLine } from './basket-repository';
import type { PartItem, PlanPart } from './basket-plan';
import { NEW_BOOK, leastBookDelivery } from '@/lib/sourcing';
import { mostQuantity, stepQuantity } from './limits';
import { placeOf } from './solve-basket';
import type { BasketFacts } from './solve-basket';
import type { BasketGroupView, BasketLineView, BasketShopView } from './views';

const AWNINGS = 12;

/** How long a moment shown on a card is remembered against what the basket says. */
const SEEN_LATELY = HOUR / 2;

/** One view per part of a plan, in the order of the parts. */
export function groupViews(parts: readonly PlanPart[], facts: BasketFacts): readonly BasketGroupView[] {
  const awnings = freeAwnings(parts, facts);
  const place = placeOf(facts.found.basket)?.at;
  return parts.flatMap((part, index): readonly BasketGroupView[] => {
    const shop = facts.book.get(part.shopId);
    if (!shop) return [];
    const promise = promiseView(part, facts);
    return [
      {
        shop: { ...shopView(shop, place), awning: awnings[index] ?? shop.awning },
        promise,
        lines: part.items.flatMap((item) => lineView(item, part, facts)),
        goodsMinor: part.goodsMinor,
        deliveryMinor: part.deliveryMinor,
        totalMinor: minor(part.goodsMinor + part.deliveryMinor),
        methods: methodViews(part, shop, facts, promise),
      },
    ];
  });
}

/** Each shop's own colour, or the next free one: two shops of one basket never share a colour. */
function freeAwnings(parts: readonly PlanPart[], { book }: BasketFacts): readonly number[] {
  const taken = new Map<number, string>();
  return parts.map((part) => {
    let awning = book.get(part.shopId)?.awning ?? 0;
    for (let tried = 0; tried < AWNINGS && (taken.get(awning) ?? part.shopId) !== part.shopId; tried += 1) awning = (awning + 1) % AWNINGS;
    taken.set(awning, part.shopId);
    return awning;
  });
}

function shopView(shop: ShopFacts, place: Position | undefined): BasketShopView {
  const metres = place ? Math.round(metresBetween(place, shop.at)) : undefined;
  return {
    shopId: shop.id,
    slug: shop.slug,
    name: shop.name,
    street: shop.street,
    town: shop.town,
    awning: shop.awning,
    metres,
    walkingMinutes: metres === undefined ? undefined : walkingMinutes(metres),
    merchantId: shop.merchantId,
    merchantName: shop.merchantName,
    returnDays: shop.returnDays,
    takesReturns: shop.services.takesReturns,
    verifiedAt: shop.verifiedAt,
  };
}

function promiseView(part: PlanPart, facts: BasketFacts): PromiseView {
  const certainty = certaintyOf(part, facts);
  const cost = { amountMinor: part.deliveryMinor, currency: facts.book.city.currency };
  const to = part.method === 'pickup' ? undefined : part.promise.to;
  return { method: part.method, from: part.promise.from, to, certainty, cost, keptUntil: part.keptUntil };
}

/** As sure as the most doubtful of its shelves. */
function certaintyOf(part: PlanPart, { candidates }: BasketFacts): Certainty {
  const doubtful = part.items.some((item) =>
    candidates.some(
      (candidate) =>
        candidate.offerId === item.offerId &&
        candidate.locationId === item.locationId &&
        confidenceWord(candidate.confidenceBps) !== 'confirmed',
    ),
  );
  return doubtful ? 'likely' : 'sure';
}

function methodViews(part: PlanPart, shop: ShopFacts, facts: BasketFacts, chosen: PromiseView): BasketGroupView['methods'] {
  const place = placeOf(facts.found.basket)?.at;
  const currency = facts.book.city.currency;
  const books = part.items.filter((item) =>
    facts.candidates.some(
      (candidate) =>
        candidate.offerId === item.offerId && candidate.vatCategory === NEW_BOOK.vatCategory && candidate.condition === NEW_BOOK.condition,
    ),
  );
  const floor = leastBookDelivery(minor(books.reduce((sum, item) => sum + item.priceMinor, 0)), facts.settings.floors);
  return methodWindows({ shop, now: facts.book.now, place, currency, leadTimeMinutes: part.leadTimeMinutes }).map((window) => {
    const isChosen = window.method === part.method;
    const priceMinor = window.method === 'pickup' ? window.priceMinor : Math.max(window.priceMinor, floor);
    return {
      method: window.method,
      isChosen,
      promise: isChosen ? chosen : promiseOf(shop, { ...window, priceMinor }, { place, currency, certainty: chosen.certainty }),
    };
  });
}

function lineView(item: PartItem, part: PlanPart, facts: BasketFacts): readonly BasketLineView[] {
  const line = facts.found.lines.find((candidate) => candidate.id === item.lineId);
  if (!line) return [];
  const moved = item.offerId !== line.offerId;
  const unitPriceSeen = line.priceSeenMinor ?? line.offerPriceMinor;
  const changed = unitPriceSeen !== item.unitPriceMinor && line.offerPriceSteps === item.priceSteps;
  return [
    {
      lineId: line.id,
      listingId: line.listingId,
      offerId: item.offerId,
      slugId: `${line.slug}-${line.listingId}`,
      title: line.title,
      keyAttribute: line.keyAttribute,
      glyph: line.glyph,
      family: line.family,
      quantity: item.quantity,
      salesUnit: line.salesUnit,
      stepQuantity: stepQuantity(line.salesUnit),
      maximumQuantity: maximumOf(line, facts),
      unitPriceMinor: item.unitPriceMinor,
      priceSteps: item.priceSteps,
      totalMinor: linePrice({ priceMinor: item.unitPriceMinor, priceSteps: item.priceSteps }, item.quantity),
      former: changed ? { unitPriceMinor: unitPriceSeen } : undefined,
      formerPromiseAt: formerPromise(line, part, facts.book.now),
      movedFromShopName: moved && line.shownShopId !== part.shopId ? facts.book.get(line.shownShopId)?.name : undefined,
      shopChosen: line.shopChosen,
      isUsed: line.condition === 'used',
      minimumAge: line.minimumAge,
      withdrawalException: line.withdrawalException,
    },
  ];
}

/** What a stepper may reach: what all shops that may serve it have together, within the limit of a line. */
function maximumOf(line: FoundLine, { candidates }: BasketFacts): number {
  const usable = candidates.filter(
    (candidate) =>
      candidate.listingId === line.listingId &&
      candidate.condition === line.condition &&
      (!line.shopChosen || candidate.shopId === line.shownShopId),
  );
  const available = usable.reduce((sum, candidate) => sum + candidate.available, 0);
  return Math.min(mostQuantity(line.salesUnit), Math.max(available, line.quantity));
}

/** The moment seen on the card a little while ago, when the basket can no longer keep it (F1c). */
function formerPromise(line: FoundLine, part: PlanPart, now: Instant): Instant | undefined {
  if (line.promiseSeenAt === null || now - line.addedAt > SEEN_LATELY) return undefined;
  // Cards and tables say when a window begins, so that is what is compared.
  return part.promise.from > line.promiseSeenAt + MINUTE ? line.promiseSeenAt : undefined;
}
