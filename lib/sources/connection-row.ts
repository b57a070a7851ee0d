import { and, eq, ne } from 'drizzle-orm';
import { z } from 'zod';
import { sourceConnections } from '@/db/schema';
import type { ConnectionId, ShopScope } from '@/lib/kernel';
import { seal, unseal } from '@/lib/platform/sealed';
import type { Reader } from '@/lib/platform/transaction';
import type { Connector, Settings } from './connector';

export type ConnectionRow = typeof sourceConnections.$inferSelect;

const PURPOSE = 'source credentials';
const secrets = z.record(z.string(), z.string());

/** Keys and passwords as the row keeps them: readable in this row of this installation only. */
export const sealSecrets = (connectionId: ConnectionId, settings: Settings): string =>
  seal(JSON.stringify(settings), { purpose: PURPOSE, owner: connectionId });

/** Keys and passwords of a row; undefined when they cannot be read any more. */
export function secretsOf(row: Pick<ConnectionRow, 'id' | 'sealed'>): Settings | undefined {
  const plain = unseal(row.sealed, { purpose: PURPOSE, owner: row.id });
  const read = plain === undefined ? undefined : secrets.safeParse(JSON.parse(plain));
  return read?.data;
}

/** What the form asked for, apart: what may be shown again, and what is sealed. */
export function splitSettings({ fields }: Connector, settings: Settings): { readonly shown: Settings; readonly secret: Settings } {
  const isShown = new Set(fields.filter(({ kind }) => kind !== 'secret').map(({ name }) => name));
  const entries = Object.entries(settings);
  return {
    shown: Object.fromEntries(entries.filter(([name]) => isShown.has(name))),
    secret: Object.fromEntries(entries.filter(([name]) => !isShown.has(name))),
  };
}

/** One connection of this shop; another's, or one that was removed, is not there. */
export async function findConnection(from: Reader, scope: ShopScope, connectionId: ConnectionId): Promise<ConnectionRow | undefined> {
  const [row] = await from
    .select()
    .from(sourceConnections)
    .where(and(eq(sourceConnections.id, connectionId), eq(sourceConnections.shopId, scope.shopId), ne(sourceConnections.state, 'removed')));
  return row;
}
