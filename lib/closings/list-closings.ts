import { desc, eq, sql } from 'drizzle-orm';
import { closings, shops } from '@/db/schema';
import type { ShopScope } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { findCheck } from './check-closings';
import type { ClosingRow } from './closing-repository';
import { readClosing } from './closing-repository';
import type { ClosingView, ClosingsView } from './views';

const SHOWN = 12;

/** The closings of the merchant behind a shop, newest first, months before their days; and what was found when they were last looked through. */
export async function listClosings({ shopId }: ShopScope): Promise<ClosingsView> {
  const [shop] = await reader().select({ merchantId: shops.merchantId }).from(shops).where(eq(shops.id, shopId));
  if (!shop) return { rows: [], check: undefined };
  const [newestFirst, check] = await Promise.all([
    reader()
      .select()
      .from(closings)
      .where(eq(closings.merchantId, shop.merchantId))
      .orderBy(sql`${closings.content} ->> 'endsOn' desc`, desc(closings.period))
      .limit(SHOWN),
    findCheck(reader(), shop.merchantId),
  ]);
  return { rows: newestFirst.map((row) => viewOf(readClosing(row))), check };
}

function viewOf({ period, content, hash, closedAt }: ClosingRow): ClosingView {
  const { startsOn, endsOn, totals, perpetual } = content;
  return {
    period,
    startsOn,
    endsOn,
    grossMinor: totals.grossMinor,
    vatMinor: totals.vatMinor,
    documents: totals.invoices + totals.creditNotes,
    perpetualMinor: perpetual.grossMinor,
    hash,
    closedAt,
  };
}
