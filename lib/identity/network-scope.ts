import { and, eq, isNull } from 'drizzle-orm';
import { networks, roleGrants } from '@/db/schema';
import type { NetworkId, NetworkRole, NetworkScope, Result } from '@/lib/kernel';
import { err, networkRoles, ok } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { SessionView } from './views';

export type NetworkAccessRefusal = { readonly kind: 'anonymous' } | { readonly kind: 'absent' };

const isNetworkRole = (role: string): role is NetworkRole => networkRoles.some((known) => known === role);

/** Proof that someone works at a network's head office; another's network is not there. */
export async function networkScope(
  session: SessionView | undefined,
  networkId: NetworkId,
): Promise<Result<NetworkScope, NetworkAccessRefusal>> {
  if (!session) return err({ kind: 'anonymous' });
  const [row] = await reader()
    .select({ role: roleGrants.role })
    .from(roleGrants)
    .innerJoin(networks, eq(networks.id, roleGrants.networkId))
    .where(and(eq(roleGrants.personId, session.personId), eq(roleGrants.networkId, networkId), isNull(roleGrants.shopId)));
  if (!row || !isNetworkRole(row.role)) return err({ kind: 'absent' });
  return ok({ kind: 'network', networkId, personId: session.personId, role: row.role });
}

/** The networks a person works for, by name. */
export async function listHeadOffices(session: SessionView) {
  return reader()
    .select({ networkId: networks.id, name: networks.name })
    .from(roleGrants)
    .innerJoin(networks, eq(networks.id, roleGrants.networkId))
    .where(and(eq(roleGrants.personId, session.personId), isNull(roleGrants.shopId)))
    .orderBy(networks.name);
}
