import { and, eq, gt, isNull, or } from 'drizzle-orm';
import { returnCases } from '@/db/schema';
import { shortName } from '@/lib/fulfilment';
import type { Result, ShopScope } from '@/lib/kernel';
import { DAY, err, ok, plusMs } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { loadShopBook } from '@/lib/shops';
import type { FindReturnRefusal } from './inspect-return';
import { findReturn } from './inspect-return';
import type { CardRow } from './read-cards';
import { readCards } from './read-cards';
import type { CounterReturnView, ShopReturnsView } from './views';

const DONE_KEPT_DAYS = 14;

/** What waits for a shop: returns of what it sold, and goods of others that it took in. Another shop's are not there. */
export async function listShopReturns({ shopId }: ShopScope, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<ShopReturnsView> {
  const now = clock.now();
  const book = await loadShopBook(now);
  const mine = or(eq(returnCases.shopId, shopId), eq(returnCases.chosenShopId, shopId), eq(returnCases.receivedShopId, shopId));
  const recent = or(isNull(returnCases.endedAt), gt(returnCases.endedAt, plusMs(now, -DONE_KEPT_DAYS * DAY)));
  const all = (await readCards(reader(), and(mine, recent), book)).map((row) => counterView(row, shopId));
  const going = (view: CounterReturnView) => view.lines.some((line) => line.destination === 'home' && line.backHomeAt === undefined);
  const isSent = (view: CounterReturnView) => view.lines.every((line) => line.destination !== 'home' || line.sentHomeAt !== undefined);
  const toDecide = all.filter((view) => view.state === 'received' && view.isOrigin);
  const toSendHome = all.filter((view) => view.endedAt !== undefined && !view.isOrigin && view.isHere && going(view) && !isSent(view));
  const comingHome = all.filter((view) => view.isOrigin && going(view));
  const expected = all.filter((view) => view.endedAt === undefined && view.receivedAt === undefined);
  const shown = new Set([...toDecide, ...toSendHome, ...comingHome, ...expected]);
  return {
    toDecide: toDecide.toSorted((a, b) => (a.refundDueOn ?? '9').localeCompare(b.refundDueOn ?? '9')),
    toSendHome,
    comingHome,
    expected,
    done: all.filter((view) => !shown.has(view)),
  };
}

/** The return a pass opens at this counter, with the name of whoever brings it. What this shop may not take is not shown. */
export async function getCounterReturn(
  scope: ShopScope,
  pass: string,
  ports: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<CounterReturnView, FindReturnRefusal>> {
  const found = await findReturn(scope, pass, ports);
  if (!found.ok) return found;
  const book = await loadShopBook(ports.clock.now());
  const [row] = await readCards(reader(), eq(returnCases.id, found.value.returnId), book, 1);
  return row ? ok(counterView(row, scope.shopId)) : err({ kind: 'wrong-pass' });
}

function counterView({ row, order, card }: CardRow, shopId: ShopScope['shopId']): CounterReturnView {
  return {
    ...card,
    shopperName: shortName(order.shopperName),
    isOrigin: row.shopId === shopId,
    isHere: row.receivedShopId === null || row.receivedShopId === shopId,
    reason: row.reason ?? undefined,
  };
}
