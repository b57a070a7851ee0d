import { desc, eq } from 'drizzle-orm';
import { apiKeys, people } from '@/db/schema';
import type { ShopScope } from '@/lib/kernel';
import { shownName } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { keysOf, mayManageKeys, networkLedBy } from './key-rights';
import type { ApiKeyView } from './views';

/** The keys that open this shop, the newest first; revoked ones stay in the list. */
export async function listKeys(scope: ShopScope): Promise<{ readonly keys: readonly ApiKeyView[]; readonly mayReachNetwork: boolean }> {
  if (!mayManageKeys(scope)) return { keys: [], mayReachNetwork: false };
  const rows = await reader()
    .select({ key: apiKeys, name: people.name, email: people.email })
    .from(apiKeys)
    .innerJoin(people, eq(people.id, apiKeys.madeBy))
    .where(await keysOf(scope))
    .orderBy(desc(apiKeys.id))
    .limit(100);
  const keys = rows.map(({ key, name, email }): ApiKeyView => ({
    keyId: key.id,
    label: key.label,
    hint: key.hint,
    isForNetwork: key.networkId !== null,
    scopes: key.scopes,
    madeBy: shownName({ name, email }),
    createdAt: key.createdAt,
    lastUsedAt: key.lastUsedAt ?? undefined,
    revokedAt: key.revokedAt ?? undefined,
  }));
  return { keys, mayReachNetwork: (await networkLedBy(reader(), scope)) !== undefined };
}
