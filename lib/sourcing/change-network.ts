import { desc, eq, sql } from 'drizzle-orm';
import { networkRuleVersions, networks, people, shops } from '@/db/schema';
import type { NetworkScope, Result } from '@/lib/kernel';
import { err, invariant, ok, shownName } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { NetworkRules } from './settings';
import { networkRules, noNetworkRules } from './settings';
import { forgetSettings } from './settings-repository';
import type { NetworkDeskView } from './views';

export type NetworkRefusal =
  | { readonly kind: 'changed-meanwhile' }
  /** A rule names a shop that is none of this network. */
  | { readonly kind: 'foreign-shop' }
  | { readonly kind: 'role-too-small' };

/** The network's shops and its rules as they are; of the caller's network alone. */
export async function getNetworkDesk({ networkId }: NetworkScope): Promise<NetworkDeskView> {
  const from = reader();
  const [[network], members, versions] = await Promise.all([
    from.select().from(networks).where(eq(networks.id, networkId)),
    from
      .select({
        shopId: shops.id,
        name: shops.name,
        slug: shops.slug,
        street: shops.street,
        postcode: shops.postcode,
        awning: shops.awning,
      })
      .from(shops)
      .where(eq(shops.networkId, networkId))
      .orderBy(shops.name),
    from
      .select({ row: networkRuleVersions, name: people.name, email: people.email })
      .from(networkRuleVersions)
      .leftJoin(people, eq(people.id, networkRuleVersions.changedBy))
      .where(eq(networkRuleVersions.networkId, networkId))
      .orderBy(desc(networkRuleVersions.version))
      .limit(10),
  ]);
  invariant(network, 'a scope names a network that is there');
  const live = networkRules.safeParse(versions[0]?.row.rules);
  return {
    networkId,
    name: network.name,
    slug: network.slug,
    kind: network.kind,
    version: versions[0]?.row.version ?? 0,
    rules: live.success ? live.data : noNetworkRules,
    shops: members,
    history: versions.map(({ row, name, email }) => ({
      version: row.version,
      since: row.changedAt,
      source: row.source,
      by: shownName({ name, email }),
    })),
  };
}

/**
 * Lays down a network's rules, at once; the version before stays readable.
 * Errors: `role-too-small` for a viewer, `foreign-shop` when a rule names another's shop, `changed-meanwhile`.
 */
export async function setNetworkRules(
  scope: NetworkScope,
  { rules, from, source }: { readonly rules: NetworkRules; readonly from: number; readonly source: string },
  { clock }: Ports = systemPorts,
): Promise<Result<{ readonly version: number }, NetworkRefusal>> {
  const { networkId, personId } = scope;
  return observed({ useCase: 'set-network-rules', actor: scope.kind, ids: { networkId, personId } }, async () => {
    if (scope.role !== 'head-office') return err({ kind: 'role-too-small' });
    const changed = await withTransaction(async (tx): Promise<Result<{ readonly version: number }, NetworkRefusal>> => {
      await tx.execute(sql`select from ${networks} where id = ${networkId} for update`);
      const members = await tx.select({ id: shops.id }).from(shops).where(eq(shops.networkId, networkId));
      const named = [...rules.excludedShopIds, ...rules.territories.map(({ shopId }) => shopId)];
      if (named.some((shopId) => !members.some(({ id }) => id === shopId))) return err({ kind: 'foreign-shop' });
      const [newest] = await tx
        .select({ version: networkRuleVersions.version })
        .from(networkRuleVersions)
        .where(eq(networkRuleVersions.networkId, networkId))
        .orderBy(desc(networkRuleVersions.version))
        .limit(1);
      if ((newest?.version ?? 0) !== from) return err({ kind: 'changed-meanwhile' });
      await tx
        .insert(networkRuleVersions)
        .values({ networkId, version: from + 1, rules, source, changedBy: personId, changedAt: clock.now() });
      return ok({ version: from + 1 });
    });
    if (changed.ok) forgetSettings();
    return changed;
  });
}
