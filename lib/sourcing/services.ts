import type { Instant, Position } from '@/lib/kernel';
import { HOUR, MINUTE, instant, metresBetween, minor, plusMs, walkingMinutes } from '@/lib/kernel';
import type { PromiseWindow, SourcingService } from '@/lib/oms';
import { carriagePrices, courierWindows, pickupWindows } from '@/lib/oms';
import { COURIER_CUT_OFF_MINUTES, parcelDays, readyAt, slotsAhead, toQuarter } from '@/lib/promise';
import type { Method } from '@/lib/promise';
import type { ShopFacts } from '@/lib/shops';
import { courierReach, withRoom } from '@/lib/shops';
import type { RoutingPolicy } from './settings';
import { carriage, emissions } from './settings';

export type ServicesQuestion = {
  readonly shop: ShopFacts;
  readonly now: Instant;
  readonly place: Position | undefined;
  readonly leadTimeMinutes: number;
  /** Units the basket could ask of this shop: beyond an hour's work the promise is later. */
  readonly units: number;
  /** The way of receiving the shopper fixed for this shop. */
  readonly fixed: Method | undefined;
  readonly policy: RoutingPolicy;
};

const ANY_UNITS = 1_000_000;
const HOURS_PLANNED = 6;

/** Every way of receiving a shop's goods that qualifies, as the engine wants it. */
export function servicesOf(question: ServicesQuestion): readonly SourcingService[] {
  const { shop, now, place, leadTimeMinutes } = question;
  // What was fixed before the shop, or the city, stopped offering it binds nobody.
  const fixed = question.fixed !== undefined && shop.services[question.fixed] ? question.fixed : undefined;
  const ready = readyAt({ shop, now, leadTimeMinutes });
  if (ready === undefined) return [];
  const metres = place ? metresBetween(shop.at, place) : undefined;
  const services = [pickupService(question, metres), courierService(question, metres), parcelService(question, ready)];
  return services.flatMap((service) =>
    service && service.windows.length > 0 && (fixed === undefined || fixed === service.method) ? [service] : [],
  );
}

type Rate = Parameters<typeof pickupWindows>[0];

/**
 * The rows of a shop's work: the first hours one by one and, for what takes longer, one row for the whole of it, so that a large wish is
 * promised late rather than refused.
 */
function rowsOf(
  { shop, now, leadTimeMinutes, units }: ServicesQuestion,
  windowsOf: (rules: Rate, hours: number) => readonly PromiseWindow[],
): readonly PromiseWindow[] {
  const unitsPerHour = Math.max(1, shop.capacityPerHour);
  const rules = {
    opening: shop.openings,
    now: plusMs(now, leadTimeMinutes * MINUTE),
    preparationMinutes: shop.preparationMinutes,
    unitsPerHour,
  };
  const hours = Math.max(1, Math.ceil(units / unitsPerHour));
  const rows = windowsOf(rules, Math.min(HOURS_PLANNED, hours));
  if (hours <= HOURS_PLANNED) return rows;
  const whole = windowsOf({ ...rules, preparationMinutes: rules.preparationMinutes + 60 * (hours - 1), unitsPerHour: units }, 1);
  return [...rows, ...whole];
}

function pickupService(question: ServicesQuestion, metres: number | undefined): SourcingService | undefined {
  const { shop, policy } = question;
  if (!shop.services.pickup) return undefined;
  const windows = ascending(rowsOf(question, pickupWindows).map((row) => ({ ...row, window: toQuarter(row.window) })));
  const walk = metres === undefined ? 0 : walkingMinutes(metres) * policy.perWalkingMinute;
  const driven =
    metres === undefined || metres <= emissions.walkedMetres ? 0 : Math.round((2 * metres * emissions.perKilometreDriven) / 1_000);
  return {
    method: 'pickup',
    rankingMinor: walk + waiting(question, windows[0]?.window.from),
    co2Grams: driven,
    prices: [{ ...carriage.bag, priceMinor: minor(0), parcels: 1, co2Grams: 0 }],
    windows,
  };
}

function courierService(question: ServicesQuestion, metres: number | undefined): SourcingService | undefined {
  const { shop, now } = question;
  const reach = courierReach(shop, question.place);
  if (!reach || metres === undefined) return undefined;
  // The rider wants the goods before the slot begins, so a slot counts from its cut-off.
  const cutOff = COURIER_CUT_OFF_MINUTES * MINUTE;
  const slots = withRoom(reach, slotsAhead(shop, reach.slots, now)).map((slot) => ({ from: plusMs(slot.from, -cutOff), to: slot.to }));
  const rows = rowsOf(question, (rules, hours) => courierWindows({ ...rules, slots }, hours));
  const windows = rows.map((row) => ({ ...row, window: { from: plusMs(row.window.from, cutOff), to: row.window.to } }));
  return {
    method: 'courier',
    rankingMinor: waiting(question, windows[0]?.window.to),
    co2Grams: Math.round((metres * emissions.perKilometreRidden) / 1_000),
    prices: [{ ...carriage.bike, priceMinor: minor(reach.priceMinor), parcels: 1, co2Grams: 0 }],
    windows,
  };
}

function parcelService(question: ServicesQuestion, ready: Instant): SourcingService | undefined {
  const { shop } = question;
  const { parcel } = shop.services;
  if (!parcel) return undefined;
  const window = parcelDays(shop, parcel.days, ready);
  const box = {
    maxGrams: parcel.maxGrams,
    maxCm3: carriage.box.maxCm3,
    priceMinor: minor(parcel.priceMinor),
    co2Grams: emissions.perParcel,
  };
  const prices = carriagePrices([box], carriage.mostBoxes);
  return { method: 'parcel', rankingMinor: waiting(question, window.to), co2Grams: 0, prices, windows: [{ maxUnits: ANY_UNITS, window }] };
}

function waiting({ now, policy }: ServicesQuestion, until: Instant | undefined): number {
  const hours = until === undefined ? policy.mostWaitingHours : Math.min(policy.mostWaitingHours, Math.max(0, (until - now) / HOUR));
  return Math.round(hours * policy.perWaitingHour);
}

/** Rounding to the quarter may bring two rows together: the later one holds the units of both. */
function ascending(rows: readonly PromiseWindow[]): readonly PromiseWindow[] {
  return rows.filter((row, index) => rows[index + 1] === undefined || instant(rows[index + 1]?.window.from ?? 0) > row.window.from);
}
