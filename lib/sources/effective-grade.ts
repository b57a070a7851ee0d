import type { ConnectionRow } from './connection-row';
import { connectorOf } from './connectors';

/** How this connection really tells: a source that should send messages and never did is one that is polled. */
export function effectiveGrade({ kind, heardAt }: Pick<ConnectionRow, 'kind' | 'heardAt'>): 'A' | 'B' | 'C' | 'D' {
  const declared = connectorOf(kind)?.grade ?? 'D';
  return heardAt === null && (declared === 'A' || declared === 'B') ? 'C' : declared;
}
