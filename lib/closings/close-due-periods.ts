import { sql } from 'drizzle-orm';
import { closingHeads, closingPeriods, closings, documents, ledgerTransactions, merchants } from '@/db/schema';
import type { Instant, MerchantId } from '@/lib/kernel';
import { HOUR, dayKey, instant, plusMs } from '@/lib/kernel';
import { forEachMerchant } from '@/lib/platform/for-each-merchant';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Reader, Tx } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import { getCity } from '@/lib/shops';
import { insertClosings, lastOf, listOpen, lockMerchant } from './closing-repository';
import type { DayFacts } from './day-facts';
import { readDays } from './day-facts';
import { drawClosings } from './draw-closings';
import { dayAfter, momentOfDay, periodOf } from './periods';
import { nothing } from './totals';

/** Whatever was being written when a day ended is written by then. */
const GRACE_MS = HOUR;

/**
 * Closes every day, month and year that is over and in which a merchant had documents or money, for good. Once, in order, however many workers try;
 * who was away for a week closes each of its days. Returns how many closings were written.
 */
export async function closeDuePeriods(ports: Ports = systemPorts): Promise<number> {
  const { timeZone } = await getCity();
  const today = dayKey(plusMs(ports.clock.now(), -GRACE_MS), timeZone);
  const due = await listDue(reader(), today, timeZone);
  return forEachMerchant('close-due-periods', due, (tx, merchantId) =>
    closeMerchant(tx, merchantId, { today, timeZone, now: ports.clock.now() }),
  );
}

/** Merchants with something in a day that is over and not closed, or with closed days in a month or year that is. */
async function listDue(from: Reader, today: string, timeZone: string): Promise<readonly MerchantId[]> {
  const midnight = momentOfDay(today, timeZone);
  const since = sql`coalesce(((select max(${closings.startsOn}) from ${closings} where ${closings.merchantId} = ${merchants.id} and ${closings.period} = 'day') + 1)::timestamp at time zone ${timeZone}, '-infinity')`;
  const before = sql`${new Date(midnight).toISOString()}::timestamptz`;
  // Whatever is before the last closed month or year is closed with it: only days after it are looked at.
  const open = (unit: 'month' | 'year') => sql`exists (
    select 1 from ${closings} day where day.merchant_id = ${merchants.id} and day.period = 'day' and day.starts_on < date_trunc(${unit}, ${today}::date)
      and day.starts_on >= coalesce((select head.starts_on + ${unit === 'month' ? sql`interval '1 month'` : sql`interval '1 year'`} from ${closingHeads} head
        where head.merchant_id = ${merchants.id} and head.period = ${unit}), '-infinity'))`;
  const rows = await from
    .select({ merchantId: merchants.id })
    .from(merchants)
    .where(
      sql`exists (select 1 from ${documents} where ${documents.merchantId} = ${merchants.id} and ${documents.issuedAt} < ${before} and ${documents.issuedAt} >= ${since})
        or exists (select 1 from ${ledgerTransactions} where ${ledgerTransactions.merchantId} = ${merchants.id} and ${ledgerTransactions.recordedAt} < ${before} and ${ledgerTransactions.recordedAt} >= ${since})
        or ${open('month')} or ${open('year')}`,
    )
    .orderBy(merchants.id);
  return rows.map((row) => row.merchantId);
}

type Closing = { readonly today: string; readonly timeZone: string; readonly now: Instant };

async function closeMerchant(tx: Tx, merchantId: MerchantId, { today, timeZone, now }: Closing): Promise<number> {
  const merchant = await lockMerchant(tx, merchantId);
  const made = await listOpen(tx, merchantId);
  const lastDay = lastOf(made, 'day');
  const from = lastDay ? momentOfDay(dayAfter(lastDay.startsOn), timeZone) : instant(0);
  const fresh = await readDays(tx, merchantId, { from, to: momentOfDay(today, timeZone), timeZone });
  const known = made.filter((row) => row.period === 'day').map((row): [string, DayFacts] => [row.startsOn, row.content]);
  const days = new Map([...known, ...fresh]);
  let written = 0;
  for (const period of closingPeriods) {
    const last = lastOf(made, period);
    const after = last ? periodOf(period, last.startsOn).endsOn : '';
    const open = new Map([...days].filter(([day]) => day > after));
    const drawn = drawClosings(period, open, { today, perpetual: last?.content.perpetual ?? nothing });
    await insertClosings(tx, drawn, last, { merchantId, merchant, now });
    written += drawn.length;
  }
  return written;
}
