import type { MerchantId } from '@/lib/kernel';
import { dailyTotal } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';
import type { Year } from './year-facts';
import { listDocuments } from './year-facts';

const HEADER = ['day', 'category', 'currency', 'sales', 'rate_percent', 'net', 'vat'];

/** The category of goods sold by a trader who is taxed on them; services and the margin have others. */
const GOODS = 'TLB1';

/**
 * The totals a shop tells the tax office of its sales to consumers: for each day and rate, and how many sales. Amounts in euros with a point.
 * Guarantees: each day equals its documents, credit notes taken off. Source: ME-50; CGI 290, annex II 242 nonies M.
 */
export async function writeDailyTotals(from: Reader, merchantId: MerchantId, year: Year): Promise<string> {
  const days = Map.groupBy(await listDocuments(from, merchantId, year), ({ day }) => day);
  const rows = [...days]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([day, issued]) => {
      const { rates, sales } = dailyTotal(issued.map(({ content }) => content));
      return rates.map(({ rateBps, netMinor, vatMinor }) => [day, GOODS, 'EUR', sales, rateBps / 100, euros(netMinor), euros(vatMinor)]);
    });
  return [HEADER, ...rows]
    .map((row) => row.join(','))
    .join('\r\n')
    .concat('\r\n');
}

function euros(minorUnits: number): string {
  const sign = minorUnits < 0 ? '-' : '';
  const whole = Math.abs(minorUnits);
  return `${sign}${Math.trunc(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
}
