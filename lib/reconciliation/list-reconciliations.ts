import { desc, sql } from 'drizzle-orm';
import { reconciliationDifferences, reconciliations } from '@/db/schema';
import type { OperatorScope } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { entryKinds } from '@/lib/provider';
import type { DifferenceView, ReconciliationView } from './views';

const DAYS = 60;
const MOST = 500;

/** The days that were compared, newest first, and everything the two books did not agree on: open ones first. */
export async function listReconciliations(
  _scope: OperatorScope,
): Promise<{ readonly days: readonly ReconciliationView[]; readonly differences: readonly DifferenceView[] }> {
  const open = sql<number>`(select count(*) from ${reconciliationDifferences} d where d.provider = ${reconciliations.provider} and d.day = ${reconciliations.day} and d.resolved_at is null)::int`;
  const days = await reader()
    .select({
      day: reconciliations.day,
      provider: reconciliations.provider,
      ranAt: reconciliations.ranAt,
      compared: reconciliations.compared,
      theirsMinor: reconciliations.theirsMinor,
      oursMinor: reconciliations.oursMinor,
      open,
    })
    .from(reconciliations)
    .orderBy(desc(reconciliations.day))
    .limit(DAYS);
  const rows = await reader()
    .select()
    .from(reconciliationDifferences)
    .orderBy(sql`${reconciliationDifferences.resolvedAt} is not null`, desc(reconciliationDifferences.day))
    .limit(MOST);
  const differences = rows.flatMap((row) => {
    const entry = entryKinds.find((one) => one === row.entry);
    if (!entry) return [];
    const { day, reference, kind, foundAt } = row;
    return [
      {
        day,
        entry,
        reference,
        kind,
        foundAt,
        oursMinor: row.oursMinor ?? undefined,
        theirsMinor: row.theirsMinor ?? undefined,
        orderNumber: row.orderNumber ?? undefined,
        resolvedAt: row.resolvedAt ?? undefined,
        note: row.note ?? undefined,
      },
    ];
  });
  return { days, differences };
}
