import { eq, isNotNull, and, asc, ne, sql } from 'drizzle-orm';
import { shops, sourceConnections } from '@/db/schema';
import type { OperatorScope } from '@/lib/kernel';
import { instantOf } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { connectorOf, connectors } from './connectors';
import contract from './contract-results.json' with { type: 'json' };
import { readFault } from './fault-schema';
import { serverOf } from './server-results';
import type { ConnectorHealthView, ContractOutcome, ContractScenario, TroubledConnectionView } from './views';
import { contractScenarios } from './views';

/** What the contract kit found for a connector when the table was made last: written by `npm run connectors`, never by hand. */
export function contractOf(kind: string): Readonly<Record<ContractScenario, ContractOutcome>> {
  const found = Object.entries(contract.connectors).find(([known]) => known === kind)?.[1];
  const told = new Map<string, string>(Object.entries(found ?? {}));
  const outcome = (scenario: ContractScenario): ContractOutcome => {
    const said = told.get(scenario);
    return said === 'passes' || said === 'not-applicable' ? said : 'not-tested';
  };
  const [first, ...rest] = contractScenarios.map((scenario) => [scenario, outcome(scenario)] as const);
  return Object.assign(emptyContract(), Object.fromEntries(first ? [first, ...rest] : []));
}

function emptyContract(): Record<ContractScenario, ContractOutcome> {
  const none: ContractOutcome = 'not-tested';
  return {
    pages: none,
    duplicates: none,
    order: none,
    late: none,
    partial: none,
    throttled: none,
    stumbles: none,
    outage: none,
    schema: none,
    renewal: none,
    signature: none,
    skew: none,
    deleted: none,
    variant: none,
    pictures: none,
  };
}

/** Every connector as the city sees it: what it promises, how its connections do now, what was proved of it. */
export async function listConnectorHealth(_scope: OperatorScope): Promise<readonly ConnectorHealthView[]> {
  const rows = await reader()
    .select({
      kind: sourceConnections.kind,
      connections: sql<number>`count(*)::int`,
      degraded: sql<number>`(count(*) filter (where ${sourceConnections.state} = 'active' and ${sourceConnections.degradedSince} is not null))::int`,
      paused: sql<number>`(count(*) filter (where ${sourceConnections.state} = 'paused'))::int`,
      lagMs: sql<number | null>`(percentile_cont(0.5) within group (order by ${sourceConnections.lagMs}))::int`,
      oldest: sql<string | null>`min(${sourceConnections.lastSuccessAt}) filter (where ${sourceConnections.state} = 'active')`,
    })
    .from(sourceConnections)
    .where(ne(sourceConnections.state, 'removed'))
    .groupBy(sourceConnections.kind);
  const live = new Map(rows.map((row) => [row.kind, row]));
  return connectors.map(({ kind, name, grade }) => {
    const row = live.get(kind);
    return {
      kind,
      name,
      grade,
      scenarios: contractOf(kind),
      server: serverOf(kind),
      connections: row?.connections ?? 0,
      degraded: row?.degraded ?? 0,
      paused: row?.paused ?? 0,
      lagMs: row?.lagMs ?? undefined,
      oldestSuccessAt: row?.oldest ? instantOf(new Date(row.oldest)) : undefined,
    };
  });
}

/** Connections whose source does not answer as it should, the longest first. */
export async function listTroubledConnections(_scope: OperatorScope): Promise<readonly TroubledConnectionView[]> {
  const rows = await reader()
    .select({ row: sourceConnections, shopName: shops.name, shopSlug: shops.slug })
    .from(sourceConnections)
    .innerJoin(shops, eq(shops.id, sourceConnections.shopId))
    .where(and(eq(sourceConnections.state, 'active'), isNotNull(sourceConnections.degradedSince)))
    .orderBy(asc(sourceConnections.degradedSince))
    .limit(100);
  return rows.flatMap(({ row, shopName, shopSlug }) =>
    row.degradedSince === null
      ? []
      : [
          {
            connectionId: row.id,
            shopName,
            shopSlug,
            since: row.degradedSince,
            fault: readFault(row.fault),
            name: connectorOf(row.kind)?.name ?? row.kind,
          },
        ],
  );
}
