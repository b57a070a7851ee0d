import { and, eq, inArray, isNull, lt, lte, ne, or, isNotNull } from 'drizzle-orm';
import { returnCases } from '@/db/schema';
import type { CalendarDay } from '@/lib/oms';
import type { Instant, Result, ReturnId } from '@/lib/kernel';
import { DAY, dayKey, ok, plusMs } from '@/lib/kernel';
import { refundDueOn } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { Tx } from '@/lib/platform/transaction';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { getCity, loadShopBook } from '@/lib/shops';
import type { By, LockedCase } from './return-repository';
import { advance, amend, lockById } from './return-repository';
import { settle } from './settle-return';

const BATCH = 100;
/** A withdrawal that was not followed by its goods is reminded of this long before its time. */
const REMIND_BEFORE_DAYS = 4;
/** No refund is due earlier than so long after its statement. */
const EARLIEST_DUE_DAYS = 13;

/** The last day on which a return's money must be given; undefined while it may wait for the goods, or is nobody's right yet. */
export function refundDue(
  { cause, statedAt, sentBackAt, receivedAt }: Pick<typeof returnCases.$inferSelect, 'cause' | 'statedAt' | 'sentBackAt' | 'receivedAt'>,
  timeZone: string,
): CalendarDay | undefined {
  if (cause !== 'withdrawal') return undefined;
  const dayOf = (at: Instant | null) => (at === null ? null : dayKey(at, timeZone));
  return refundDueOn({ statedOn: dayKey(statedAt, timeZone), sentBackOn: dayOf(sentBackAt), receivedOn: dayOf(receivedAt) });
}

/**
 * Gives the money of withdrawals whose last day has come and that nobody decided: the law does not wait for a counter (BO-12). On a proof of
 * despatch alone no goods are counted anywhere. Says how many.
 */
export async function settleDueReturns(ports: Ports = systemPorts): Promise<number> {
  const now = ports.clock.now();
  const { timeZone } = await getCity();
  const open = await reader()
    .select()
    .from(returnCases)
    .where(
      and(
        eq(returnCases.cause, 'withdrawal'),
        isNull(returnCases.endedAt),
        lt(returnCases.statedAt, plusMs(now, -EARLIEST_DUE_DAYS * DAY)),
        or(isNotNull(returnCases.sentBackAt), isNotNull(returnCases.receivedAt)),
      ),
    )
    .orderBy(returnCases.statedAt)
    .limit(BATCH);
  const due = open.filter((row) => (refundDue(row, timeZone) ?? '9999') <= dayKey(now, timeZone));
  return each(due, 'settle-due-return', ports, async (tx, row, by) => {
    const settling = { open: row, book: await loadShopBook(now, tx), hasGoods: row.receivedAt !== null };
    return (await settle(tx, settling, by, ports)).ok;
  });
}

/** Reminds, once, of goods that should be on their way: the refund waits for them. */
export async function remindOfReturns(ports: Ports = systemPorts): Promise<number> {
  const now = ports.clock.now();
  const late = await reader()
    .select()
    .from(returnCases)
    .where(
      and(
        eq(returnCases.state, 'accepted'),
        isNull(returnCases.remindedAt),
        lte(returnCases.bringBy, plusMs(now, REMIND_BEFORE_DAYS * DAY)),
      ),
    )
    .limit(BATCH);
  return each(late, 'remind-of-return', ports, async (tx, row, by) => {
    if (row.state !== 'accepted' || row.remindedAt !== null) return false;
    await amend(tx, row, { event: 'remind', set: { remindedAt: now } }, by);
    return true;
  });
}

/**
 * Closes claims and exchanges nobody came with. A withdrawal is never closed by time alone: the contract is ended, and whenever the goods
 * come the money is due.
 */
export async function dropForgottenReturns(ports: Ports = systemPorts): Promise<number> {
  const now = ports.clock.now();
  const forgotten = await reader()
    .select()
    .from(returnCases)
    .where(and(ne(returnCases.cause, 'withdrawal'), inArray(returnCases.state, ['stated', 'accepted']), lt(returnCases.bringBy, now)))
    .limit(BATCH);
  return each(forgotten, 'drop-forgotten-return', ports, async (tx, row, by) => {
    return (await advance(tx, row, { event: 'drop', detail: { by: 'time' } }, by)).ok;
  });
}

type Work = (tx: Tx, row: LockedCase, by: By) => Promise<boolean>;

/** One transaction each, so that one that fails keeps none of the others. */
async function each(rows: readonly { readonly id: ReturnId }[], useCase: string, ports: Ports, work: Work): Promise<number> {
  let done = 0;
  for (const { id: returnId } of rows) {
    const outcome = await observed({ useCase, actor: 'system', ids: { returnId } }, () =>
      withTransaction(async (tx): Promise<Result<boolean, never>> => {
        const row = await lockById(tx, returnId);
        if (!row || row.endedAt !== null) return ok(false);
        const by: By = { actor: { kind: 'system', id: undefined }, now: ports.clock.now(), ids: ports.ids, quietly: row.isReplayed };
        return ok(await work(tx, row, by));
      }),
    );
    if (outcome.ok && outcome.value) done += 1;
  }
  return done;
}
