import { sql } from 'drizzle-orm';
import { pictureWishes } from '@/db/schema';
import { dateOf, ok } from '@/lib/kernel';
import { enqueue, PICTURE_QUEUE } from '@/lib/platform/jobs';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { OwnPictures } from './fetch-pictures';
import { fetchDuePictures, pictureLimits } from './fetch-pictures';

/** A job gives itself back after so long, so that it never counts as lost. */
const JOB_MS = 240_000;

/** Wakes the worker: there are pictures to fetch. More jobs than needed find nothing and end. */
export async function announcePictures(tx: Tx): Promise<void> {
  await enqueue(tx, PICTURE_QUEUE, [{ data: {} }]);
}

/** The minute's round: a job where pictures are due that no job is left for. Gives 1 where one was written. */
export async function announceDuePictures({ clock }: Pick<Ports, 'clock'> = systemPorts): Promise<number> {
  const [due] = await reader().execute(sql`
    select from ${pictureWishes} where state = 'waiting' and next_try_at <= ${dateOf(clock.now()).toISOString()}::timestamptz limit 1`);
  if (due === undefined) return 0;
  await withTransaction(async (tx) => {
    await announcePictures(tx);
    return ok(undefined);
  });
  return 1;
}

/** A job of the pictures' queue: fetches what is due until nothing is, or until its time is over; the rest is the next job's. */
export async function carryOutPictures(own: OwnPictures, ports: Ports = systemPorts): Promise<number> {
  const endsAt = performance.now() + JOB_MS;
  const ways = { limits: pictureLimits(), own };
  let handled = 0;
  for (let count = 1; count > 0 && performance.now() < endsAt; handled += count) count = await fetchDuePictures(ways, ports);
  return handled;
}
