import type { CalendarDay } from '../withdrawal';
import { plusMonths } from '../withdrawal';

const GUARANTEE_MONTHS = 24;
const MONTHS_AFTER_REPAIR = 6;

/** Days in which a repair or a replacement is due (L.217-10). */
export const REMEDY_DAYS = 30;

/** Days in which goods are brought or sent back after a withdrawal was stated (CRD 14(1)). */
export const BRING_DAYS = 14;

/** Days in which somebody who claims a defect or asks for an exchange may come. */
export const CLAIM_DAYS = 30;

/**
 * The last day of the legal guarantee of conformity.
 *
 * Guarantees: two years from receipt, six months more for each repair under it. Source: L.217-3, L.217-13; ME-26.
 */
export function guaranteeUntil(receivedOn: CalendarDay, repairs = 0): CalendarDay {
  return plusMonths(receivedOn, GUARANTEE_MONTHS + repairs * MONTHS_AFTER_REPAIR);
}

export type LineRights = {
  readonly withdrawal: boolean;
  readonly exchange: boolean;
  readonly defect: boolean;
};

export type RightsFacts = {
  readonly today: CalendarDay;
  /** Undefined while the goods are not all there: then nothing runs yet. */
  readonly withdrawUntil: CalendarDay | undefined;
  readonly guaranteeUntil: CalendarDay | undefined;
  /** Why the thing may not be withdrawn from, told before the order (ME-27); null for nearly everything. */
  readonly exception: string | null;
  readonly leftQuantity: number;
};

/** What may be asked for one line today. A thing without right of withdrawal keeps its guarantee. */
export function lineRights(facts: RightsFacts): LineRights {
  const isLeft = facts.leftQuantity > 0;
  const inTime = facts.withdrawUntil === undefined || facts.today <= facts.withdrawUntil;
  const withdrawal = isLeft && inTime && facts.exception === null;
  return {
    withdrawal,
    exchange: withdrawal && facts.guaranteeUntil !== undefined,
    defect: isLeft && facts.guaranteeUntil !== undefined && facts.today <= facts.guaranteeUntil,
  };
}
