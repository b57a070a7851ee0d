import { and, gt, sql } from 'drizzle-orm';
import { stockLevels } from '@/db/schema';
import { dateOf } from '@/lib/kernel';
import { confidenceBps, staleAfterMs } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { ok } from '@/lib/kernel';

/** The hour's shelves are looked at in so many parts, one a minute. */
const PARTS = 60;

/** Smaller changes of confidence are not worth a row. */
const WORTH_WRITING_BPS = 50;

type Aged = {
  readonly offerId: string;
  readonly locationId: string;
  readonly asOf: string;
  readonly confidence: number;
  readonly isStale: boolean;
};

/**
 * Lets confidence fall with age, and takes figures too old for their grade out of sale: all units of such a level are withheld until
 * somebody tells something newer. `part` of the shelves only, so that a big city is looked at once an hour a little at a time.
 * Returns how many levels changed. A fold that comes in between wins.
 */
export async function ageStock(part: number | 'all', { clock }: Ports = systemPorts): Promise<number> {
  const now = clock.now();
  const mine = part === 'all' ? sql`true` : sql`abs(hashtext(${stockLevels.offerId})) % ${PARTS} = ${part % PARTS}`;
  const levels = await reader()
    .select()
    .from(stockLevels)
    .where(and(gt(stockLevels.onHand, 0), mine));
  const aged = levels.flatMap((level): readonly Aged[] => {
    const ageMs = now - level.asOf;
    const lookedMs = level.lookedAt === null ? undefined : now - level.lookedAt;
    const confidence = confidenceBps({ ...level, ageMs, lookedMs });
    const isStale = ageMs > staleAfterMs(level.grade);
    const isSame = isStale === (level.staleSince !== null) && Math.abs(confidence - level.confidenceBps) < WORTH_WRITING_BPS;
    return isSame
      ? []
      : [{ offerId: level.offerId, locationId: level.locationId, asOf: dateOf(level.asOf).toISOString(), confidence, isStale }];
  });
  if (aged.length === 0) return 0;
  const written = await withTransaction(async (tx) => {
    const column = <T>(pick: (one: Aged) => T) => sql.param(aged.map(pick));
    const rows = await tx.execute(sql`
      update ${stockLevels} level set confidence_bps = aged.confidence,
        stale_since = case when aged.is_stale = 1 then coalesce(level.stale_since, ${dateOf(now).toISOString()}::timestamptz) end,
        safety_stock = case when aged.is_stale = 1 then greatest(level.on_hand, level.usual_safety_stock)
          when level.stale_since is not null then level.usual_safety_stock else level.safety_stock end
      from unnest(${column((one) => one.offerId)}::text[], ${column((one) => one.locationId)}::text[], ${column((one) => one.asOf)}::text[],
        ${column((one) => one.confidence)}::int[], ${column((one) => Number(one.isStale))}::int[]) as aged(offer_id, location_id, as_of, confidence, is_stale)
      where level.offer_id = aged.offer_id and level.location_id = aged.location_id and level.as_of = aged.as_of::timestamptz
      returning 1`);
    return ok(rows.length);
  });
  return written.ok ? written.value : 0;
}
