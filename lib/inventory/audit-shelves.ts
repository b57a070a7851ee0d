import { sql } from 'drizzle-orm';
import { stockLevels, stockMovements, reservations } from '@/db/schema';
import { instant } from '@/lib/kernel';
import type { StockFact } from '@/lib/oms';
import { foldStock } from '@/lib/oms';
import { reader } from '@/lib/platform/transaction';

type Row = {
  readonly level: string;
  readonly onHand: number;
  readonly facts: readonly (readonly [string, string, number, number])[] | null;
};

const AT_ONCE = 5_000;

/** Levels whose figure is not the fold of all their movements: none, ever. Each is said as "offer location: level, fold". */
export async function listLevelsOffTheirFold(): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (let after = ''; ;) {
    const rows = await reader().execute<Row>(sql`
      select key as level, on_hand as "onHand", (
        select json_agg(json_build_array(m.kind, m.source || ':' || m.source_key, m.quantity, round(extract(epoch from m.occurred_at) * 1000)))
        from ${stockMovements} m where m.offer_id = part.offer_id and m.location_id = part.location_id
      ) as facts
      from (
        select *, level.offer_id || ' ' || level.location_id as key from ${stockLevels} level
        where level.offer_id || ' ' || level.location_id > ${after} order by key limit ${AT_ONCE}
      ) part order by key`);
    for (const { level, onHand, facts } of rows) {
      const folded = foldStock((facts ?? []).map(factOf)).onHand;
      if (folded !== onHand) wrong.push(`${level}: ${onHand}, ${folded}`);
    }
    const last = rows.at(-1);
    if (!last) return wrong;
    after = last.level;
  }
}

function factOf([kind, key, amount, at]: readonly [string, string, number, number]): StockFact {
  const occurredAt = instant(at);
  return kind === 'count' ? { kind: 'count', key, occurredAt, counted: amount } : { kind: 'change', key, occurredAt, delta: amount };
}

/** Levels whose counters are not what the claims on them add up to: none, ever. Each is said as "offer location: reserved/allocated". */
export async function listLevelsOffTheirClaims(): Promise<readonly string[]> {
  const rows = await reader().execute<{ said: string }>(sql`
    select level.offer_id || ' ' || level.location_id || ': ' || level.reserved || '/' || level.allocated as said from ${stockLevels} level
    left join (
      select offer_id, location_id,
        coalesce(sum(quantity) filter (where state = 'held'), 0) as held,
        coalesce(sum(quantity) filter (where state = 'allocated'), 0) as allocated
      from ${reservations} group by 1, 2
    ) claim using (offer_id, location_id)
    where level.reserved <> coalesce(claim.held, 0) or level.allocated <> coalesce(claim.allocated, 0)`);
  return rows.map((row) => row.said);
}
