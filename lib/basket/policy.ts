/**
 * The live routing policy: ranking cents, which steer the suggested plan and are never shown or paid (architecture §5).
 * Units: cents.
 */
export const policy = {
  /** Every further shop is one more bag to wait for and one more stop. */
  perShop: 80,
  /** A minute on foot, there and back. */
  perWalkingMinute: 12,
  /** An hour of waiting, up to three days: later is later. */
  perWaitingHour: 3,
  mostWaitingHours: 72,
  /** Taking a thing from another shop than the one it was shown with must be worth it. */
  perSwitch: 250,
  /** What a card promised so many minutes ago at most is kept by the suggested plan, if the shop still can (F1c). */
  rememberedMinutes: 10,
  /** A pick that finds an empty shelf costs a call, a re-route or a refund. */
  perFailedPick: 300,
  /** What the next best source usually costs more. */
  nextBestExtra: 100,
} as const;

/** Grams of CO₂e. A walk is free; beyond walking distance people take a car or a bus. Bike rounds and vans are shared. */
export const emissions = {
  walkedMetres: 2_000,
  perKilometreDriven: 130,
  perKilometreRidden: 12,
  perParcel: 420,
} as const;

/** What a bag, a cargo bike's box and a parcel hold. */
export const carriage = {
  bag: { maxGrams: 200_000, maxCm3: 2_000_000 },
  bike: { maxGrams: 30_000, maxCm3: 250_000 },
  box: { maxCm3: 60_000 },
  mostBoxes: 4,
} as const;
