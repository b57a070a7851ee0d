import { eq } from 'drizzle-orm';
import { shops } from '@/db/schema';
import { writeArchive } from '@/lib/closings';
import type { MerchantId, OperatorScope, ShopScope } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { getCity } from '@/lib/shops';
import type { AccountFile } from './views';
import { writeDailyTotals } from './write-daily-totals';
import { fecName, writeFec } from './write-fec';
import { findMerchant, yearOf } from './year-facts';

export type WrittenFile = { readonly name: string; readonly contentType: string; readonly text: string };

/** A file for the accountant of the merchant behind a shop; undefined when there is no such merchant. */
export async function getAccountFile({ shopId }: ShopScope, file: AccountFile, year: number): Promise<WrittenFile | undefined> {
  const [shop] = await reader().select({ merchantId: shops.merchantId }).from(shops).where(eq(shops.id, shopId));
  return shop && writeAccountFile(shop.merchantId, file, year);
}

/** The same for whoever keeps the city's books, which are the archives it may have to show. */
export async function getCityArchive(_operator: OperatorScope, merchantId: MerchantId, year: number): Promise<WrittenFile | undefined> {
  return writeAccountFile(merchantId, 'archive', year);
}

/** The same for whoever holds the machine, by the merchant. */
export async function writeAccountFile(merchantId: MerchantId, file: AccountFile, year: number): Promise<WrittenFile | undefined> {
  const merchant = await findMerchant(reader(), merchantId);
  if (!merchant) return undefined;
  const span = yearOf(year, (await getCity()).timeZone);
  if (file === 'fec') {
    const text = await writeFec(reader(), merchantId, span);
    return { name: fecName(merchant, span), contentType: 'text/tab-separated-values; charset=utf-8', text };
  }
  if (file === 'archive') {
    const text = await writeArchive(reader(), merchantId, span);
    return { name: `halles-archive-${year}.jsonl`, contentType: 'application/jsonl; charset=utf-8', text };
  }
  const text = await writeDailyTotals(reader(), merchantId, span);
  return { name: `halles-daily-totals-${year}.csv`, contentType: 'text/csv; charset=utf-8', text };
}
