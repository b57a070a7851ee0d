import { MINUTE, invariant, linePrice } from '@/lib/kernel';
import type { Instant, Position } from '@/lib/kernel';
import { byId } from '../routing/order';
import type {
  GridPoint,
  PromiseRow,
  RoutingCase,
  RoutingLine,
  RoutingLocation,
  RoutingOffer,
  RoutingService,
  RoutingTour,
  TariffRow,
} from '../routing/case';
import { planGoals } from './problem';
import type {
  PromiseWindow,
  SourcingLine,
  SourcingLocation,
  SourcingOffer,
  SourcingPlanKind,
  SourcingProblem,
  SourcingService,
  SourcingTour,
} from './problem';

/**
 * Is the line asked as one indivisible unit? A price per kilogram is rounded once, on the whole quantity, so it cannot be a price per step.
 */
export function isBundled(line: SourcingLine): boolean {
  return line.offers.some((offer) => offer.priceSteps !== 1);
}

/**
 * The integers of one plan of a sourcing problem.
 *
 * Units: minor units become cents, steps become units (a bundled line becomes one), instants become whole minutes from `now`
 *   (a promise rounded up, the deadline down: none is ever flattered), positions become a 100 m grid.
 * Guarantees: pure; a chosen shop is the only source of its line; `cheapest` carries no ranking cents, every other kind carries those
 *   of the policy; services with no window left by now or no price are dropped, and so are locations with nothing to give.
 * Errors: throws when figures are negative or not whole: the caller parsed them.
 */
export function compile(problem: SourcingProblem, kind: SourcingPlanKind): RoutingCase {
  const weighs = kind !== 'cheapest';
  const grid = gridOf(problem);
  const tariffs: Record<string, readonly TariffRow[]> = {};
  const locations = problem.locations.toSorted(byId).flatMap((location): readonly RoutingLocation[] => {
    const offers = problem.lines.toSorted(byId).flatMap((line) => offerOf(line, location, weighs));
    const services = location.services.flatMap((service) => serviceOf(problem.now, service, weighs));
    if (offers.length === 0 || services.length === 0) return [];
    for (const service of location.services) tariffs[tariffName(location, service)] = rowsOf(service);
    return [
      {
        id: location.id,
        merchant: location.merchantId,
        at: grid(location.at),
        bias: (weighs ? location.biasMinor : 0) + (location.bindingOnceMinor ?? 0),
        unitBias: perStep(location, weighs),
        offers,
        services: services.map((service) => ({ ...service, tariff: `${location.id}/${service.id}` })),
      },
    ];
  });
  return {
    format: 'routing-case/1',
    id: `${problem.id}/${kind}`,
    goal: planGoals[kind],
    home: problem.home ? grid(problem.home) : [0, 0],
    deadline: problem.wishes.deadline === null ? null : Math.max(0, Math.floor((problem.wishes.deadline - problem.now) / MINUTE)),
    maxParcels: problem.wishes.maxParcels,
    maxSources: problem.wishes.maxSources,
    allowPartial: problem.wishes.allowPartial,
    tariffs,
    tours: (problem.tours ?? []).toSorted(byId).map(tourOf),
    lines: problem.lines.toSorted(byId).map(lineOf),
    locations,
  };
}

/** The offer that supplies a line from a location: the cheapest when a shop has several there. */
export function bestOfferAt(line: SourcingLine, location: SourcingLocation): SourcingOffer | undefined {
  if (line.chosenShopId !== null && line.chosenShopId !== location.shopId) return undefined;
  const enough = isBundled(line) || !line.isSplittable ? line.quantity : 1;
  return line.offers
    .filter((offer) => offer.locationId === location.id && offer.available >= enough)
    .toSorted((a, b) => costOf(line, a) - costOf(line, b) || (a.offerId < b.offerId ? -1 : 1))[0];
}

/** The minute an arrival window is promised for, from `now`: its beginning for a pickup, its end for anything brought. */
export function promiseMinute(now: Instant, service: SourcingService, { window }: PromiseWindow): number {
  return Math.ceil(((service.method === 'pickup' ? window.from : window.to) - now) / MINUTE);
}

function costOf(line: SourcingLine, offer: SourcingOffer): number {
  return linePrice(offer, line.quantity) + offer.riskMinor * line.quantity;
}

function lineOf(line: SourcingLine): RoutingLine {
  const bundled = isBundled(line);
  const steps = bundled ? line.quantity : 1;
  return {
    id: line.id,
    product: line.id,
    qty: bundled ? Math.min(1, line.quantity) : line.quantity,
    grams: Math.ceil(line.weightGrams * steps),
    cm3: Math.ceil(line.volumeCm3 * steps),
    split: line.isSplittable && !bundled,
  };
}

function offerOf(line: SourcingLine, location: SourcingLocation, weighs: boolean): readonly RoutingOffer[] {
  const offer = bestOfferAt(line, location);
  if (!offer || offer.available === 0) return [];
  const steps = isBundled(line) ? line.quantity : 1;
  const price = linePrice(offer, steps);
  // A bundle is one unit to the engine, yet each of its steps bears the location's ranking cents.
  const doubt = ((weighs ? offer.riskMinor : 0) + (offer.bindingMinor ?? 0)) * steps;
  const ranking = doubt + perStep(location, weighs) * (steps - 1);
  return [[line.id, isBundled(line) ? 1 : offer.available, price, ranking]];
}

function perStep(location: SourcingLocation, weighs: boolean): number {
  return weighs ? location.unitBiasMinor : 0;
}

function tourOf(tour: SourcingTour): RoutingTour {
  const { id, co2PerUnit, maxStops, maxGrams, maxCm3 } = tour;
  return { id, base: tour.baseMinor, perStop: tour.perStopMinor, perUnit: tour.perUnitMinor, co2PerUnit, maxStops, maxGrams, maxCm3 };
}

function serviceOf(now: Instant, service: SourcingService, weighs: boolean): readonly Omit<RoutingService, 'tariff'>[] {
  const promise: PromiseRow[] = [];
  for (const row of service.windows) {
    const minute = promiseMinute(now, service, row);
    if (minute < 0 || row.maxUnits <= (promise.at(-1)?.[0] ?? 0)) continue;
    if (promise.at(-1)?.[1] === minute) promise.pop();
    promise.push([row.maxUnits, minute]);
  }
  if (promise.length === 0 || service.prices.length === 0) return [];
  invariant(
    promise.every(([, minute], index) => index === 0 || minute > (promise[index - 1]?.[1] ?? -1)),
    'promise windows come in order of time',
  );
  const fixed = weighs ? service.rankingMinor : 0;
  return [{ id: service.method, mode: service.method, fixed, co2: service.co2Grams, tour: service.tourId ?? null, promise }];
}

function rowsOf(service: SourcingService): readonly TariffRow[] {
  return service.prices.map((row) => [row.maxGrams, row.maxCm3, row.priceMinor, row.parcels, row.co2Grams]);
}

function tariffName(location: SourcingLocation, service: SourcingService): string {
  return `${location.id}/${service.method}`;
}

const METRES_PER_DEGREE = 111_195;
const METRES_PER_UNIT = 100;

/** Projects positions of one town on a 100 m grid with its origin at the south-west corner of all that is involved. */
function gridOf(problem: SourcingProblem): (position: Position) => GridPoint {
  const positions = [...problem.locations.map((location) => location.at), ...(problem.home ? [problem.home] : [])];
  const south = Math.min(...positions.map((position) => position.latitude));
  const west = Math.min(...positions.map((position) => position.longitude));
  const shrink = Math.cos((south * Math.PI) / 180);
  return ({ latitude, longitude }) => [
    Math.round(((longitude - west) * METRES_PER_DEGREE * shrink) / METRES_PER_UNIT),
    Math.round(((latitude - south) * METRES_PER_DEGREE) / METRES_PER_UNIT),
  ];
}
