import { MINUTE, instant, quantity } from '@/lib/kernel';
import type { Instant, ShopId } from '@/lib/kernel';
import type { ServiceMode, SolveOptions } from '../routing/case';
import { besideCommitted } from './committed';
import { sourceOwnFirst } from '../sourcing/own-first';
import { sourcePlan } from '../sourcing/plans';
import type { SourcingLine, SourcingLocation, SourcingOffer, SourcingPlan, SourcingProblem } from '../sourcing/problem';
import type { LostLine, RemainderQuestion } from './remainder-question';

export type MarketLimits = {
  readonly kind: 'suggested' | 'soonest';
  readonly deadline: Instant | null;
  readonly allows: (method: ServiceMode) => boolean;
  /** Asked instead of the market's own places. */
  readonly places?: readonly SourcingLocation[];
};

/** Today's places and what is left on their shelves, asked again and again. */
export type RescueMarket = {
  /** The best plan for these lines under a limit; undefined when no unit can be had. */
  ask(lines: readonly SourcingLine[], limits: MarketLimits): SourcingPlan | undefined;
  /** The line with those offers alone that are where the promise says. */
  keeping(lost: LostLine): SourcingLine;
  /** A plan's units are given away. */
  take(plan: SourcingPlan): void;
};

/** Opens the market of a question: what is excluded is not there, what stands is joined at its cost, and a network's own shops come first. */
export function rescueMarket({ problem, committed, excluded, ownFirst = [] }: RemainderQuestion, options: SolveOptions): RescueMarket {
  // Whole minutes: a promise for the very moment that was told is in time, whatever the seconds.
  const now = instant(Math.floor(problem.now / MINUTE) * MINUTE);
  const own = besideCommitted(problem.locations, committed);
  const taken = new Map<string, number>();

  const left = (line: SourcingLine): SourcingLine => ({
    ...line,
    offers: line.offers
      .filter((offer) => !excluded.offers.some((gone) => keyOf(gone) === keyOf(offer)))
      .map((offer) => ({ ...offer, available: quantity(Math.max(0, offer.available - (taken.get(keyOf(offer)) ?? 0))) })),
  });

  const shops = new Map<string, ShopId>(problem.locations.map((location) => [location.id, location.shopId]));

  return {
    keeping({ line, told: { within } }) {
      if (within === null) return line;
      const isWithin = ({ locationId }: SourcingOffer) => {
        const shopId = shops.get(locationId);
        return shopId !== undefined && within.has(shopId);
      };
      return { ...line, offers: line.offers.filter(isWithin) };
    },
    ask(lines, { kind, deadline, allows, places = own }) {
      if (lines.length === 0 || (deadline !== null && deadline < now)) return undefined;
      const locations = places
        .filter((location) => !excluded.shopIds.includes(location.shopId))
        .map((location) => ({ ...location, services: location.services.filter((service) => allows(service.method)) }));
      const wishes: SourcingProblem['wishes'] = { deadline, maxSources: null, maxParcels: null, allowPartial: true };
      const asked = { ...problem, now, wishes, lines: lines.map(left), locations };
      const plan = ownFirst.length === 0 ? sourcePlan(asked, kind, options) : sourceOwnFirst(asked, kind, ownFirst, options);
      return plan.ok && plan.value.fulfilments.length > 0 ? plan.value : undefined;
    },
    take(plan) {
      for (const { locationId, items } of plan.fulfilments) {
        for (const { offerId, quantity: units } of items) {
          const key = keyOf({ offerId, locationId });
          taken.set(key, (taken.get(key) ?? 0) + units);
        }
      }
    },
  };
}

function keyOf({ offerId, locationId }: Pick<SourcingOffer, 'offerId' | 'locationId'>): string {
  return `${offerId} ${locationId}`;
}
