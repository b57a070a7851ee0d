import { sql } from 'drizzle-orm';
import { counterPresence } from '@/db/schema';
import type { Instant, ShopId } from '@/lib/kernel';
import { DAY, dateOf, parseId, plusMs } from '@/lib/kernel';
import { readSignedToken, signedToken } from '@/lib/platform/signed-token';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { ABSENT_AFTER_MS, BEAT_LEAST_MS, FORGOTTEN_AFTER_MS, KEPT_OPEN_MS } from './presence-rules';

const PURPOSE = 'counter presence';

/** Longer than a browser keeps the page without a network. */
const TOKEN_DAYS = 2;

const dayOf = (now: Instant) => Math.floor(now / DAY);

/** With this the counter of a shop says that it is shown: it was given to who may be there, opens nothing, and saves the look-up of a session at every beat. */
export function presenceToken(shopId: ShopId, now: Instant): string {
  return signedToken(PURPOSE, `${shopId}-${dayOf(now)}`);
}

function shopOf(token: string, now: Instant): ShopId | undefined {
  const [, id = '', day] = /^(\w+)-(\d{1,6})$/.exec(readSignedToken(PURPOSE, token) ?? '') ?? [];
  return Math.abs(dayOf(now) - Number(day)) <= TOKEN_DAYS ? parseId('shop', id) : undefined;
}

/**
 * The counter is before somebody's eyes. One statement on one row a shop, and nothing is written when another window said so a moment ago.
 * False for a token that is not one of ours, or too old.
 */
export async function notePresence(token: string, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<boolean> {
  const now = clock.now();
  const shopId = shopOf(token, now);
  if (shopId === undefined) return false;
  const at = (moment: Instant) => sql`${dateOf(moment).toISOString()}::timestamptz`;
  const { seenAt, since, isKeptOpen } = counterPresence;
  const isUnbroken = sql`${seenAt} > ${at(plusMs(now, -ABSENT_AFTER_MS))}`;
  await reader()
    .insert(counterPresence)
    .values({ shopId, since: now, seenAt: now })
    .onConflictDoUpdate({
      target: counterPresence.shopId,
      set: {
        since: sql`case when ${isUnbroken} then ${since} else ${at(now)} end`,
        seenAt: now,
        isKeptOpen: sql`(${isKeptOpen} and ${seenAt} > ${at(plusMs(now, -FORGOTTEN_AFTER_MS))})
          or (${isUnbroken} and ${since} <= ${at(plusMs(now, -KEPT_OPEN_MS))})`,
      },
      setWhere: sql`${seenAt} <= ${at(plusMs(now, -BEAT_LEAST_MS))}`,
    });
  return true;
}
