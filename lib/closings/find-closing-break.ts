import { closingPeriods } from '@/db/schema';
import { GENESIS_HASH, sealOf } from '@/lib/documents';
import type { MerchantId } from '@/lib/kernel';
import { instant } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import type { ClosingRow, HeadRow } from './closing-repository';
import { lastOf } from './closing-repository';
import { readDays } from './day-facts';
import { drawClosings } from './draw-closings';
import { dayAfter, momentOfDay } from './periods';
import { nothing } from './totals';
import type { ClosingBreak } from './views';

/** All of a merchant's closings with their heads, read together, and the city's zone in which its days begin. */
type Looking = {
  readonly merchantId: MerchantId;
  readonly made: readonly ClosingRow[];
  readonly heads: readonly HeadRow[];
  readonly timeZone: string;
};

/**
 * The first of a merchant's closings that is not what was closed: every seal is made again, and every total is added up anew from documents and ledger.
 * Undefined when all is well. A closing that was taken off the end is found by the head that is kept beside the series. A document that was changed, taken out or put in within a closed period is found, with or without its own seal.
 */
export async function findClosingBreak(from: Reader, { merchantId, made, heads, timeZone }: Looking): Promise<ClosingBreak | undefined> {
  for (const period of closingPeriods) {
    const last = lastOf(made, period);
    const head = heads.find((row) => row.period === period);
    const end = head ?? last;
    if (end && (head?.hash !== last?.hash || head?.sequence !== last?.sequence)) return { period, startsOn: end.startsOn, why: 'seal' };
  }
  const lastDay = lastOf(made, 'day');
  if (!lastDay) return undefined;
  const today = dayAfter(lastDay.startsOn);
  const days = await readDays(from, merchantId, { from: instant(0), to: momentOfDay(today, timeZone), timeZone });
  for (const period of closingPeriods) {
    const chain = made.filter((row) => row.period === period);
    const unsealed = chain.find((row, index) => !isSealed(row, chain[index - 1], index));
    if (unsealed) return { period, startsOn: unsealed.startsOn, why: 'seal' };
    const last = chain.at(-1);
    const drawn = last ? drawClosings(period, days, { today: dayAfter(last.content.endsOn), perpetual: nothing }) : [];
    const wrong = drawn.find((one, index) => !isSame(one, chain[index])) ?? chain[drawn.length];
    if (wrong) return { period, startsOn: wrong.startsOn, why: 'totals' };
  }
  return undefined;
}

function isSealed(row: ClosingRow, before: ClosingRow | undefined, index: number): boolean {
  const previous = before?.hash ?? GENESIS_HASH;
  return row.sequence === index + 1 && row.previousHash === previous && row.hash === sealOf(previous, row.content);
}

/** Told alike, whatever the order of their keys. */
function isSame(drawn: object, row: ClosingRow | undefined): boolean {
  if (!row) return false;
  const { merchant: _, ...content } = row.content;
  return sealOf('', drawn) === sealOf('', content);
}
