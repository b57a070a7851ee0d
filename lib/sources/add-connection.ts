import { and, count, eq, ne } from 'drizzle-orm';
import { sourceConnections } from '@/db/schema';
import type { ConnectionId, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { token } from '@/lib/platform/ids';
import { enqueue, SOURCE_QUEUE } from '@/lib/platform/jobs';
import { observed } from '@/lib/platform/log';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { sourceCall } from './ask/source-call';
import { sealSecrets, splitSettings } from './connection-row';
import type { Connector, Settings } from './connector';
import { connectorOf } from './connectors';
import type { SourceFault } from './fault';
import type { SourcePorts } from './ports';
import { sourcePorts } from './ports';

const MOST_CONNECTIONS = 10;

export type AddConnectionRefusal =
  | { readonly kind: 'unknown-source' }
  | { readonly kind: 'field-wrong'; readonly field: string }
  | { readonly kind: 'too-many-connections'; readonly most: number }
  /** The source was asked and did not answer as it should: nothing was kept. */
  | { readonly kind: 'source-said-no'; readonly fault: SourceFault };

type AddedConnection = { readonly connectionId: ConnectionId; readonly shopName: string };

type Outcome = Result<AddedConnection, AddConnectionRefusal>;

/** Reads what was typed by the connector's own schemas; the first field that is wrong is named. */
function readSettings({ fields }: Connector, typed: Settings): Result<Settings, { readonly kind: 'field-wrong'; readonly field: string }> {
  const settings: Record<string, string> = {};
  for (const { name, schema, isOptional } of fields) {
    const text = (typed[name] ?? '').trim();
    if (text === '' && isOptional) continue;
    const read = schema.safeParse(text);
    if (!read.success) return err({ kind: 'field-wrong', field: name });
    settings[name] = read.data;
  }
  return ok(settings);
}

/**
 * Connects a shop's till or site: asks it at once whether the key works, keeps what was typed (keys sealed), and has everything it sells
 * fetched by the worker.
 */
export async function addConnection(
  scope: ShopScope,
  wish: { readonly kind: string; readonly typed: Settings },
  ports: SourcePorts = sourcePorts(),
): Promise<Outcome> {
  return observed({ useCase: 'add-connection', actor: scope.kind, ids: { shopId: scope.shopId } }, async (): Promise<Outcome> => {
    const connector = connectorOf(wish.kind);
    if (connector === undefined) return err({ kind: 'unknown-source' });
    const settings = readSettings(connector, wish.typed);
    if (!settings.ok) return settings;
    if ((await countConnections(scope)) >= MOST_CONNECTIONS) return err({ kind: 'too-many-connections', most: MOST_CONNECTIONS });
    const tried = await trySettings(connector, settings.value, ports);
    if (!tried.ok) return err({ kind: 'source-said-no', fault: tried.error });
    const connectionId = ports.ids.make('connection');
    await keepConnection(scope, { connectionId, connector, settings: tried.value.settings }, ports);
    return ok({ connectionId, shopName: tried.value.shopName });
  });
}

async function countConnections({ shopId }: ShopScope): Promise<number> {
  const [row] = await reader()
    .select({ rows: count() })
    .from(sourceConnections)
    .where(and(eq(sourceConnections.shopId, shopId), ne(sourceConnections.state, 'removed')));
  return row?.rows ?? 0;
}

/** Asks with what was typed; what the source gives on the way (a token) belongs to the settings. */
async function trySettings(connector: Connector, typed: Settings, ports: SourcePorts) {
  let settings = typed;
  const keep = async (renewed: Settings): Promise<void> => {
    settings = { ...settings, ...renewed };
    await Promise.resolve();
  };
  const call = sourceCall(connector, typed, { now: () => ports.clock.now(), wait: ports.wait, limits: ports.limits }, { keep });
  const checked = await connector.check(call);
  return checked.ok ? ok({ shopName: checked.value.shopName, settings: { ...settings, ...checked.value.learned } }) : checked;
}

type NewConnection = { readonly connectionId: ConnectionId; readonly connector: Connector; readonly settings: Settings };

async function keepConnection(scope: ShopScope, { connectionId, connector, settings }: NewConnection, ports: SourcePorts): Promise<void> {
  const { shown, secret } = splitSettings(connector, settings);
  const now = ports.clock.now();
  await withTransaction(async (tx) => {
    await tx.insert(sourceConnections).values({
      id: connectionId,
      shopId: scope.shopId,
      personId: scope.personId,
      kind: connector.kind,
      settings: shown,
      sealed: sealSecrets(connectionId, secret),
      hookToken: token(),
      state: 'active',
      nextPullAt: now,
      createdAt: now,
    });
    await enqueue(tx, SOURCE_QUEUE, [{ data: { connectionId } }]);
    return ok(undefined);
  });
}
