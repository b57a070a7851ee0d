import type { Chance, City } from '@/db/seed';
import { chanceOf, readAddresses } from '@/db/seed';
import type { Instant, ListingId, NetworkId, ShopId } from '@/lib/kernel';
import { metresBetween } from '@/lib/kernel';
import type { SourceGrade } from '@/lib/oms';
import type { ShopBook, ShopFacts } from '@/lib/shops';
import { openingIntervals, ratesOf } from '@/lib/shops';
import { madeId } from './made-ids';
import type { Parameters } from './parameters';

export type TownOffer = City['offers'][number] & { readonly listingId: ListingId };

export type TownShop = {
  readonly seed: City['shops'][number];
  readonly isSolo: boolean;
  readonly grade: SourceGrade;
  readonly networkId: NetworkId | undefined;
};

/** The city of a simulation: shops, who offers what, and how famous each thing is. The same for every run and every world. */
export type Town = {
  readonly shops: ReadonlyMap<ShopId, TownShop>;
  readonly offersOf: ReadonlyMap<ListingId, readonly TownOffer[]>;
  readonly homes: ReturnType<typeof readAddresses>;
  drawListing(chance: Chance): ListingId;
  bookAt(now: Instant): ShopBook;
};

const city = { name: 'Grenoble', country: 'FR', region: 'Auvergne-Rhône-Alpes', timeZone: 'Europe/Paris' } as const;

/** The demo city's first shops that sell, with what they offer by the piece. */
export function buildTown(
  made: City,
  { seed, shops: shopCount }: { readonly seed: string; readonly shops: number },
  parameters: Pick<Parameters, 'soloShare' | 'zipf' | 'everyGrade' | 'networkShare'>,
): Town {
  const selling = made.shops.slice(0, shopCount).filter((shop) => shop.level === 'sell');
  const shops = new Map(
    selling.map((shop) => {
      const isSolo = chanceOf(seed, 'solo', shop.key).isBelow(parameters.soloShare);
      const isInNetwork = chanceOf(seed, 'network', shop.key).isBelow(parameters.networkShare);
      const networkId = isInNetwork ? madeId('network', shop.trade) : undefined;
      return [shop.id, { seed: shop, isSolo, grade: parameters.everyGrade ?? shop.stockGrade, networkId }] as const;
    }),
  );
  const offers = made.offers
    .filter((offer) => shops.has(offer.shop.id) && offer.product.salesUnit === 'each')
    .map((offer): TownOffer => ({ ...offer, listingId: made.ids('listing', `${offer.product.key}|${offer.variant.key}`) }));
  const offersOf = Map.groupBy(offers, (offer) => offer.listingId);
  return {
    shops,
    offersOf,
    homes: readAddresses().slice(0, 400),
    drawListing: famous([...offersOf.keys()], seed, parameters.zipf),
    bookAt: (now) => bookOf(shops, now),
  };
}

/** Zipf: the n-th most famous thing is wanted in proportion to n to the power of -`exponent`; ranks hang on the seed. */
function famous(listings: readonly ListingId[], seed: string, exponent: number): (chance: Chance) => ListingId {
  const ranked = listings
    .map((listing) => ({ listing, fame: chanceOf(seed, 'fame', listing).next() }))
    .toSorted((a, b) => b.fame - a.fame || (a.listing < b.listing ? -1 : 1));
  const sums: number[] = [];
  let total = 0;
  for (let rank = 1; rank <= ranked.length; rank += 1) sums.push((total += rank ** -exponent));
  return (chance) => {
    const wanted = chance.next() * total;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    const drawn = ranked[low];
    if (!drawn) throw new Error('a town sells something');
    return drawn.listing;
  };
}

function bookOf(shops: Town['shops'], now: Instant): ShopBook {
  const known = new Map<ShopId, ShopFacts>();
  const get = (shopId: ShopId): ShopFacts | undefined => {
    const shop = shops.get(shopId);
    if (!shop) return undefined;
    const facts = known.get(shopId) ?? factsOf(shop, now);
    known.set(shopId, facts);
    return facts;
  };
  return {
    now,
    city: { ...city, at: { latitude: 45.1885, longitude: 5.7245 }, currency: 'EUR', defaultLocale: 'fr' },
    zones: [],
    get,
    rules: [],
    bySlug: () => undefined,
    all: () => [...shops.keys()].flatMap((id) => get(id) ?? []),
  };
}

function factsOf({ seed, networkId }: TownShop, now: Instant): ShopFacts {
  const at = { latitude: seed.address.latitude, longitude: seed.address.longitude };
  return {
    id: seed.id,
    slug: seed.key,
    name: seed.name,
    trade: seed.trade,
    street: seed.address.street,
    postcode: seed.address.postcode,
    town: seed.address.town,
    at,
    phone: seed.phone,
    awning: seed.awning,
    timeZone: city.timeZone,
    openingHours: seed.openingHours,
    services: { setAside: false, ...seed.services },
    zones: [],
    openings: openingIntervals(seed.openingHours, { ...city, ...at }, now),
    preparationMinutes: seed.tradeFacts.preparationMinutes,
    capacityPerHour: seed.tradeFacts.capacityPerHour,
    acceptanceMinutes: seed.acceptanceMinutes,
    level: seed.level,
    takesOrders: true,
    pausedUntil: undefined,
    pauseReason: undefined,
    returnDays: seed.returnDays,
    merchantId: seed.merchant.id,
    merchantName: seed.merchant.legalName,
    networkId,
    commissionRates: ratesOf([], { shopId: seed.id, networkId: null, contractBps: seed.merchant.commissionBps }),
    verifiedAt: undefined,
    vatRegime: 'normal',
  };
}

/** Offers of a thing, the nearest shop first. */
export function byDistance(
  offers: readonly TownOffer[],
  home: { readonly latitude: number; readonly longitude: number },
): readonly TownOffer[] {
  const metres = new Map(offers.map((offer) => [offer, metresBetween(offer.shop.address, home)]));
  return offers.toSorted((a, b) => (metres.get(a) ?? 0) - (metres.get(b) ?? 0) || (a.id < b.id ? -1 : 1));
}
