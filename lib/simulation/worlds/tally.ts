import type { ShopId } from '@/lib/kernel';

/** What is counted while a world is lived through. */
export type Tally = {
  errands: number;
  wanted: number;
  /** Wanted when no shop of the city really had it: nobody could have helped. */
  nowhere: number;
  notOffered: number;
  ordered: number;
  delivered: number;
  refused: number;
  couldBeRescued: number;
  rescued: number;
  rescuedOfThose: number;
  carried: number;
  surePicks: number;
  sureFound: number;
  subOrders: number;
  promised: number;
  kept: number;
  acceptMinutes: number[];
  costMinor: number;
  ordersServed: number;
  handOvers: number;
  /** Times somebody has to go or to be there: a shop fetched at, a ride that rings once for what several shops send, a parcel. */
  arrivals: number;
  parcels: number;
  goodsMinor: number;
  byShop: Map<ShopId, number>;
};

export const newTally = (): Tally => ({
  errands: 0,
  wanted: 0,
  nowhere: 0,
  notOffered: 0,
  ordered: 0,
  delivered: 0,
  refused: 0,
  couldBeRescued: 0,
  rescued: 0,
  rescuedOfThose: 0,
  carried: 0,
  surePicks: 0,
  sureFound: 0,
  subOrders: 0,
  promised: 0,
  kept: 0,
  acceptMinutes: [],
  costMinor: 0,
  ordersServed: 0,
  handOvers: 0,
  arrivals: 0,
  parcels: 0,
  goodsMinor: 0,
  byShop: new Map(),
});

/** What a run of a world comes to. Shares from 0 to 1, money in cents, times in minutes. */
export const measureNames = [
  'perceivedStockOuts',
  'hadByNobody',
  'fill',
  'cancelled',
  'rescued',
  'rescuedByCarrying',
  'confirmedRight',
  'promiseKept',
  'minutesToAccept',
  'costPerOrderMinor',
  'costPerLineMinor',
  'handOversPerOrder',
  'arrivalsPerOrder',
  'parcelsPerOrder',
  'basketMinor',
  'unevenness',
] as const;
export type Measure = (typeof measureNames)[number];
export type Measures = Readonly<Record<Measure, number>>;

const share = (part: number, whole: number) => (whole === 0 ? Number.NaN : part / whole);

export function measuresOf(tally: Tally): Measures {
  const minutes = tally.acceptMinutes.toSorted((a, b) => a - b);
  return {
    perceivedStockOuts: share(tally.wanted - tally.delivered, tally.wanted),
    hadByNobody: share(tally.nowhere, tally.wanted),
    fill: share(tally.delivered, tally.wanted),
    cancelled: share(tally.ordered - tally.delivered, tally.ordered),
    rescued: share(tally.rescuedOfThose, tally.couldBeRescued),
    rescuedByCarrying: share(tally.carried, tally.rescued),
    confirmedRight: share(tally.sureFound, tally.surePicks),
    promiseKept: share(tally.kept, tally.promised),
    minutesToAccept: minutes[Math.floor(minutes.length / 2)] ?? Number.NaN,
    costPerOrderMinor: share(tally.costMinor, tally.ordersServed),
    costPerLineMinor: share(tally.costMinor, tally.delivered),
    handOversPerOrder: share(tally.handOvers, tally.ordersServed),
    arrivalsPerOrder: share(tally.arrivals, tally.ordersServed),
    parcelsPerOrder: share(tally.parcels, tally.ordersServed),
    basketMinor: share(tally.goodsMinor, tally.errands),
    unevenness: gini([...tally.byShop.values()]),
  };
}

/** Gini coefficient: 0 when all shops sell alike, near 1 when one sells all. */
export function gini(amounts: readonly number[]): number {
  const sorted = amounts.toSorted((a, b) => a - b);
  const total = sorted.reduce((sum, amount) => sum + amount, 0);
  if (total === 0) return Number.NaN;
  const weighted = sorted.reduce((sum, amount, index) => sum + (index + 1) * amount, 0);
  return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
}

export type Estimate = { readonly mean: number; readonly low: number; readonly high: number };

/** Mean over runs with its 90 % interval (Student's t; the quantile by its usual expansion, right to a hundredth from five runs on). */
export function estimate(values: readonly number[]): Estimate {
  const known = values.filter((value) => !Number.isNaN(value));
  const n = known.length;
  if (n === 0) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN };
  const mean = known.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean, low: mean, high: mean };
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const z = 1.6449;
  const t = z + (z ** 3 + z) / (4 * (n - 1)) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * (n - 1) ** 2);
  const half = t * Math.sqrt(variance / n);
  return { mean, low: mean - half, high: mean + half };
}
