import type { MerchantId, SystemScope } from '@/lib/kernel';
import { dayKey, minor, sumMinor } from '@/lib/kernel';
import { considerationOf, isReportedMerchant } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';
import type { MerchantYearView } from './views';
import type { MerchantMove, Year } from './year-facts';
import { findMerchant, listMoves } from './year-facts';

/** Every merchant's year for the report of merchants, by quarter; whoever sold nothing is not in it. Source: OP-23; golden cases D1, D2. */
export async function listMerchantYears(from: Reader, _scope: SystemScope, year: Year): Promise<readonly MerchantYearView[]> {
  const sold = (await listMoves(from, year)).filter(({ kind }) => kind === 'earned' || kind === 'refunded');
  const views: MerchantYearView[] = [];
  for (const [merchantId, moves] of Map.groupBy(sold, (move) => move.merchantId)) views.push(await viewOf(from, merchantId, moves, year));
  return views.toSorted((a, b) => (a.merchantId < b.merchantId ? -1 : 1));
}

async function viewOf(from: Reader, merchantId: MerchantId, moves: readonly MerchantMove[], year: Year): Promise<MerchantYearView> {
  const quarters = [1, 2, 3, 4].map((quarter) => {
    const own = moves.filter((move) => quarterOf(dayKey(move.occurredAt, year.timeZone)) === quarter);
    const [fee, feeVat] = [sumMinor(own.map((move) => move.feeMinor)), sumMinor(own.map((move) => move.feeVatMinor))];
    const gross = minor(sumMinor(own.map((move) => move.netMinor)) + fee + feeVat);
    return {
      sales: own.filter(({ kind }) => kind === 'earned').length,
      considerationMinor: considerationOf(gross, fee, feeVat),
      feesMinor: minor(fee + feeVat),
    };
  });
  const sales = quarters.reduce((sum, quarter) => sum + quarter.sales, 0);
  const considerationMinor = sumMinor(quarters.map((quarter) => quarter.considerationMinor));
  const name = (await findMerchant(from, merchantId))?.legalName ?? '';
  return { merchantId, name, quarters, isReported: isReportedMerchant({ activity: 'goods', sales, considerationMinor }) };
}

const quarterOf = (day: string): number => Math.ceil(Number(day.slice(5, 7)) / 3);
