import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { apiKeys, shops } from '@/db/schema';
import type { ApiKeyId, Instant, PersonId, ShopId, ShopScope } from '@/lib/kernel';
import { MINUTE } from '@/lib/kernel';
import { kept } from '@/lib/platform/kept';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { isKeyText, keyHash } from './key-text';
import type { KeyScope } from './views';

/** A machine at the door: which key it holds, what that may do, and in which shops. */
export type Machine = {
  readonly keyId: ApiKeyId;
  readonly personId: PersonId;
  readonly scopes: readonly KeyScope[];
  readonly shopIds: readonly ShopId[];
};

const read = (): ((hash?: string) => Promise<Machine | undefined>) =>
  kept(async (hash): Promise<Machine | undefined> => {
    const [row] = await reader()
      .select({
        keyId: apiKeys.id,
        personId: apiKeys.madeBy,
        scopes: apiKeys.scopes,
        shopIds: sql<readonly ShopId[]>`coalesce(json_agg(${shops.id} order by ${shops.id}) filter (where ${shops.id} is not null), '[]')`,
      })
      .from(apiKeys)
      .leftJoin(shops, or(eq(shops.id, apiKeys.shopId), eq(shops.networkId, apiKeys.networkId)))
      .where(and(eq(apiKeys.secretHash, hash), isNull(apiKeys.revokedAt)))
      .groupBy(apiKeys.id);
    return row;
  });

let known = read();

/** A key was taken back here: the next call asks the database. */
export function forgetKeys(): void {
  known = read();
}

/** Whose key this is; undefined when it is nobody's, or was taken back more than five seconds ago. */
export async function openKey(text: string, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<Machine | undefined> {
  if (!isKeyText(text)) return undefined;
  const machine = await known(keyHash(text));
  if (machine) await noteUse(machine.keyId, clock.now());
  return machine;
}

const noted = new Map<ApiKeyId, Instant>();

/** "Last used" is for people: once a minute is often enough. */
async function noteUse(keyId: ApiKeyId, now: Instant): Promise<void> {
  const before = noted.get(keyId);
  if (before !== undefined && now - before < MINUTE) return;
  noted.set(keyId, now);
  await reader().update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.id, keyId));
}

/**
 * The proof that this key acts in this shop; undefined when the shop is not its own, which the caller tells like a shop that does not exist.
 * Acts in the name of the person who made the key, as somebody at the counter.
 */
export function shopScopeOf(machine: Machine, shopId: ShopId): ShopScope | undefined {
  if (!machine.shopIds.includes(shopId)) return undefined;
  return { kind: 'shop', shopId, personId: machine.personId, role: 'counter' };
}
