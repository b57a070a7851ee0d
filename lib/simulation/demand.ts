import type { Chance, City } from '@/db/seed';
import { chanceOf, mobileOf, readAddresses, readNames } from '@/db/seed';
import type { Instant, ListingId, OfferId, ShopId } from '@/lib/kernel';
import { DAY, HOUR, MINUTE, instant, metresBetween } from '@/lib/kernel';

type Offer = City['offers'][number];

export type WishedLine = {
  readonly offerId: OfferId;
  readonly listingId: ListingId;
  readonly priceMinor: number;
  readonly quantity: number;
};

/** One shopper's errand: when, who, from where, what, and how each shop's part should come. */
export type Errand = {
  readonly key: string;
  readonly at: Instant;
  readonly name: string;
  readonly email: string;
  readonly phone: string | undefined;
  readonly isCamille: boolean;
  readonly place: { readonly label: string; readonly latitude: number; readonly longitude: number };
  readonly lines: readonly WishedLine[];
  readonly methods: readonly { readonly shopId: ShopId; readonly method: 'courier' | 'parcel' }[];
  readonly plan: 'suggested' | 'fewest' | 'soonest';
};

/** How many orders an hour of the local day brings, in no unit: two peaks, lunch and the end of work. */
const hours = [0.2, 0.1, 0, 0, 0, 0.2, 0.6, 1.5, 2.5, 3.5, 4.5, 5, 6, 4.5, 3.5, 3.5, 4, 5.5, 7, 6, 4.5, 3.5, 2, 0.8];
/** Sunday first. */
const weekdays = [0.55, 0.7, 0.9, 1.05, 1, 1.25, 1.55];
/** How often a shopper thinks of a trade when choosing a shop. */
const trades: Readonly<Record<string, number>> = {
  epicerie: 9,
  boulangerie: 5,
  fromagerie: 6,
  caviste: 4,
  primeur: 5,
  boucherie: 5,
  poissonnerie: 4,
  chocolaterie: 4,
  torrefacteur: 6,
  librairie: 7,
  papeterie: 3,
  jouets: 4,
  quincaillerie: 7,
  'arts-table': 5,
  mode: 3,
  chaussures: 2,
  fleuriste: 5,
  reemploi: 4,
  ceramique: 2,
  velo: 4,
  disquaire: 3,
  cosmetique: 3,
  reparation: 3,
  mercerie: 2,
  montagne: 3,
  deco: 2,
  animalerie: 3,
};
const kept = /^(Cafetière italienne (inox, 6|cuivrée|émaillée vert)|Joints et filtre pour cafetière 6|Le Café, une histoire sensible)/;

type Drawer<T> = (chance: Chance) => T;

/** Draws in proportion to weight, by binary search over running sums. */
function weighted<T>(items: readonly T[], weightOf: (item: T) => number): Drawer<T> {
  const sums: number[] = [];
  let total = 0;
  for (const item of items) sums.push((total += weightOf(item)));
  return (chance) => {
    const wanted = chance.next() * total;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    const drawn = items[low];
    if (drawn === undefined) throw new Error('nothing to draw from');
    return drawn;
  };
}

/** A few goods sell all the time, most of them seldom: weight falls with a rank that hangs on the offer's name only. */
function offersByShop(city: City, seed: string): ReadonlyMap<ShopId, Drawer<Offer>> {
  const orderable = city.offers.filter((offer) => offer.shop.level === 'sell' && offer.onHand > 0 && !kept.test(offer.product.title));
  const byShop = Map.groupBy(orderable, (offer) => offer.shop.id);
  return new Map(
    [...byShop].map(([shopId, offers]) => [
      shopId,
      weighted(offers, (offer) => (offer.onHand > 2 ? 1 : 0.15) / (3 + 60 * chanceOf(seed, 'fame', offer.id).next())),
    ]),
  );
}

function quantityOf({ product }: Offer, chance: Chance): number {
  if (product.salesUnit === 'gram') return chance.between(3, 16) * 50;
  if (product.salesUnit === 'millimetre') return chance.between(1, 6) * 500;
  if (product.isOneOff || product.basePriceMinor > 2_500) return 1;
  return chance.pick([1, 1, 1, 1, 2, 2, 3]);
}

const isFood = (offer: Offer): boolean => offer.shop.trade === 'epicerie' || offer.shop.trade === 'primeur';

type Market = {
  readonly city: City;
  readonly shopOf: Drawer<City['shops'][number]>;
  readonly offerOf: ReadonlyMap<ShopId, Drawer<Offer>>;
  readonly places: ReturnType<typeof readAddresses>;
  readonly shoppers: readonly { readonly name: string; readonly email: string; readonly phone: string; readonly place: number }[];
};

const plainLetters = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-');

function marketOf(city: City, seed: string): Market {
  const offerOf = offersByShop(city, seed);
  const places = readAddresses().slice(0, 260);
  const names = readNames('vocabulary/people.json');
  const shoppers = Array.from({ length: 160 }, (_, at) => {
    const chance = chanceOf(seed, 'shopper', String(at));
    const [first, last] = [chance.pick(names['firstNames'] ?? []), chance.pick(names['lastNames'] ?? [])];
    return {
      name: `${first} ${last}`,
      email: `${plainLetters(first)}.${plainLetters(last)}@courriel.example`,
      phone: mobileOf(chance),
      place: chance.between(0, places.length - 1),
    };
  });
  const shopOf = weighted(
    city.shops.filter((shop) => offerOf.has(shop.id)),
    (shop) => (trades[shop.trade] ?? 2) * (0.5 + chanceOf(seed, 'charm', shop.key).next()) * (shop.key === 'quincaillerie-morel' ? 2.5 : 1),
  );
  return { city, shopOf, offerOf, places, shoppers };
}

/** The plan of an errand: one to three shops, one to five lines in all. */
function fill(
  market: Market,
  chance: Chance,
): { readonly lines: readonly WishedLine[]; readonly shops: ReadonlySet<City['shops'][number]> } {
  const shopCount = chance.pick([1, 1, 1, 1, 1, 2, 2, 2, 3, 3]);
  const shops = new Set(Array.from({ length: shopCount }, () => market.shopOf(chance)));
  const lines = new Map<OfferId, WishedLine>();
  for (const shop of shops) {
    const draw = market.offerOf.get(shop.id);
    const most = shops.size === 3 ? 2 : shop.trade === 'epicerie' ? 5 : 3;
    for (let line = chance.between(1, most); draw && line > 0 && lines.size < 5; line -= 1) {
      const offer = draw(chance);
      if (line > 1 && !isFood(offer) && chance.isBelow(0.3)) continue;
      const listingId = market.city.ids('listing', `${offer.product.key}|${offer.variant.key}`);
      lines.set(offer.id, { offerId: offer.id, listingId, priceMinor: offer.priceMinor, quantity: quantityOf(offer, chance) });
    }
  }
  return { lines: [...lines.values()], shops };
}

function errandAt(market: Market, at: Instant, key: string, chance: Chance): Errand {
  const isCamille = chance.isBelow(0.012);
  const shopper = chance.pick(market.shoppers);
  const address = market.places[isCamille ? 3 : shopper.place];
  if (!address) throw new Error('a shopper lives somewhere');
  const { lines, shops } = fill(market, chance);
  const isBrought = chance.isBelow(0.28);
  const methods = [...shops].flatMap((shop): Errand['methods'] => {
    if (!isBrought) return [];
    const { courier } = shop.services;
    if (courier && metresBetween(shop.address, address) <= courier.radiusMetres) return [{ shopId: shop.id, method: 'courier' }];
    return shop.services.parcel ? [{ shopId: shop.id, method: 'parcel' }] : [];
  });
  return {
    key,
    at,
    name: isCamille ? 'Camille Rolland' : shopper.name,
    email: isCamille ? 'camille@courriel.example' : shopper.email,
    phone: isBrought ? shopper.phone : undefined,
    isCamille,
    place: { label: `${address.street}, ${address.postcode} ${address.town}`, latitude: address.latitude, longitude: address.longitude },
    lines,
    methods,
    plan: chance.pick(['suggested', 'suggested', 'suggested', 'suggested', 'fewest', 'soonest']),
  };
}

/** Milliseconds by which local time in France is ahead, at that moment. */
export function localAhead(at: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', hour: '2-digit', hourCycle: 'h23' }).format(at);
  return ((Number(parts) - new Date(at).getUTCHours() + 36) % 24) * HOUR - 12 * HOUR;
}

/**
 * Every errand between two moments, in the order of time: about `total` of them, more on Saturdays than on Sundays, more at noon and six
 * than at eight, and half as many again at the end of the history as at its beginning.
 */
export function demandOf(
  city: City,
  seed: string,
  span: { readonly from: Instant; readonly to: Instant; readonly total: number },
): readonly Errand[] {
  const market = marketOf(city, seed);
  const slots: { readonly at: number; readonly weight: number }[] = [];
  for (let at = Math.ceil(span.from / HOUR) * HOUR; at + HOUR <= span.to; at += HOUR) {
    const local = new Date(at + localAhead(at));
    const growth = 0.8 + (0.4 * (at - span.from)) / Math.max(DAY, span.to - span.from);
    slots.push({ at, weight: (hours[local.getUTCHours()] ?? 0) * (weekdays[local.getUTCDay()] ?? 1) * growth });
  }
  const draw = weighted(slots, (slot) => slot.weight);
  const moments = Array.from({ length: span.total }, (_, index) => {
    const chance = chanceOf(seed, 'moment', String(index));
    return draw(chance).at + chance.between(0, 59) * MINUTE + chance.between(0, 59) * 1000;
  }).toSorted((a, b) => a - b);
  return moments.map((at, index) => errandAt(market, instant(at), `errand-${index}`, chanceOf(seed, 'errand', String(index))));
}
