import { DAY, invariant, minor, atRate } from '@/lib/kernel';
import type { Minor } from '@/lib/kernel';

/** A day on the calendar of a place, `YYYY-MM-DD`: law counts days, not hours. */
export type CalendarDay = string;

export type WithdrawalFacts = {
  /** The day each part of the shop's order was received; the last one counts. */
  readonly received: readonly CalendarDay[];
  /** Has everything been received? Until then the period is open and has not begun to run. */
  readonly isComplete: boolean;
  /** When the shopper was told of the right; null when never. At the latest with the goods is in time. */
  readonly informedOn: CalendarDay | null;
  /** Public holidays of the place of the contract. */
  readonly holidays: ReadonlySet<CalendarDay>;
};

const PERIOD_DAYS = 14;
const EXTENSION_MONTHS = 12;

/**
 * The last day on which a shopper may withdraw, whole: the period ends with that day, local time.
 *
 * Guarantees: never a Saturday, Sunday or holiday; never before the fourteenth day after the last good; without the information twelve
 *   months later, or fourteen days after it was given at last. Undefined while something is still to be received: the right is open from
 *   the conclusion of the contract on and nothing runs yet.
 * Source: CRD 9–11; L.221-18 to L.221-20; Regulation 1182/71 art. 3. Golden cases W1–W14.
 */
export function lastDayToWithdraw({ received, isComplete, informedOn, holidays }: WithdrawalFacts): CalendarDay | undefined {
  const last = received.toSorted().at(-1);
  if (!isComplete || last === undefined) return undefined;
  const usual = workingDayFrom(plusDays(last, PERIOD_DAYS), holidays);
  if (informedOn !== null && informedOn <= last) return usual;
  const extended = workingDayFrom(plusMonths(usual, EXTENSION_MONTHS), holidays);
  if (informedOn === null || informedOn > extended) return extended;
  const told = workingDayFrom(plusDays(informedOn, PERIOD_DAYS), holidays);
  return told > usual ? told : usual;
}

export type RefundFacts = {
  readonly statedOn: CalendarDay;
  /** When there was proof that the goods were sent back, and when they were back; null while not. */
  readonly sentBackOn: CalendarDay | null;
  readonly receivedOn: CalendarDay | null;
};

/**
 * The last day on which a withdrawal must be refunded.
 *
 * Guarantees: fourteen days after the statement; later only until the goods or the proof of their despatch are there, whichever is first.
 *   Undefined while the refund may still wait for both. Source: CRD 13; L.221-24. Golden case R1.
 */
export function refundDueOn({ statedOn, sentBackOn, receivedOn }: RefundFacts): CalendarDay | undefined {
  const [first] = [sentBackOn, receivedOn].filter((day) => day !== null).toSorted();
  if (first === undefined) return undefined;
  const usual = plusDays(statedOn, PERIOD_DAYS);
  return first > usual ? first : usual;
}

/** What a late refund grows by, from so many days late on; up to ten days there is legal interest only. */
const surcharges = [
  { afterDays: 60, bps: 5_000 },
  { afterDays: 30, bps: 2_000 },
  { afterDays: 20, bps: 1_000 },
  { afterDays: 10, bps: 500 },
] as const;
const MONTHS_FULL_AFTER_DAYS = 90;
const PER_FURTHER_MONTH_BPS = 500;

/**
 * What the law adds to a refund that is late.
 *
 * Units: minor units; whole days after the last day it was due. Guarantees: grows with the delay, never above the refund itself.
 * Source: L.242-4: 5 % to 20 days, 10 % to 30, 20 % to 60, 50 % to 90, then 5 points a month up to the price. Golden case C6.
 */
export function lateRefundSurcharge(refundMinor: Minor, daysLate: number): Minor {
  invariant(refundMinor >= 0 && Number.isSafeInteger(daysLate), 'a refund and whole days');
  const further = daysLate > MONTHS_FULL_AFTER_DAYS ? Math.ceil((daysLate - MONTHS_FULL_AFTER_DAYS) / 30) : 0;
  const step = surcharges.find(({ afterDays }) => daysLate > afterDays);
  const bps = Math.min(10_000, (step?.bps ?? 0) + further * PER_FURTHER_MONTH_BPS);
  return bps === 0 ? minor(0) : atRate(refundMinor, bps);
}

/** So many days later on the calendar. */
export function plusDays(day: CalendarDay, days: number): CalendarDay {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + days * DAY);
}

/** The same day so many months later; the last of the month where it has no such day. */
export function plusMonths(day: CalendarDay, months: number): CalendarDay {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month - 1 + months, Math.min(date, lastOfMonth)));
}

function workingDayFrom(day: CalendarDay, holidays: ReadonlySet<CalendarDay>): CalendarDay {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const isFree = weekday === 0 || weekday === 6 || holidays.has(day);
  return isFree ? workingDayFrom(plusDays(day, 1), holidays) : day;
}

function dayOf(epochMs: number): CalendarDay {
  invariant(Number.isFinite(epochMs), 'a day is YYYY-MM-DD');
  return new Date(epochMs).toISOString().slice(0, 10);
}
