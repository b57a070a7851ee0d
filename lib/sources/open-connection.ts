import { eq } from 'drizzle-orm';
import { sourceConnections } from '@/db/schema';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { sourceCall } from './ask/source-call';
import type { ConnectionRow } from './connection-row';
import { sealSecrets, secretsOf } from './connection-row';
import type { Connector, Settings, SourceCall } from './connector';
import { connectorOf } from './connectors';
import type { SourceFault } from './fault';
import type { SourcePorts } from './ports';

export type Opened = { readonly connector: Connector; readonly call: SourceCall; readonly settings: Settings };

/** Everything needed to ask a connection's source. A token that is renewed on the way is kept at once, sealed as the first was. */
export function openConnection(row: ConnectionRow, ports: SourcePorts): Result<Opened, SourceFault> {
  const connector = connectorOf(row.kind);
  const secrets = secretsOf(row);
  if (connector === undefined || secrets === undefined) return err({ kind: 'credentials-unreadable' });
  let kept = secrets;
  const keep = async (renewed: Settings): Promise<void> => {
    kept = { ...kept, ...renewed };
    await reader()
      .update(sourceConnections)
      .set({ sealed: sealSecrets(row.id, kept) })
      .where(eq(sourceConnections.id, row.id));
  };
  const settings = { ...row.settings, ...secrets };
  const callPorts = { now: () => ports.clock.now(), wait: ports.wait, limits: ports.limits };
  return ok({ connector, settings, call: sourceCall(connector, settings, callPorts, { skewMs: row.skewMs, keep }) });
}
