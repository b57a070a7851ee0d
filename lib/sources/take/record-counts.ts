import { and, eq, inArray, sql } from 'drizzle-orm';
import { sourceItems } from '@/db/schema';
import type { StockBatchRow } from '@/lib/inventory';
import { LARGEST_BATCH, LARGEST_COUNT, recordStockBatch } from '@/lib/inventory';
import type { Instant } from '@/lib/kernel';
import { HOUR, instant, invariant } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { ConnectionRow } from '../connection-row';
import { effectiveGrade } from '../effective-grade';

/** A count as its source told it, and when it was true, by our clock. */
type SourceCount = { readonly stockRef: string; readonly quantity: number; readonly asOf: Instant; readonly key: string };

/** A figure that did not change is told again after so long: it is as fresh as the last question (ADR 0041). */
const RETELL_MS = 6 * HOUR;

/** Tills may run below zero, and sell by the half: what is on a shelf is whole and not less than nothing. */
const onShelf = (quantity: number): number => Math.min(LARGEST_COUNT, Math.max(0, Math.floor(quantity)));

/**
 * Tells the stock ledger what a source counted, each as a count at its instant and under the source's grade; what did not change is not
 * repeated before its time. The same count again is the same count. Gives how many figures were new or other than before.
 */
export async function recordCounts(row: ConnectionRow, counts: readonly SourceCount[], ports: Ports): Promise<number> {
  if (counts.length === 0) return 0;
  invariant(counts.length <= LARGEST_BATCH, 'a page is smaller than a batch');
  const last = new Map(counts.toSorted((a, b) => a.asOf - b.asOf).map((count) => [count.stockRef, count]));
  const items = await reader()
    .select()
    .from(sourceItems)
    .where(and(eq(sourceItems.connectionId, row.id), inArray(sourceItems.stockRef, [...last.keys()])));
  const told: { readonly externalId: string; readonly quantity: number; readonly asOf: Instant }[] = [];
  let changed = 0;
  const rows = items.flatMap(({ offerId, stockRef, externalId, toldQuantity, toldAt }): readonly StockBatchRow[] => {
    const count = last.get(stockRef);
    if (count === undefined || offerId === null) return [];
    const quantity = onShelf(count.quantity);
    if (quantity === toldQuantity && toldAt !== null && count.asOf - toldAt < RETELL_MS) return [];
    if (quantity !== toldQuantity) changed += 1;
    if (toldAt === null || count.asOf >= toldAt) told.push({ externalId, quantity, asOf: count.asOf });
    return [{ of: { offerId }, kind: 'count', quantity, occurredAt: count.asOf, key: `${externalId}:${count.key}` }];
  });
  if (rows.length === 0) return 0;
  const batch = { shopId: row.shopId, source: `source:${row.id}`, grade: effectiveGrade(row), rows };
  const recorded = await recordStockBatch({ kind: 'shop', id: row.personId }, batch, ports);
  invariant(recorded.ok, 'a page is smaller than a batch');
  await rememberTold(row, told);
  return changed;
}

async function rememberTold(
  { id }: ConnectionRow,
  told: readonly { readonly externalId: string; readonly quantity: number; readonly asOf: Instant }[],
): Promise<void> {
  const rows = told.map(({ externalId, quantity, asOf }) => ({ id: externalId, quantity, at: new Date(asOf).toISOString() }));
  await reader().execute(sql`
    update ${sourceItems} i set told_quantity = x.quantity, told_at = x.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id text, quantity int, at timestamptz)
    where i.connection_id = ${id} and i.external_id = x.id and (i.told_at is null or i.told_at <= x.at)`);
}

/** The middle one of these ages, in whole milliseconds; undefined when there is none. */
export function medianAge(ages: readonly number[]): number | undefined {
  const sorted = ages.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle === undefined ? undefined : instant(Math.max(0, Math.round(middle)));
}
