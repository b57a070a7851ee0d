import type { SourceGrade } from '@/lib/oms';

/**
 * Everything a simulated city is assumed to be. Each figure is an assumption, printed with the answer; the sweep shows which of them
 * the answer hangs on.
 */
export type Parameters = {
  /** Shoppers' errands a day, and what they want: lines, and how steeply fame falls with rank (Zipf exponent). */
  readonly errandsADay: number;
  readonly mostLines: number;
  readonly zipf: number;
  /** Share of errands that want their things brought. */
  readonly broughtShare: number;
  /** Share of records that are wrong when the simulation begins; by how much is drawn per offer. */
  readonly wrongRecords: number;
  /** Sales over the counter that the till does not learn of. */
  readonly unscannedShare: number;
  /** Days in which walk-in shoppers buy what a shelf holds, and the odds that it is filled up again on its day of the week. */
  readonly turnoverDays: number;
  readonly restocked: number;
  /** How old a fact is when it reaches us, in minutes; days between two counts by hand where nothing else is told. */
  readonly lagMinutes: Readonly<Record<Exclude<SourceGrade, 'D' | 'E'>, number>>;
  readonly handCountDays: number;
  /** When set, every shop tells in this way. */
  readonly everyGrade: SourceGrade | undefined;
  /** Share of shops with one keeper, and how they answer: mean minutes of opening time, odds of silence and of a refusal for lack of time. */
  readonly soloShare: number;
  readonly answer: Readonly<Record<'solo' | 'staffed', { readonly meanMinutes: number; readonly silent: number; readonly busy: number }>>;
  /** Share of the stated preparation that the work takes; the rest is there for the answer. */
  readonly workShare: number;
  /** How far preparation strays from what the shop states (standard deviation of its logarithm). */
  readonly preparationSpread: number;
  /** What is done about doubt in our world: share of the five-a-day that is counted, of doubtful things that are asked about, of questions answered. */
  readonly countedADay: number;
  readonly countingShops: number;
  readonly askedShare: number;
  readonly answeredChecks: number;
  /** Without a federation: odds that a shopper whose shop has none tries one more. */
  readonly secondTry: number;
  /** Share of shops that belong to the network of their trade: they carry to one another's counters what a shelf lacks. */
  readonly networkShare: number;
  /** How often a question about a rescue is answered with yes, by how late it would be. */
  readonly yesWithinHours: readonly { readonly hours: number; readonly share: number }[];
  /** Cents: making a bag, a rider's stop, a further stop of the same tour, a parcel, a pick that finds nothing, a walk to another shop of the network. */
  readonly costMinor: {
    readonly bag: number;
    readonly stop: number;
    readonly nextStop: number;
    readonly parcel: number;
    readonly failedPick: number;
    readonly carry: number;
  };
};

export const usualParameters: Parameters = {
  errandsADay: 40,
  mostLines: 4,
  zipf: 0.8,
  broughtShare: 0.35,
  wrongRecords: 0.6,
  unscannedShare: 0.02,
  turnoverDays: 25,
  restocked: 0.85,
  lagMinutes: { A: 2, B: 15, C: 60 },
  handCountDays: 10,
  everyGrade: undefined,
  soloShare: 0.55,
  answer: { solo: { meanMinutes: 9, silent: 0.04, busy: 0.015 }, staffed: { meanMinutes: 5, silent: 0.012, busy: 0.008 } },
  workShare: 0.6,
  preparationSpread: 0.3,
  countedADay: 5,
  countingShops: 0.6,
  askedShare: 0.25,
  answeredChecks: 0.7,
  secondTry: 0.35,
  networkShare: 0,
  yesWithinHours: [
    { hours: 0, share: 0.85 },
    { hours: 3, share: 0.7 },
    { hours: 24, share: 0.5 },
    { hours: 24 * 14, share: 0.2 },
  ],
  costMinor: { bag: 90, stop: 450, nextStop: 200, parcel: 620, failedPick: 300, carry: 250 },
};
