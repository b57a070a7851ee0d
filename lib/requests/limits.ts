/** How many shops one request goes to: enough for an answer in minutes, few enough that shops keep reading. */
export const MOST_SHOPS = 12;

/** A request lives for a day; what is over is kept so long for whoever holds the link, then gone. */
export const LIFE_HOURS = 24;
export const KEPT_DAYS = 30;

/** Questions a shop may have unanswered; a shop that has as many is not asked more. */
export const MOST_UNANSWERED = 15;

/** What one person, or all guests behind one address of the network, may have open and ask in a day. */
export const askerLimits = {
  person: { open: 5, aDay: 10 },
  guest: { open: 8, aDay: 25 },
} as const;

export const SHORTEST_WORDS = 3;
export const LONGEST_WORDS = 200;

/** Largest offer: nobody sells more of something that had to be asked for. */
export const MOST_QUANTITY = 1_000;
export const MOST_PRICE_MINOR = 2_000_000;

/** How long things take to the shelf, by what the shop said. Minutes. */
export const leadTimeOf = { now: 0, tomorrow: 24 * 60, days: 3 * 24 * 60 } as const;
