import { and, inArray, sql } from 'drizzle-orm';
import { stockLevels, stockMovements } from '@/db/schema';
import type { DomainEvent, Instant, OfferId, ShopId, StockLocationId } from '@/lib/kernel';
import { dateOf, instant } from '@/lib/kernel';
import type { SourceGrade, StockFact } from '@/lib/oms';
import { confidenceBps, foldStock, shortageOf } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import type { StockKey } from './stock-keys';
import { keyText } from './stock-keys';

export type MovementReason = (typeof stockMovements.$inferSelect)['reason'];

/** A fact about a shelf, as its source tells it. `sourceKey` names it there: the same key again is the same fact. */
export type Movement = StockKey & {
  readonly shopId: ShopId;
  readonly kind: 'count' | 'change';
  readonly quantity: number;
  readonly reason: MovementReason;
  readonly source: string;
  readonly sourceKey: string;
  readonly occurredAt: Instant;
};

/** A level after its facts were folded again. */
export type LevelFigure = StockKey & {
  readonly shopId: ShopId;
  readonly onHand: number;
  readonly missing: number;
  readonly changed: boolean;
};

/**
 * Writes facts and folds the levels they belong to: the same figure in whatever order they arrive, a repeated fact counts once.
 * Four statements whatever the number of facts. Levels are locked in key order first, so that two folds of one level follow each other.
 */
export async function applyMovements(
  tx: Tx,
  movements: readonly Movement[],
  { clock, ids }: Ports,
  grade?: SourceGrade,
): Promise<readonly LevelFigure[]> {
  if (movements.length === 0) return [];
  const now = clock.now();
  const shops = new Map(movements.map((movement) => [keyText(movement), movement.shopId]));
  const levels = await lockLevels(tx, movements);
  await tx
    .insert(stockMovements)
    .values(
      movements.map(({ offerId, locationId, kind, quantity, reason, source, sourceKey, ...movement }) => ({
        id: ids.make('movement'),
        offerId,
        locationId,
        kind,
        quantity,
        reason,
        source,
        sourceKey,
        occurredAt: notAfter(movement.occurredAt, now),
        receivedAt: now,
      })),
    )
    .onConflictDoNothing();
  const facts = await factsSinceCount(tx, levels);
  const figures = levels.map((level) => {
    const { onHand, asOf } = foldStock(facts.get(keyText(level)) ?? []);
    return {
      level,
      onHand,
      asOf: asOf ?? level.asOf,
      confidence: grade && confidenceBps({ grade, ageMs: 0, onHand, found: 0, missed: 0 }),
    };
  });
  await writeFigures(tx, figures, grade);
  return figures.flatMap(({ level, onHand }) => {
    const shopId = shops.get(keyText(level));
    const figure = {
      offerId: level.offerId,
      locationId: level.locationId,
      onHand,
      missing: shortageOf({ ...level, onHand }),
      changed: onHand !== level.onHand,
    };
    return shopId === undefined ? [] : [{ ...figure, shopId }];
  });
}

/** What others must hear of a fold: that the figure changed, and that more was promised than is there. */
export function eventsOf(figures: readonly LevelFigure[]): readonly DomainEvent[] {
  return figures.flatMap(({ offerId, locationId, shopId, missing, changed }): readonly DomainEvent[] => [
    ...(changed ? [{ name: 'StockChanged', subject: offerId, facts: { locationId, shopId } } as const] : []),
    ...(missing > 0 && changed ? [{ name: 'ShortageDetected', subject: offerId, facts: { locationId, shopId, missing } } as const] : []),
  ]);
}

/** A clock ahead of ours must not make a fact outlive the ones that follow it. */
function notAfter(occurredAt: Instant, now: Instant): Instant {
  return occurredAt > now ? now : occurredAt;
}

type Level = typeof stockLevels.$inferSelect;

/** The levels of these keys, locked in key order; one that was never stocked begins at nothing. */
async function lockLevels(tx: Tx, movements: readonly Movement[]): Promise<readonly Level[]> {
  const earliest = movements.reduce((least, movement) => Math.min(least, movement.occurredAt), Infinity);
  const keys = [...new Map(movements.map((movement) => [keyText(movement), movement])).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, key]) => key);
  const read = () =>
    tx
      .select()
      .from(stockLevels)
      .where(
        and(
          inArray(
            sql`(${stockLevels.offerId}, ${stockLevels.locationId})`,
            keys.map((key) => sql`(${key.offerId}, ${key.locationId})`),
          ),
        ),
      )
      .orderBy(stockLevels.offerId, stockLevels.locationId)
      .for('update');
  const found = await read();
  if (found.length === keys.length) return found;
  await tx
    .insert(stockLevels)
    .values(
      keys.map((key) => ({
        offerId: key.offerId,
        locationId: key.locationId,
        onHand: 0,
        asOf: instant(earliest),
        grade: 'E' as const,
        confidenceBps: 0,
      })),
    )
    .onConflictDoNothing();
  return read();
}

/** Everything since the last count of each level, which is all that its figure depends on. */
async function factsSinceCount(tx: Tx, levels: readonly Level[]): Promise<ReadonlyMap<string, readonly StockFact[]>> {
  const rows = await tx.execute<{
    offer_id: OfferId;
    location_id: StockLocationId;
    kind: string;
    quantity: number;
    key: string;
    at: number;
  }>(sql`
    select movement.offer_id, movement.location_id, movement.kind, movement.quantity, movement.source || ':' || movement.source_key as key,
      round(extract(epoch from movement.occurred_at) * 1000)::float8 as at
    from unnest(${sql.param(levels.map((level) => level.offerId))}::text[], ${sql.param(levels.map((level) => level.locationId))}::text[]) as wanted(offer_id, location_id)
    cross join lateral (
      select max(occurred_at) as at from ${stockMovements} c
      where c.offer_id = wanted.offer_id and c.location_id = wanted.location_id and c.kind = 'count'
    ) counted
    join ${stockMovements} movement on movement.offer_id = wanted.offer_id and movement.location_id = wanted.location_id
      and movement.occurred_at >= coalesce(counted.at, '-infinity')`);
  const facts = new Map<string, StockFact[]>();
  for (const row of rows) {
    const key = keyText({ offerId: row.offer_id, locationId: row.location_id });
    const occurredAt = instant(row.at);
    const fact: StockFact =
      row.kind === 'count'
        ? { kind: 'count', key: row.key, occurredAt, counted: row.quantity }
        : { kind: 'change', key: row.key, occurredAt, delta: row.quantity };
    facts.set(key, [...(facts.get(key) ?? []), fact]);
  }
  return facts;
}

async function writeFigures(
  tx: Tx,
  figures: readonly { readonly level: Level; readonly onHand: number; readonly asOf: Instant; readonly confidence: number | undefined }[],
  grade: SourceGrade | undefined,
): Promise<void> {
  const column = <T>(pick: (figure: (typeof figures)[number]) => T) => sql.param(figures.map(pick));
  await tx.execute(sql`
    update ${stockLevels} level set on_hand = figure.on_hand, as_of = figure.as_of,
      confidence_bps = coalesce(figure.confidence, level.confidence_bps), grade = coalesce(${grade ?? null}::text, level.grade)
    from unnest(${column(({ level }) => level.offerId)}::text[], ${column(({ level }) => level.locationId)}::text[], ${column(({ onHand }) => onHand)}::int[],
      ${column(({ asOf }) => dateOf(asOf).toISOString())}::text[]::timestamptz[], ${column(({ confidence }) => confidence ?? null)}::int[])
      as figure(offer_id, location_id, on_hand, as_of, confidence)
    where level.offer_id = figure.offer_id and level.location_id = figure.location_id`);
}
