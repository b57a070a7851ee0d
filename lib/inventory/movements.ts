import type { DomainEvent, Instant, ShopId } from '@/lib/kernel';
import { instant } from '@/lib/kernel';
import type { SourceGrade, StockFact } from '@/lib/oms';
import { confidenceBps, foldStock, rememberPicks, shortageOf } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import type { Level, NewFigure } from './movement-repository';
import { beginLevels, factsSinceCount, insertFacts, lockLevels, nameOfFact, unstockedLevel, writeFigures } from './movement-repository';
import type { Movement } from './movement';
import type { StockKey } from './stock-keys';
import { keyText } from './stock-keys';

/** A level after its facts were folded again. */
export type LevelFigure = StockKey & {
  readonly shopId: ShopId;
  readonly onHand: number;
  readonly missing: number;
  readonly changed: boolean;
};

/**
 * Writes facts and folds the levels they belong to: the same figure in whatever order they arrive, a repeated fact counts once.
 * Four statements at most, whatever the number of facts. Levels are locked in key order first, so that two folds of one level follow
 * each other. `grade` is that of a feed; facts told by people leave the grade of a level as it is.
 */
export async function applyMovements(
  tx: Tx,
  movements: readonly Movement[],
  ports: Ports,
  grade?: SourceGrade,
): Promise<readonly LevelFigure[]> {
  return (await foldMovements(tx, movements, ports, grade)).figures;
}

/** As above, and says by name which facts were new. */
export async function foldMovements(
  tx: Tx,
  movements: readonly Movement[],
  { clock, ids }: Ports,
  grade?: SourceGrade,
): Promise<{ readonly figures: readonly LevelFigure[]; readonly written: ReadonlySet<string> }> {
  if (movements.length === 0) return { figures: [], written: new Set() };
  const now = clock.now();
  const facts = movements.map((movement) => ({ ...movement, occurredAt: notAfter(movement.occurredAt, now) }));
  const byLevel = Map.groupBy(facts, keyText);
  const keys = [...byLevel].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, [first]]) => (first ? [first] : []));
  const earliest = instant(facts.reduce((least, { occurredAt }) => Math.min(least, occurredAt), Infinity));
  // Neither waits for the other's answer: both go to the database in one journey, the locks first.
  const [levels, written] = await Promise.all([lockLevels(tx, keys), insertFacts(tx, facts, { ids, now })]);
  const freshOf = (key: StockKey) => freshFacts(byLevel.get(keyText(key)) ?? [], written);
  const told = { grade, now, freshOf };
  const stocked = new Set(levels.map(keyText));
  const begun = await beginFigures(tx, keys.filter((key) => !stocked.has(keyText(key))), earliest, told); // prettier-ignore
  const changed = await changeFigures(tx, [...levels, ...begun.taken], told);
  const folded = [...changed, ...begun.figures].flatMap(({ level, figure }) => levelFigure(level, figure, byLevel.get(keyText(level))));
  return { figures: folded, written };
}

type FoldFacts = {
  readonly grade: SourceGrade | undefined;
  readonly now: Instant;
  readonly freshOf: (key: StockKey) => readonly Movement[];
};
type Folded = { readonly level: Level; readonly figure: NewFigure };

/** Folds levels that are locked, reading the history of those that new facts do not simply follow. */
async function changeFigures(tx: Tx, levels: readonly Level[], { grade, now, freshOf }: FoldFacts): Promise<readonly Folded[]> {
  const told = levels.map((level) => ({ level, fresh: freshOf(level) }));
  const known = await factsSinceCount(
    tx,
    told.filter(({ level, fresh }) => !followsOn(level, fresh)).map(({ level }) => level),
  );
  const folded = told.map(({ level, fresh }) => ({
    level,
    figure: figureOf(level, { fresh, known: known.get(keyText(level)), grade, now }),
  }));
  await writeFigures(
    tx,
    folded.map(({ figure }) => figure),
  );
  return folded;
}

/**
 * Levels that were never stocked begin with their figure at once: nothing is known of them but these facts. Those that somebody else began
 * at the same moment (`taken`) come back locked, to be folded like the others.
 */
async function beginFigures(
  tx: Tx,
  keys: readonly StockKey[],
  beginAt: Instant,
  { grade, now, freshOf }: FoldFacts,
): Promise<{ readonly figures: readonly Folded[]; readonly taken: readonly Level[] }> {
  const begun = keys.map((key): Folded => {
    const level = unstockedLevel(key, beginAt, grade ?? 'E');
    const fresh = freshOf(key);
    return { level, figure: figureOf(level, { fresh, known: fresh.map(factOf), grade, now }) };
  });
  const written = await beginLevels(
    tx,
    begun.map(({ figure }) => figure),
  );
  const lost = begun.filter(({ level }) => !written.has(keyText(level)));
  const taken = lost.length === 0 ? [] : await lockLevels(tx, lost.map(({ level }) => level)); // prettier-ignore
  return { figures: begun.filter(({ level }) => written.has(keyText(level))), taken };
}

/** What others must hear of a fold: that the figure changed, and that more was promised than is there. */
export function eventsOf(figures: readonly LevelFigure[]): readonly DomainEvent[] {
  return figures.flatMap(({ offerId, locationId, shopId, missing, changed }): readonly DomainEvent[] => [
    ...(changed ? [{ name: 'StockChanged', subject: offerId, facts: { locationId, shopId } } as const] : []),
    ...(missing > 0 && changed ? [{ name: 'ShortageDetected', subject: offerId, facts: { locationId, shopId, missing } } as const] : []),
  ]);
}

/** A clock ahead of ours must not make a fact outlive the ones that follow it. */
export function notAfter(occurredAt: Instant, now: Instant): Instant {
  return occurredAt > now ? now : occurredAt;
}

/** Facts of this call that were not known; one told twice in it counts once. */
function freshFacts(facts: readonly Movement[], written: ReadonlySet<string>): readonly Movement[] {
  const byName = new Map(facts.toReversed().map((fact) => [nameOfFact(fact), fact])); // of two with one name the first is the one written
  return [...byName].flatMap(([name, fact]) => (written.has(name) ? [fact] : []));
}

/** Facts younger than everything folded so far only continue the fold: the history need not be read again. */
function followsOn(level: Level, fresh: readonly Movement[]): boolean {
  return fresh.every((fact) => fact.occurredAt > level.asOf);
}

type Told = {
  readonly fresh: readonly Movement[];
  /** All facts since the last count, where the fold has to be made anew. */
  readonly known: readonly StockFact[] | undefined;
  readonly grade: SourceGrade | undefined;
  readonly now: Instant;
};

function figureOf(level: Level, { fresh, known, grade: told, now }: Told): NewFigure {
  const soFar: StockFact = { kind: 'count', key: '', occurredAt: level.asOf, counted: level.onHand };
  const { onHand, asOf = level.asOf } = foldStock(known ?? [soFar, ...fresh.map(factOf)]);
  const picks = rememberPicks(level, { found: sum(fresh, (fact) => fact.found), missed: sum(fresh, (fact) => fact.missed) });
  const grade = told ?? level.grade;
  const looks = fresh.filter((fact) => fact.kind === 'count' && fact.reason !== 'opening-count' && told === undefined);
  const lookedAt = looks.reduce<Instant | null>(
    (latest, { occurredAt }) => (latest === null || occurredAt > latest ? occurredAt : latest),
    level.lookedAt,
  );
  const lookedMs = lookedAt === null ? undefined : now - lookedAt;
  const confidence = confidenceBps({ grade, ageMs: now - asOf, onHand, ...picks, lookedMs });
  return { offerId: level.offerId, locationId: level.locationId, onHand, asOf, confidence, grade, lookedAt, ...picks };
}

function factOf(fact: Movement): StockFact {
  const known = { key: `${fact.source}:${fact.sourceKey}`, occurredAt: fact.occurredAt };
  return fact.kind === 'count' ? { ...known, kind: 'count', counted: fact.quantity } : { ...known, kind: 'change', delta: fact.quantity };
}

function sum(facts: readonly Movement[], of: (fact: Movement) => number | undefined): number {
  return facts.reduce((total, fact) => total + (of(fact) ?? 0), 0);
}

function levelFigure(level: Level, figure: NewFigure, of: readonly Movement[] | undefined): readonly LevelFigure[] {
  const shopId = of?.[0]?.shopId;
  if (shopId === undefined) return [];
  const { offerId, locationId, onHand } = figure;
  return [{ offerId, locationId, shopId, onHand, missing: shortageOf({ ...level, onHand }), changed: onHand !== level.onHand }];
}
