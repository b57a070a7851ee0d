import { and, eq } from 'drizzle-orm';
import type { City } from '@/db/seed';
import { demoPeople } from '@/db/seed';
import { people, roleGrants, shops } from '@/db/schema';
import { expireUnpaid } from '@/lib/checkout';
import { timeOutUnanswered } from '@/lib/fulfilment';
import type { Instant, PersonId, ShopId } from '@/lib/kernel';
import { HOUR, instant, invariant } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { demandOf } from './demand';
import { runErrand } from './replay-order';
import type { Replay, Step } from './replay-step';
import { portsAt } from './replay-step';

/** Lanes of one stretch run beside each other; what a stretch makes happen in itself runs right after, still in it. */
const STRETCH = 2 * HOUR;
/** How many lanes are worked on at once; each waits for the database most of the time. */
const LANES = 6;

export type History = {
  readonly city: City;
  readonly from: Instant;
  readonly to: Instant;
  /** How many errands the demand model makes. */
  readonly errands: number;
  readonly onProgress: (share: number) => void;
};

/** A replay with its cast: who works where, and the one shopper with an account. */
export async function newReplay(seed: string): Promise<Replay> {
  const owners = await reader()
    .select({ shopId: roleGrants.shopId, personId: roleGrants.personId })
    .from(roleGrants)
    .where(eq(roleGrants.role, 'owner'));
  const [camille] = await reader()
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.email, demoPeople.shopper.email)));
  invariant(camille !== undefined, 'the demo shopper is seeded');
  const patience = await reader().select({ id: shops.id, minutes: shops.acceptanceMinutes }).from(shops);
  const workers = new Map<ShopId, PersonId>();
  for (const { shopId, personId } of owners) if (shopId !== null) workers.set(shopId, personId);
  const tally = { placed: 0, refusedAtCheckout: {}, paid: 0, unpaid: 0, handedOver: 0, refusedByShop: 0 };
  return {
    seed,
    people: workers,
    acceptanceMinutes: new Map(patience.map(({ id, minutes }) => [id, minutes])),
    camilleId: camille.id,
    tally,
  };
}

/**
 * Lives through the history: the demand model's errands go through the same use-cases as real ones, in ascending time, each with a clock
 * that stands at its moment. Orders are placed one after the other, so that their numbers rise with time; the rest runs in lanes.
 */
export async function replayHistory(replay: Replay, { city, from, to, errands, onProgress }: History): Promise<void> {
  const { seed } = replay;
  const agenda = new Map<number, Step[]>();
  const enter = (steps: readonly Step[], notBefore: number): void => {
    for (const step of steps) {
      if (step.at >= to) continue;
      const stretch = Math.max(notBefore, Math.floor(step.at / STRETCH));
      agenda.set(stretch, [...(agenda.get(stretch) ?? []), step]);
    }
  };
  enter(
    demandOf(city, seed, { from, to, total: errands }).map((errand) => runErrand(replay, errand)),
    0,
  );
  const first = Math.floor(from / STRETCH);
  const last = Math.floor(to / STRETCH);
  for (let stretch = first; stretch <= last; stretch += 1) {
    for (let due = agenda.get(stretch); due !== undefined; due = agenda.get(stretch)) {
      agenda.delete(stretch);
      enter(await runLanes(due), stretch);
    }
    const end = instant(Math.min((stretch + 1) * STRETCH, to));
    const ports = portsAt(seed, `round-${stretch}`, end);
    await expireUnpaid(end, ports);
    await timeOutUnanswered(ports);
    onProgress((stretch - first) / Math.max(1, last - first));
  }
}

async function runLanes(due: readonly Step[]): Promise<readonly Step[]> {
  const lanes = [
    ...Map.groupBy(
      due.toSorted((a, b) => a.at - b.at),
      (step) => step.lane,
    ).values(),
  ];
  const follow: Step[] = [];
  const work = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift()) {
      for (const step of lane) follow.push(...(await step.run()));
    }
  };
  await Promise.all(Array.from({ length: LANES }, work));
  return follow.toSorted((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
}
