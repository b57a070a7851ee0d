import type { Chance } from '@/db/seed';
import { chanceOf } from '@/db/seed';
import type { Instant, PersonId, ShopId } from '@/lib/kernel';
import { fixedClock } from '@/lib/platform/clock';
import { idsFrom } from '@/lib/platform/ids';
import type { Ports } from '@/lib/platform/ports';

/** How the history went, for the report of the seeding and for tests. */
export type Tally = {
  placed: number;
  refusedAtCheckout: Record<string, number>;
  paid: number;
  unpaid: number;
  handedOver: number;
  refusedByShop: number;
};

/** One replay: what everything hangs on, whose hands work at each shop's counter, the one shopper with an account, and how it went. */
export type Replay = {
  readonly seed: string;
  readonly people: ReadonlyMap<ShopId, PersonId>;
  readonly acceptanceMinutes: ReadonlyMap<ShopId, number>;
  readonly camilleId: PersonId;
  readonly tally: Tally;
};

/** Something that happens at a moment of the history, and what it makes happen later. Steps of one lane follow each other. */
export type Step = { readonly at: Instant; readonly lane: string; readonly name: string; run(): Promise<readonly Step[]> };

/** A clock that stands at the moment, and ids that hang on the seed and the step's name: the same history every time. */
export function portsAt(seed: string, name: string, at: Instant): Ports {
  const clock = fixedClock(at);
  const chance: Chance = chanceOf(seed, 'ids', name);
  return { clock, ids: idsFrom(clock, () => chance.next()) };
}
