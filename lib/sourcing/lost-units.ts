import type { Instant, ListingId, Minor, Position, ShopId } from '@/lib/kernel';
import { linePrice } from '@/lib/kernel';
import type { LostLine, RemainderQuestion, RemainderWish, Rescue, SourcingLine, SourcingLocation, SourcingPlan } from '@/lib/oms';
import { resolveRemainder } from '@/lib/oms';
import type { Method } from '@/lib/promise';
import type { ShopBook } from '@/lib/shops';
import { sellsAt } from '@/lib/shops';
import type { AwaitedPlace } from './awaited';
import type { Candidate } from './candidates';
import { postcodeIn, underSettings } from './live-rules';
import type { Place, Places } from './places';
import { engineLocation, lineOf, locationsOf } from './places';
import type { RoutingSettings } from './settings';

/** What is looked for: one article in one condition. */
export type Sought = {
  readonly listingId: ListingId;
  readonly condition: Candidate['condition'];
  readonly salesUnit: 'each' | 'gram' | 'millimetre';
  readonly weightGrams: number;
  readonly volumeCm3: number;
};

/** Units of a placed order that lost their source. Steps, minor units. */
export type LostUnits = Sought & {
  readonly id: string;
  readonly units: number;
  /** The shop they were bought from: its network's rules go on binding them. */
  readonly boughtFrom: ShopId;
  /** Goods and delivery the shopper paid for them. */
  readonly paidMinor: Minor;
  /** The most another shop may ask for the goods. */
  readonly mostMinor: number;
  readonly reroutes: number;
  /** Who could not serve them already. */
  readonly tried: ReadonlySet<ShopId>;
  readonly told: { readonly method: Method; readonly by: Instant; readonly within: ReadonlySet<ShopId> | null };
  /** Other articles the shopper may be asked to take instead; any shop may have them. */
  readonly substitutes: readonly Sought[];
  readonly awaited: readonly AwaitedPlace[];
};

export type LostQuestion = {
  readonly id: string;
  readonly book: ShopBook;
  readonly settings: RoutingSettings;
  readonly candidates: readonly Candidate[];
  readonly lost: readonly LostUnits[];
  /** The door for what is brought, or where the shopper would have gone to. */
  readonly place: Position | undefined;
  readonly address: string | undefined;
  /** Shops with another part of the order: no further stop. */
  readonly visited: ReadonlySet<ShopId>;
  /** Ways in which it may be received at that place. */
  readonly methods: ReadonlySet<Method>;
  readonly wish: RemainderWish;
  readonly budgetMinor: Minor;
};

/** What the engine decided; its places are real ones. */
export type Decided = Rescue & { readonly placeOf: (engineLocationId: string) => Place | undefined };

/**
 * The one decider of a rescue: poses what was lost as a question to the engine, from what is true now, and has it answered. The live chain and
 * the simulation ask here.
 *
 * Guarantees: pure; those of `resolveRemainder`; nobody who was tried is asked again, no shop that takes no orders, none that asks more than
 * may be asked; a network's own shops come before others where they can serve, as in its baskets; an article's substitute is `<lost id>/<listing>`.
 */
export function decideLost(question: LostQuestion): Decided {
  const { book, settings, place, visited } = question;
  const places: Places = new Map();
  const awaited = new Map<string, Place>();
  const lost = question.lost.map((units): LostLine => {
    for (const { place: later, locationId } of units.awaited)
      awaited.set(later.id, { shopId: later.shopId, locationId, leadTimeMinutes: 0 });
    const line = seek(units, units.id, units, { question, places });
    return {
      line: { ...line, offers: [...line.offers, ...units.awaited.map(({ offer }) => offer)] },
      told: units.told,
      paidMinor: units.paidMinor,
      reroutes: units.reroutes,
      substitutes: units.substitutes.map((other) => seek(other, substituteId(units, other), units, { question, places })),
      transfers: [],
      awaited: units.awaited.map((one): SourcingLocation => one.place),
    };
  });
  const every = lost.flatMap((entry) => [entry.line, ...entry.substitutes]);
  const facts = { book, settings, now: book.now, place, methodByShop: {}, visited };
  const wishes = { deadline: null, maxSources: null, maxParcels: null, allowPartial: true };
  const posed = { id: question.id, now: book.now, home: place ?? null, wishes, lines: every, locations: locationsOf(facts, places, every) };
  // A substitute stands for the line it replaces, so the same network's rules bind it.
  const shownWith = new Map(
    question.lost.flatMap((units) =>
      [units.id, ...units.substitutes.map((other) => substituteId(units, other))].map((id) => [id, units.boughtFrom]),
    ),
  );
  const { ruled, ownFirst } = underSettings(posed, { settings, shownWith, postcode: postcodeIn(question.address) });
  const asked: RemainderQuestion = {
    problem: { id: ruled.id, now: ruled.now, home: ruled.home, locations: ruled.locations.map((one) => receivable(one, question)) },
    lost,
    committed: [],
    excluded: { shopIds: [], offers: [] },
    wish: question.wish,
    ownFirst,
    budgetMinor: question.budgetMinor,
  };
  return { ...resolveRemainder(asked), placeOf: (id) => places.get(id) ?? awaited.get(id) };
}

function receivable(location: SourcingLocation, { methods }: LostQuestion): SourcingLocation {
  return { ...location, services: location.services.filter((service) => methods.has(service.method)) };
}

function substituteId(units: LostUnits, { listingId }: Sought): string {
  return `${units.id}/${listingId}`;
}

type Market = { readonly question: LostQuestion; readonly places: Places };

function seek(sought: Sought, id: string, units: LostUnits, { question, places }: Market): SourcingLine {
  const { book, candidates, settings } = question;
  const isItself = sought.listingId === units.listingId;
  const usable = candidates.filter((candidate) => {
    const shop = book.get(candidate.shopId);
    return (
      candidate.listingId === sought.listingId &&
      candidate.condition === sought.condition &&
      candidate.available > 0 &&
      !(isItself && units.tried.has(candidate.shopId)) &&
      shop !== undefined &&
      sellsAt(shop, book.now) &&
      linePrice(candidate, units.units) <= units.mostMinor
    );
  });
  for (const candidate of usable) places.set(engineLocation(candidate), candidate);
  const wanted = { ...sought, id, units: units.units, chosenShopId: null };
  return { ...lineOf(wanted, usable, { policy: settings.policy }) };
}

/** Does a plan bring all of these units? */
export function bringsAll(plan: SourcingPlan, lineId: string, units: number): boolean {
  const items = plan.fulfilments.flatMap((fulfilment) => fulfilment.items).filter((item) => item.lineId === lineId);
  return items.reduce((sum, item) => sum + item.quantity, 0) >= units;
}
