import { z } from 'zod';
import type { NetworkId, ShopId } from '@/lib/kernel';

const cents = z.number().int().min(0).max(100_000);

/**
 * The live routing policy. Ranking cents steer the suggested plan and are never shown or paid (architecture §5).
 * Units: cents, minutes, hours, days, basis points as named.
 */
export const routingPolicy = z.object({
  /** Every further shop is one more bag to wait for and one more stop. */
  perShop: cents,
  /** A minute on foot, there and back. */
  perWalkingMinute: cents,
  /** An hour of waiting, up to so many hours: later is later. */
  perWaitingHour: cents,
  mostWaitingHours: z.number().int().min(0).max(336),
  /** Taking a thing from another shop than the one it was shown with must be worth it. */
  perSwitch: cents,
  /** A pick that finds an empty shelf costs a call, a re-route or a refund. */
  perFailedPick: cents,
  /** What the next best source usually costs more. */
  nextBestExtra: cents,
  /** A part worth less than this beside another bears so many ranking cents: splitting must be worth it. */
  leastPartMinor: cents,
  smallPartCents: cents,
  /** An order touches so many shops at most; null: as many as it takes. */
  mostShops: z.number().int().min(1).max(20).nullable(),
  /** What a shop cannot serve is offered to so many others at once; the first that accepts has it. */
  rescueShops: z.number().int().min(1).max(3).default(1),
  /** Ranking cents for a whole share too much, and the most any shop is moved by. */
  fairShareStrength: cents,
  fairShareCap: cents,
  /** Orders of so many days count for what a shop received. */
  fairShareDays: z.number().int().min(1).max(365),
});

export type RoutingPolicy = z.infer<typeof routingPolicy>;

/** What a city starts with: the first version its migrations write, and what is simulated unless told otherwise. */
export const startingPolicy: RoutingPolicy = {
  perShop: 80,
  perWalkingMinute: 12,
  perWaitingHour: 3,
  mostWaitingHours: 72,
  perSwitch: 250,
  perFailedPick: 300,
  nextBestExtra: 100,
  leastPartMinor: 300,
  smallPartCents: 40,
  mostShops: null,
  rescueShops: 1,
  fairShareStrength: 200,
  fairShareCap: 60,
  fairShareDays: 30,
};

const shopId = z.custom<ShopId>((value) => typeof value === 'string' && value.startsWith('shp_'));

/** What a network's head office lays down for its shops. */
export const networkRules = z.object({
  /** Own shops first: never mind (`off`), at so many ranking cents a foreign unit (`soft`), or whenever they can at all (`hard`). */
  ownFirst: z.enum(['off', 'soft', 'hard']),
  foreignUnitMinor: cents,
  /** A shop named here brings and posts only to these postcodes; whoever comes to it may come from anywhere. */
  territories: z.array(z.object({ shopId, postcodes: z.array(z.string().min(2).max(12)).max(200) })).max(500),
  /** Shops that take no part in orders over the counter of the city. */
  excludedShopIds: z.array(shopId).max(500),
});

export type NetworkRules = z.infer<typeof networkRules>;

export const noNetworkRules: NetworkRules = { ownFirst: 'off', foreignUnitMinor: 150, territories: [], excludedShopIds: [] };

/** The least that bringing goods of a kind may cost by law, from a date on. Minor units. */
export type DeliveryFloor = {
  readonly vatCategory: string;
  readonly thresholdMinor: number;
  readonly belowMinor: number;
  readonly aboveMinor: number;
};

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Slots of a zone: local times, and how many doors one of its rounds can reach. */
export const zoneSlots = z.array(z.object({ from: clock, to: clock, stops: z.number().int().min(1).max(500) })).max(12);

export type ZoneSlot = z.infer<typeof zoneSlots>[number];

/** An area of the city as its operator wishes it; `from` is the version it was made from, zero for a new one. */
export const zoneDraft = z.object({
  slug: z.string().regex(/^[a-z0-9-]{2,40}$/),
  from: z.number().int().min(0),
  name: z.string().trim().min(2).max(60),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  radiusMetres: z.number().int().min(100).max(50_000),
  priceMinor: z.number().int().min(0).max(10_000),
  furtherShopMinor: z.number().int().min(0).max(10_000),
  slots: zoneSlots,
  source: z.string().trim().min(3).max(200),
});

export type ZoneDraft = z.infer<typeof zoneDraft>;

/** Everything the compiler takes from live rows beside shops and stock: what holds at one moment. */
export type RoutingSettings = {
  readonly version: number;
  readonly policy: RoutingPolicy;
  readonly floors: readonly DeliveryFloor[];
  readonly networks: readonly Network[];
  /** Goods each shop received lately, in minor units. */
  readonly received: ReadonlyMap<ShopId, number>;
};

/** A city that has just begun: no network, nothing received, no law about bringing things. */
export const startingSettings: RoutingSettings = { version: 1, policy: startingPolicy, floors: [], networks: [], received: new Map() };

export type Network = { readonly networkId: NetworkId; readonly shops: ReadonlySet<ShopId>; readonly rules: NetworkRules };

/** What a card promised so many minutes ago at most is kept by the suggested plan, if the shop still can (F1c). */
export const REMEMBERED_MINUTES = 10;

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
