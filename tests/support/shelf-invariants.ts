import type { Instant } from '@/lib/kernel';
import { instant } from '@/lib/kernel';
import type { StockFact } from '@/lib/oms';
import { foldStock } from '@/lib/oms';
import type postgres from 'postgres';

type Movement = { readonly level: string; readonly kind: string; readonly quantity: number; readonly key: string; readonly at: number };

/** Levels whose figure is not the fold of all their movements: none, ever. Each is said as "offer location: level, fold". */
export async function levelsOffTheirFold(sql: postgres.Sql): Promise<readonly string[]> {
  const levels = await sql<
    { level: string; onHand: number }[]
  >`select offer_id || ' ' || location_id as level, on_hand as "onHand" from stock_levels`;
  const movements = await sql<Movement[]>`
    select offer_id || ' ' || location_id as level, kind, quantity, source || ':' || source_key as key,
      round(extract(epoch from occurred_at) * 1000)::float8 as at from stock_movements`;
  const facts = Map.groupBy(movements, (movement) => movement.level);
  return levels.flatMap(({ level, onHand }) => {
    const folded = foldStock((facts.get(level) ?? []).map(factOf)).onHand;
    return folded === onHand ? [] : [`${level}: ${onHand}, ${folded}`];
  });
}

function factOf({ kind, quantity, key, at }: Movement): StockFact {
  const occurredAt: Instant = instant(at);
  return kind === 'count' ? { kind: 'count', key, occurredAt, counted: quantity } : { kind: 'change', key, occurredAt, delta: quantity };
}

/** Levels whose counters are not what the claims on them add up to: none, ever. */
export async function levelsOffTheirClaims(sql: postgres.Sql): Promise<readonly string[]> {
  const rows = await sql<{ said: string }[]>`
    select level.offer_id || ' ' || level.location_id || ': ' || level.reserved || '/' || level.allocated as said from stock_levels level
    left join (
      select offer_id, location_id,
        coalesce(sum(quantity) filter (where state = 'held'), 0) as held,
        coalesce(sum(quantity) filter (where state = 'allocated'), 0) as allocated
      from reservations group by 1, 2
    ) claim using (offer_id, location_id)
    where level.reserved <> coalesce(claim.held, 0) or level.allocated <> coalesce(claim.allocated, 0)`;
  return rows.map((row) => row.said);
}
