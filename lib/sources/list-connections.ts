import { and, asc, eq, isNotNull, ne, sql } from 'drizzle-orm';
import { sourceConnections, sourceItems } from '@/db/schema';
import type { ConnectionId, ShopScope } from '@/lib/kernel';
import { getPictureProgress } from '@/lib/pictures';
import { reader } from '@/lib/platform/transaction';
import type { ConnectionRow } from './connection-row';
import { connectorOf, connectors } from './connectors';
import { effectiveGrade } from './effective-grade';
import { readFault } from './fault-schema';
import type { ConnectionView, ConnectorView, Health, RefusedItemView } from './views';

const MOST_REFUSED = 20;

/** How a connection does, in one word. */
function healthOf(row: Pick<ConnectionRow, 'state' | 'degradedSince' | 'failures' | 'lastSuccessAt'>): Health {
  if (row.state === 'paused') return 'paused';
  if (row.degradedSince !== null) return 'degraded';
  if (row.failures > 0) return 'failing';
  return row.lastSuccessAt === null ? 'waiting' : 'fine';
}

/** What can be connected, in the order in which the form offers it. */
export function listConnectors(): readonly ConnectorView[] {
  return connectors.map(({ kind, name, grade, fields, webhook, push }) => ({
    kind,
    name,
    grade,
    hasWebhook: webhook !== undefined,
    takesPush: push !== undefined,
    fields: fields.map((field) => ({
      name: field.name,
      kind: field.kind,
      isOptional: field.isOptional === true,
      choices: field.choices ?? [],
      example: field.example,
    })),
  }));
}

/** The shop's connections, the oldest first, each with what could not be taken over. */
export async function listConnections(scope: ShopScope): Promise<readonly ConnectionView[]> {
  const rows = await reader()
    .select()
    .from(sourceConnections)
    .where(and(eq(sourceConnections.shopId, scope.shopId), ne(sourceConnections.state, 'removed')))
    .orderBy(asc(sourceConnections.id));
  return Promise.all(
    rows.map(async (row) => ({
      ...viewOf(row, await countItems(row.id), await listRefused(row.id)),
      pictures: await getPictureProgress(scope, row.id),
    })),
  );
}

async function countItems(id: ConnectionId): Promise<{ readonly onSale: number; readonly refused: number }> {
  const [row] = await reader()
    .select({
      onSale: sql<number>`(count(*) filter (where ${sourceItems.offerId} is not null and ${sourceItems.reason} is null))::int`,
      refused: sql<number>`(count(${sourceItems.reason}))::int`,
    })
    .from(sourceItems)
    .where(and(eq(sourceItems.connectionId, id), eq(sourceItems.isGone, false)));
  return row ?? { onSale: 0, refused: 0 };
}

async function listRefused(id: ConnectionId): Promise<readonly RefusedItemView[]> {
  const rows = await reader()
    .select()
    .from(sourceItems)
    .where(and(eq(sourceItems.connectionId, id), eq(sourceItems.isGone, false), isNotNull(sourceItems.reason)))
    .orderBy(asc(sourceItems.externalId))
    .limit(MOST_REFUSED);
  return rows.map(({ externalId, title, reason, value }) => ({ externalId, title, reason: reason ?? '', value: value ?? '' }));
}

function viewOf(
  row: ConnectionRow,
  items: { readonly onSale: number; readonly refused: number },
  refused: readonly RefusedItemView[],
): Omit<ConnectionView, 'pictures'> {
  const connector = connectorOf(row.kind);
  return {
    connectionId: row.id,
    kind: row.kind,
    name: connector?.name ?? row.kind,
    at: Object.values(row.settings)[0] ?? '',
    health: healthOf(row),
    grade: effectiveGrade(row),
    isUnderWay: row.pullStartedAt !== null,
    lastSuccessAt: row.lastSuccessAt ?? undefined,
    heardAt: row.heardAt ?? undefined,
    degradedSince: row.degradedSince ?? undefined,
    nextPullAt: row.nextPullAt,
    lagMs: row.lagMs ?? undefined,
    fault: readFault(row.fault),
    onSale: items.onSale,
    refused,
    refusedCount: items.refused,
    hookPath: connector?.webhook === undefined ? undefined : `/api/webhooks/sources/${row.hookToken}`,
  };
}
