import { sql } from 'drizzle-orm';
import { fixedSelect } from '@/db/fixed-select-adapter';
import { stockLevels, stockMovements } from '@/db/schema';
import type { Instant, OfferId, StockLocationId } from '@/lib/kernel';
import { dateOf, instant, quantity } from '@/lib/kernel';
import type { Picks, SourceGrade, StockFact } from '@/lib/oms';
import type { Ids } from '@/lib/platform/ids';
import type { Tx } from '@/lib/platform/transaction';
import { planned } from '@/lib/platform/transaction';
import type { Movement } from './movement';
import type { StockKey } from './stock-keys';
import { keyText } from './stock-keys';

export type Level = typeof stockLevels.$inferSelect;

/** A level's new figure, and all that follows from it. */
export type NewFigure = StockKey &
  Picks & {
    readonly onHand: number;
    readonly asOf: Instant;
    readonly confidence: number;
    readonly grade: SourceGrade;
    readonly lookedAt: Instant | null;
  };

const text = (at: Instant | null) => (at === null ? null : dateOf(at).toISOString());

/** Those of these keys that were ever stocked, locked in key order. */
export async function lockLevels(tx: Tx, keys: readonly StockKey[]): Promise<readonly Level[]> {
  if (keys.length === 0) return [];
  return lockKnown(tx, { offers: keys.map((key) => key.offerId), locations: keys.map((key) => key.locationId) });
}

const lockKnown = fixedSelect((from) => {
  const wanted = sql`unnest(${sql.placeholder('offers')}::text[], ${sql.placeholder('locations')}::text[]) as wanted(offer_id, location_id)`;
  return from
    .select()
    .from(stockLevels)
    .where(
      sql`${planned} (${stockLevels.offerId}, ${stockLevels.locationId}) in (select wanted.offer_id, wanted.location_id from ${wanted})`,
    )
    .orderBy(stockLevels.offerId, stockLevels.locationId)
    .for('update');
});

/** A level before its first fact: nothing there, nothing claimed. */
export function unstockedLevel({ offerId, locationId }: StockKey, asOf: Instant, grade: SourceGrade): Level {
  const none = quantity(0);
  const claims = { reserved: none, allocated: none, safetyStock: none, routingSafetyStock: none, usualSafetyStock: none };
  return {
    offerId,
    locationId,
    onHand: 0,
    ...claims,
    found: 0,
    missed: 0,
    asOf,
    grade,
    confidenceBps: 0,
    lookedAt: null,
    staleSince: null,
  };
}

/** Writes first figures, in key order, and says by key which levels began by them; the others have begun elsewhere meanwhile. */
export async function beginLevels(tx: Tx, figures: readonly NewFigure[]): Promise<ReadonlySet<string>> {
  if (figures.length === 0) return new Set();
  const begun = await tx.execute<{ offer_id: OfferId; location_id: StockLocationId }>(sql`${planned}
    insert into ${stockLevels} (offer_id, location_id, on_hand, as_of, confidence_bps, grade, found, missed, looked_at)
    select offer_id, location_id, on_hand, as_of::timestamptz, confidence, grade, found, missed, looked_at::timestamptz from ${figureRows(figures)}
    order by 1, 2 on conflict do nothing returning offer_id, location_id`);
  return new Set(begun.map((row) => keyText({ offerId: row.offer_id, locationId: row.location_id })));
}

function figureRows(figures: readonly NewFigure[]) {
  const column = <T>(pick: (figure: NewFigure) => T) => sql.param(figures.map(pick));
  return sql`unnest(${column((figure) => figure.offerId)}::text[], ${column((figure) => figure.locationId)}::text[], ${column((figure) => figure.onHand)}::int[],
      ${column((figure) => text(figure.asOf))}::text[], ${column((figure) => figure.confidence)}::int[], ${column((figure) => figure.grade)}::text[],
      ${column((figure) => figure.found)}::int[], ${column((figure) => figure.missed)}::int[], ${column((figure) => text(figure.lookedAt))}::text[])
      as figure(offer_id, location_id, on_hand, as_of, confidence, grade, found, missed, looked_at)`;
}

/** A fact's name: told again under it, at the same level, it is the same fact. */
export function nameOfFact(fact: StockKey & { readonly source: string; readonly sourceKey: string }): string {
  return `${keyText(fact)} ${fact.source}:${fact.sourceKey}`;
}

/** Writes the facts that are not known yet and returns their names. One statement. */
export async function insertFacts(
  tx: Tx,
  facts: readonly Movement[],
  { ids, now }: { readonly ids: Ids; readonly now: Instant },
): Promise<ReadonlySet<string>> {
  const column = <T>(pick: (fact: Movement) => T) => sql.param(facts.map(pick));
  const rows = await tx.execute<{ offer_id: OfferId; location_id: StockLocationId; source: string; source_key: string }>(sql`${planned}
    insert into ${stockMovements} (id, offer_id, location_id, kind, quantity, reason, source, source_key, occurred_at, received_at)
    select id, offer_id, location_id, kind, quantity, reason, source, source_key, occurred_at::timestamptz, ${text(now)}::timestamptz
    from unnest(${column(() => ids.make('movement'))}::text[], ${column((fact) => fact.offerId)}::text[],
      ${column((fact) => fact.locationId)}::text[], ${column((fact) => fact.kind)}::text[], ${column((fact) => fact.quantity)}::int[],
      ${column((fact) => fact.reason)}::text[], ${column((fact) => fact.source)}::text[], ${column((fact) => fact.sourceKey)}::text[],
      ${column((fact) => text(fact.occurredAt))}::text[])
      as fact(id, offer_id, location_id, kind, quantity, reason, source, source_key, occurred_at)
    on conflict (source, source_key) do nothing
    returning offer_id, location_id, source, source_key`);
  return new Set(
    rows.map((row) => nameOfFact({ offerId: row.offer_id, locationId: row.location_id, source: row.source, sourceKey: row.source_key })),
  );
}

/** Everything since the last count of each level, which is all that its figure depends on. */
export async function factsSinceCount(tx: Tx, levels: readonly StockKey[]): Promise<ReadonlyMap<string, readonly StockFact[]>> {
  if (levels.length === 0) return new Map();
  const rows = await tx.execute<{
    offer_id: OfferId;
    location_id: StockLocationId;
    kind: string;
    quantity: number;
    key: string;
    at: number;
  }>(sql`${planned}
    select movement.offer_id, movement.location_id, movement.kind, movement.quantity, movement.source || ':' || movement.source_key as key,
      round(extract(epoch from movement.occurred_at) * 1000)::float8 as at
    from unnest(${sql.param(levels.map((level) => level.offerId))}::text[], ${sql.param(levels.map((level) => level.locationId))}::text[]) as wanted(offer_id, location_id)
    cross join lateral (
      select max(occurred_at) as at from ${stockMovements} c
      where c.offer_id = wanted.offer_id and c.location_id = wanted.location_id and c.kind = 'count'
    ) counted
    join ${stockMovements} movement on movement.offer_id = wanted.offer_id and movement.location_id = wanted.location_id
      and movement.occurred_at >= coalesce(counted.at, '-infinity')`);
  const facts = rows.map((row) => {
    const known = { key: row.key, occurredAt: instant(row.at) };
    const fact: StockFact =
      row.kind === 'count' ? { ...known, kind: 'count', counted: row.quantity } : { ...known, kind: 'change', delta: row.quantity };
    return { key: keyText({ offerId: row.offer_id, locationId: row.location_id }), fact };
  });
  return new Map([...Map.groupBy(facts, ({ key }) => key)].map(([key, of]) => [key, of.map(({ fact }) => fact)]));
}

/** Writes the figures; one that had grown too old to be sold by is sold by again. One statement. */
export async function writeFigures(tx: Tx, figures: readonly NewFigure[]): Promise<void> {
  if (figures.length === 0) return;
  await tx.execute(sql`${planned}
    update ${stockLevels} level set on_hand = figure.on_hand, as_of = figure.as_of::timestamptz, confidence_bps = figure.confidence,
      grade = figure.grade, found = figure.found, missed = figure.missed, looked_at = figure.looked_at::timestamptz,
      safety_stock = case when level.stale_since is null then level.safety_stock
        when figure.as_of::timestamptz > level.as_of then level.usual_safety_stock else greatest(level.safety_stock, figure.on_hand) end,
      stale_since = case when figure.as_of::timestamptz <= level.as_of then level.stale_since end
    from ${figureRows(figures)}
    where level.offer_id = figure.offer_id and level.location_id = figure.location_id`);
}
