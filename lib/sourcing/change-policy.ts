import { desc, eq, sql } from 'drizzle-orm';
import { people, routingPolicies } from '@/db/schema';
import type { Instant, OperatorScope, Result } from '@/lib/kernel';
import { err, ok, shownName } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { RoutingPolicy } from './settings';
import { routingPolicy } from './settings';
import { forgetSettings } from './settings-repository';
import type { PolicyVersionView } from './views';

export type PolicyRefusal =
  | { readonly kind: 'nothing-changed' }
  /** Somebody published another version since this one was read. */
  | { readonly kind: 'changed-meanwhile'; readonly version: number }
  | { readonly kind: 'no-such-version' };

export type PolicyWish = {
  readonly policy: RoutingPolicy;
  /** The version the draft was made from. */
  readonly from: number;
  /** Why; it is kept with the version. */
  readonly source: string;
};

/**
 * Makes a policy the live one, at once. The version, who made it, when and why are the record; what was live before stays readable.
 * Errors: `changed-meanwhile` when the draft was made from a version that is not the newest any more.
 */
export async function publishPolicy(
  scope: OperatorScope,
  { policy, from, source }: PolicyWish,
  { clock }: Ports = systemPorts,
): Promise<Result<{ readonly version: number }, PolicyRefusal>> {
  return observed({ useCase: 'publish-policy', actor: scope.kind, ids: { personId: scope.personId } }, async () => {
    const published = await withTransaction(async (tx): Promise<Result<{ readonly version: number }, PolicyRefusal>> => {
      await tx.execute(sql`lock table ${routingPolicies} in share row exclusive mode`);
      const [newest] = await tx.select().from(routingPolicies).orderBy(desc(routingPolicies.version)).limit(1);
      if (newest && newest.version !== from) return err({ kind: 'changed-meanwhile', version: newest.version });
      if (newest && sameAs(newest.policy, policy)) return err({ kind: 'nothing-changed' });
      const version = from + 1;
      const now = clock.now();
      await tx.insert(routingPolicies).values({ version, validFrom: now, policy, source, changedBy: scope.personId, changedAt: now });
      return ok({ version });
    });
    if (published.ok) forgetSettings();
    return published;
  });
}

/** Goes back to an earlier version: a new version with the same rules. */
export async function revertPolicy(
  scope: OperatorScope,
  { to, from, source }: { readonly to: number; readonly from: number; readonly source: string },
  ports: Ports = systemPorts,
): Promise<Result<{ readonly version: number }, PolicyRefusal>> {
  const [row] = await reader().select().from(routingPolicies).where(eq(routingPolicies.version, to));
  const read = routingPolicy.safeParse(row?.policy);
  if (!read.success) return err({ kind: 'no-such-version' });
  return publishPolicy(scope, { policy: read.data, from, source }, ports);
}

/** Every version, the newest first, with who made it and why. */
export async function listPolicyVersions(_scope: OperatorScope, limit = 20): Promise<readonly PolicyVersionView[]> {
  const rows = await reader()
    .select({ row: routingPolicies, name: people.name, email: people.email })
    .from(routingPolicies)
    .leftJoin(people, eq(people.id, routingPolicies.changedBy))
    .orderBy(desc(routingPolicies.version))
    .limit(limit);
  return rows.flatMap(({ row, name, email }): readonly PolicyVersionView[] => {
    const read = routingPolicy.safeParse(row.policy);
    const since: Instant = row.validFrom;
    // The first one nobody made: it has no reason of its own, and pages have words for it.
    const source = row.version === 1 && row.changedBy === null ? undefined : row.source;
    return read.success ? [{ version: row.version, policy: read.data, since, source, by: shownName({ name, email }) }] : [];
  });
}

function sameAs(column: unknown, policy: RoutingPolicy): boolean {
  const read = routingPolicy.safeParse(column);
  return read.success && JSON.stringify(read.data) === JSON.stringify(routingPolicy.parse(policy));
}
