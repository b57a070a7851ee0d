import { eq } from 'drizzle-orm';
import { closings, shops } from '@/db/schema';
import type { MerchantId, ShopScope, SystemScope } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { getCity } from '@/lib/shops';
import type { ClosingRow } from './closing-repository';
import { listAll } from './closing-repository';
import { findClosingBreak } from './find-closing-break';
import type { ClosingBreak, ClosingView, ClosingsView } from './views';

const SHOWN = 12;

/** The closings of the merchant behind a shop, newest first, months before their days; and whether all of them hold. */
export async function listClosings({ shopId }: ShopScope): Promise<ClosingsView> {
  const [shop] = await reader().select({ merchantId: shops.merchantId }).from(shops).where(eq(shops.id, shopId));
  if (!shop) return { rows: [], count: 0, broken: undefined };
  const made = await listAll(reader(), shop.merchantId);
  const { timeZone } = await getCity();
  const newestFirst = made.toSorted((a, b) => b.content.endsOn.localeCompare(a.content.endsOn) || b.period.localeCompare(a.period));
  return {
    rows: newestFirst.slice(0, SHOWN).map(viewOf),
    count: made.length,
    broken: await findClosingBreak(reader(), shop.merchantId, timeZone),
  };
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

/** Looks every merchant's closings through, for whoever holds the machine: what is not what was closed. */
export async function verifyClosings(
  _system: SystemScope,
): Promise<readonly { readonly merchantId: MerchantId; readonly closings: number; readonly broken: ClosingBreak | undefined }[]> {
  const { timeZone } = await getCity();
  const ids = await reader().selectDistinct({ merchantId: closings.merchantId }).from(closings).orderBy(closings.merchantId);
  const found = [];
  for (const { merchantId } of ids) {
    const made = await listAll(reader(), merchantId);
    found.push({ merchantId, closings: made.length, broken: await findClosingBreak(reader(), merchantId, timeZone) });
  }
  return found;
}
