import { DAY, MINUTE } from '@/lib/kernel';
import type { RescueState } from '@/db/schema';

/**
 * How far a rescue goes by itself, and when the shopper is asked (architecture §5). Minutes, metres, basis points, minor units.
 */
export const rescuePolicy = {
  /** How often the units of a line are given to another shop before their money goes back. */
  mostAttempts: 2,
  /** A promise that begins (pickup) or ends (brought) so much later at most is still "the same hour"; the checkout says so. */
  sameHourMs: 30 * MINUTE,
  /** A shop so near the one that was chosen is "on the same way". */
  nearMetres: 1_200,
  /** So far a shop of the same network carries something to the one where the shopper collects, and so long the handing over takes there. */
  carryMetres: 3_000,
  carryHandMs: 5 * MINUTE,
  /** What the shopper is given to answer; afterwards the line is refunded. */
  answerMs: 30 * MINUTE,
  /** How long units that come back into stock are waited for. */
  waitMs: 3 * DAY,
  /** The rescue account pays so much more than the shopper did at most: a share of the price, and a floor for cheap things. */
  mostExtraBps: 3_000,
  mostExtraMinor: 300,
  /** And so much for bringing it, where the first shop would have brought it with the rest. */
  mostDeliveryMinor: 1_000,
  /** Other shops, hours and ways proposed for what is missing. */
  mostElsewhere: 2,
  /** Other articles proposed instead of what is missing. */
  mostSubstitutes: 2,
} as const;

export type RescuePolicy = { readonly [Rule in keyof typeof rescuePolicy]: number };

/** A rescue in these states holds its money: neither taken for a shop nor given back. */
export const pendingRescueStates = ['searching', 'offered', 'asked', 'waiting'] as const satisfies readonly RescueState[];
