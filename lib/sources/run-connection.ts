import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { sourceConnections, sourceItems } from '@/db/schema';
import type { ConnectionId, Instant, Result } from '@/lib/kernel';
import { DAY, err, HOUR, instant, MINUTE, ok, plusMs } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { LONGEST_WAIT_MS } from './ask/patience';
import type { ConnectionRow } from './connection-row';
import type { PulledPage, SourceCall } from './connector';
import { connectorOf } from './connectors';
import { effectiveGrade } from './effective-grade';
import type { SourceFault } from './fault';
import { needsPerson } from './fault';
import type { Opened } from './open-connection';
import { openConnection } from './open-connection';
import type { SourcePorts } from './ports';
import { medianAge, recordCounts } from './take/record-counts';
import { takeItems, takeOffSale } from './take/take-items';

/** Nobody else asks this source meanwhile; renewed with every page. */
const LEASE_MS = 3 * MINUTE;

/** After so much the work is given back and taken up again where it stands: other shops' sources wait too. */
const LONGEST_RUN_MS = 4 * MINUTE;

/** A whole pull shows what is no more, and repeats every figure. */
const FULL_EVERY_MS = DAY;

/** Clocks differ and writes take a moment: a pull of changes begins a little before the last one did. */
const OVERLAP_MS = 2 * MINUTE;

/** Failures in a row after which a source counts as away. */
const FAILURES_TO_DEGRADE = 3;

/** A pull of everything costs the source more than one of changes. */
const WHOLE_EVERY_MS = 15 * MINUTE;

const EVERY_MS = { A: 15 * MINUTE, B: 15 * MINUTE, C: 5 * MINUTE, D: HOUR } as const;

/** What came of a run: the source was asked to its end, stopped on the way, or somebody else was at it. */
type Ran =
  | { readonly kind: 'done'; readonly taken: number; readonly pages: number }
  | { readonly kind: 'to-be-continued'; readonly taken: number; readonly pages: number }
  | { readonly kind: 'nothing-to-do' };

type Outcome = Result<Ran, SourceFault>;

const now = (ports: SourcePorts): Instant => ports.clock.now();

/** Takes the connection for this process; undefined while another has it, while it is paused, or when it is gone. */
async function lease(connectionId: ConnectionId, ports: SourcePorts): Promise<ConnectionRow | undefined> {
  const [row] = await reader()
    .update(sourceConnections)
    .set({ leasedUntil: plusMs(now(ports), LEASE_MS) })
    .where(
      and(
        eq(sourceConnections.id, connectionId),
        eq(sourceConnections.state, 'active'),
        or(isNull(sourceConnections.leasedUntil), lt(sourceConnections.leasedUntil, now(ports))),
      ),
    )
    .returning();
  return row;
}

async function change(id: ConnectionId, set: Partial<typeof sourceConnections.$inferInsert>): Promise<ConnectionRow | undefined> {
  const [row] = await reader().update(sourceConnections).set(set).where(eq(sourceConnections.id, id)).returning();
  return row;
}

/** Goes on with the pull that was interrupted, or begins one: of everything when that is due, else of what changed. */
function beginPull(row: ConnectionRow, { connector }: Opened, ports: SourcePorts) {
  if (row.pullStartedAt !== null) return { since: row.pullSince, startedAt: row.pullStartedAt, cursor: row.cursor };
  const isFullDue = row.lastFullAt === null || now(ports) - row.lastFullAt >= FULL_EVERY_MS;
  const since = isFullDue || !connector.capabilities.changesSince ? null : row.knownUntil;
  return { since, startedAt: now(ports), cursor: null };
}

/** Asks one connection's source for what is new and takes it over, page by page. Whatever goes wrong is this connection's alone. */
export async function runConnection(connectionId: ConnectionId, ports: SourcePorts): Promise<Outcome> {
  return observed({ useCase: 'run-connection', actor: 'system', ids: { connectionId } }, async (): Promise<Outcome> => {
    const leased = await lease(connectionId, ports);
    if (leased === undefined) return ok({ kind: 'nothing-to-do' });
    const opened = openConnection(leased, ports);
    if (!opened.ok) return fail(leased, opened.error, ports);
    const ran = await pullAll(leased, opened.value, ports);
    return ran.ok ? ran : fail(leased, ran.error, ports);
  });
}

type Progress = { taken: number; pages: number; waits: number; readonly ages: number[] };

/** A short wait a source asked for in its own words is no reason to end the round; the same question is asked again. */
async function sitOut(fault: SourceFault, progress: Progress, ports: SourcePorts): Promise<boolean> {
  if (fault.kind !== 'asked-to-wait' || fault.until - now(ports) > LONGEST_WAIT_MS || progress.waits >= 5) return false;
  progress.waits += 1;
  await ports.wait(Math.max(1, fault.until - now(ports)));
  return true;
}

async function pullAll(leased: ConnectionRow, opened: Opened, ports: SourcePorts): Promise<Outcome> {
  const pull = beginPull(leased, opened, ports);
  let row = (await change(leased.id, { pullSince: pull.since, pullStartedAt: pull.startedAt, cursor: pull.cursor })) ?? leased;
  const until = now(ports) + LONGEST_RUN_MS;
  const progress: Progress = { taken: 0, pages: 0, waits: 0, ages: [] };
  for (let cursor = pull.cursor ?? undefined; ;) {
    const askedAt = now(ports);
    const since = pull.since === null ? undefined : plusMs(pull.since, opened.call.skewMs());
    const page = await opened.connector.pull(opened.call, { since, cursor, pageSize: ports.pageSize });
    if (!page.ok) {
      if (!(await sitOut(page.error, progress, ports))) return page;
      continue;
    }
    progress.waits = 0;
    await takePage(row, { page: page.value, askedAt, call: opened.call }, progress, ports);
    cursor = page.value.next;
    if (cursor === undefined) break;
    row = (await change(row.id, { cursor, leasedUntil: plusMs(now(ports), LEASE_MS) })) ?? row;
    if (row.state !== 'active') return ok({ kind: 'nothing-to-do' }); // paused or removed meanwhile
    if (now(ports) >= until) {
      await change(row.id, { leasedUntil: null, nextPullAt: now(ports) });
      return ok({ kind: 'to-be-continued', taken: progress.taken, pages: progress.pages });
    }
  }
  await finish(row, { ...pull, skewMs: opened.call.skewMs(), lagMs: medianAge(progress.ages) }, ports);
  return ok({ kind: 'done', taken: progress.taken, pages: progress.pages });
}

type AskedPage = { readonly page: PulledPage; readonly askedAt: Instant; readonly call: SourceCall };

async function takePage(row: ConnectionRow, { page, askedAt, call }: AskedPage, progress: Progress, ports: SourcePorts): Promise<void> {
  progress.taken += await takeItems(row, page, now(ports), ports);
  const counts = page.items.flatMap(({ externalId, stockRef, quantity }) =>
    quantity === undefined ? [] : [{ stockRef: stockRef ?? externalId, quantity, asOf: askedAt, key: String(askedAt) }],
  );
  const apart = (page.counts ?? []).map(({ stockRef, quantity }) => ({ stockRef, quantity, asOf: askedAt, key: String(askedAt) }));
  const changed = await recordCounts(row, [...counts, ...apart], ports);
  if (page.gone.length > 0) await dropGone(row, page.gone, ports);
  progress.pages += 1;
  if (changed === 0 || row.lastSuccessAt === null) return; // the first pull's figures are no news
  for (const { countedAt } of [...page.items, ...(page.counts ?? [])]) {
    if (countedAt !== undefined && countedAt - call.skewMs() > row.lastSuccessAt) progress.ages.push(askedAt - (countedAt - call.skewMs()));
  }
}

/** Takes off sale what a source says is gone. */
export async function dropGone(row: ConnectionRow, gone: PulledPage['gone'], ports: SourcePorts): Promise<void> {
  const externalIds = gone.flatMap((one) => ('externalId' in one ? [one.externalId] : []));
  const productRefs = gone.flatMap((one) => ('productRef' in one ? [one.productRef] : []));
  await withTransaction(async (tx) => {
    const items = await tx
      .select()
      .from(sourceItems)
      .where(
        and(
          eq(sourceItems.connectionId, row.id),
          eq(sourceItems.isGone, false),
          sql`(${sourceItems.externalId} = any(${sql.param(externalIds)}::text[]) or ${sourceItems.productRef} = any(${sql.param(productRefs)}::text[]))`,
        ),
      );
    await takeOffSale(tx, row, items, ports);
    return ok(undefined);
  });
}

/** What a whole pull did not show is no more. */
async function dropUnseen(row: ConnectionRow, startedAt: Instant, ports: SourcePorts): Promise<void> {
  await withTransaction(async (tx) => {
    const unseen = await tx
      .select()
      .from(sourceItems)
      .where(and(eq(sourceItems.connectionId, row.id), eq(sourceItems.isGone, false), lt(sourceItems.seenAt, startedAt)));
    await takeOffSale(tx, row, unseen, ports);
    return ok(undefined);
  });
}

type Finished = {
  readonly since: Instant | null;
  readonly startedAt: Instant;
  readonly skewMs: number;
  readonly lagMs: number | undefined;
};

async function finish(row: ConnectionRow, { since, startedAt, skewMs, lagMs }: Finished, ports: SourcePorts): Promise<void> {
  if (since === null) await dropUnseen(row, startedAt, ports);
  await change(row.id, {
    cursor: null,
    pullSince: null,
    pullStartedAt: null,
    leasedUntil: null,
    failures: 0,
    fault: null,
    degradedSince: null,
    knownUntil: plusMs(startedAt, -OVERLAP_MS),
    ...(since === null ? { lastFullAt: startedAt } : {}),
    ...(lagMs === undefined ? {} : { lagMs }),
    lastSuccessAt: now(ports),
    nextPullAt: plusMs(now(ports), everyMs(row)),
    skewMs,
  });
}

/** How long until this source is asked again: by its grade; seldomer where every pull is a whole one, or its own limits say so. */
function everyMs(row: ConnectionRow): number {
  const { everyMs: own, changesSince = false } = connectorOf(row.kind)?.capabilities ?? {};
  const byGrade = EVERY_MS[effectiveGrade(row)];
  return own ?? (changesSince ? byGrade : Math.max(byGrade, WHOLE_EVERY_MS));
}

/** When a source that failed is asked again: after a while that doubles, an hour at most; when it said so itself, then. */
function nextTry(failures: number, fault: SourceFault, at: Instant): Instant {
  if (fault.kind === 'asked-to-wait') return instant(Math.max(at, fault.until));
  return plusMs(at, needsPerson(fault) ? HOUR : Math.min(HOUR, MINUTE * 2 ** Math.min(6, failures - 1)));
}

/** Writes down what went wrong. The pull goes on where it stopped; the shop's other connections, and other shops, notice nothing. */
async function fail(row: ConnectionRow, fault: SourceFault, ports: SourcePorts): Promise<Outcome> {
  const at = now(ports);
  const failures = fault.kind === 'asked-to-wait' ? row.failures : row.failures + 1;
  const isDegraded = needsPerson(fault) || failures >= FAILURES_TO_DEGRADE;
  // A place in a pull does not live for ever: a source that refuses it is asked from the beginning.
  const isLost = row.cursor !== null && (fault.kind === 'refused' || fault.kind === 'not-found');
  await change(row.id, {
    ...(isLost ? { cursor: null, pullSince: null, pullStartedAt: null } : {}),
    failures,
    fault: { ...fault },
    degradedSince: isDegraded ? (row.degradedSince ?? at) : row.degradedSince,
    leasedUntil: null,
    nextPullAt: nextTry(failures, fault, at),
  });
  return err(fault);
}
