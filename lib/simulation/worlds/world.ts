import type { Chance } from '@/db/seed';
import { chanceOf } from '@/db/seed';
import type { Instant, OfferId, ShopId } from '@/lib/kernel';
import type { Agenda } from './agenda';
import { newAgenda } from './agenda';
import type { Scene, Wish, WorldName } from './choose';
import type { Errand } from './errands';
import type { Parameters } from './parameters';
import type { Shelf } from './shelf';
import { advance, newShelf } from './shelf';
import type { Tally } from './tally';
import { newTally } from './tally';
import type { Town, TownOffer } from './town';

export type Run = {
  /** Names every draw: two worlds of one run meet the same shoppers, shelves and shopkeepers. */
  readonly name: string;
  readonly town: Town;
  readonly from: Instant;
  readonly days: number;
  readonly parameters: Parameters;
};

/** What became of one thing somebody wanted. */
export type Fate = { readonly wish: Wish; got: number; isDelivered: boolean; couldBeRescued: boolean; isCounted: boolean };

/** An errand on its way: which shops and riders it has called on. */
export type Journey = {
  readonly errand: Errand;
  readonly fates: Map<string, Fate>;
  /** What the shopper has to be there for, or go to. */
  readonly arrivals: Set<string>;
  stops: number;
  items: Item[];
};

/** Units of a line as one shop is to supply them. */
export type Item = {
  readonly id: string;
  readonly journey: Journey;
  readonly fate: Fate;
  /** The shelf it comes from. */
  readonly offer: TownOffer;
  /** Who sells it and hands it over; another than the shelf's only for what is carried to its counter, by when it must have left the shelf. */
  readonly soldBy: TownOffer['shop'];
  readonly sendBy: Instant | undefined;
  readonly quantity: number;
  readonly priceMinor: number;
  readonly deliveryMinor: number;
  readonly method: 'pickup' | 'courier' | 'parcel';
  readonly promise: { readonly from: Instant; readonly to: Instant };
  readonly reroutes: number;
  /** Shops that could not serve it before this one. */
  readonly tried: ReadonlySet<ShopId>;
  readonly wasSure: boolean;
  state: 'offered' | 'accepted' | 'lost' | 'handed-over';
};

/** One world while it is lived through. */
export type World = {
  readonly name: WorldName;
  readonly run: Run;
  readonly agenda: Agenda;
  readonly tally: Tally;
  readonly shelves: Map<OfferId, { readonly offer: TownOffer; readonly shelf: Shelf }>;
  sceneAt(now: Instant): Scene;
  chance(...name: readonly string[]): Chance;
};

export function newWorld(name: WorldName, run: Run): World {
  const shelves: World['shelves'] = new Map();
  const span = { from: run.from, days: run.days + 3 };
  const shelfOf = (offer: TownOffer): Shelf => {
    const known = shelves.get(offer.id)?.shelf;
    if (known) return known;
    const grade = run.town.shops.get(offer.shop.id)?.grade ?? 'E';
    const shelf = newShelf(run.name, offer, { grade, parameters: run.parameters, span });
    shelves.set(offer.id, { offer, shelf });
    return shelf;
  };
  const tally = newTally();
  for (const shopId of run.town.shops.keys()) tally.byShop.set(shopId, 0);
  return {
    name,
    run,
    agenda: newAgenda(),
    tally,
    shelves,
    sceneAt: (now) => ({ town: run.town, now, shelfOf: (offer) => advance(shelfOf(offer), now, run.parameters) }),
    chance: (...words) => chanceOf(run.name, ...words),
  };
}

/** Mean `mean`, never negative: the wait until a busy person looks up. */
export function exponential(chance: Chance, mean: number): number {
  return -Math.log(1 - chance.next()) * mean;
}

/** Standard normal (Box and Muller). */
export function normal(chance: Chance): number {
  return Math.sqrt(-2 * Math.log(1 - chance.next())) * Math.cos(2 * Math.PI * chance.next());
}
