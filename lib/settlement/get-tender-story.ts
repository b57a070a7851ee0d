import { and, eq } from 'drizzle-orm';
import { orderLines, orders, returnCredits, subOrders } from '@/db/schema';
import { listOwed } from '@/lib/fulfilment';
import type { OrderId, OrderScope } from '@/lib/kernel';
import { minor, sumMinor } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { reader } from '@/lib/platform/transaction';
import { listTendersOf } from '@/lib/wallet';
import type { LineBackView, TenderStoryView } from './views';

const noStory: TenderStoryView = { tenders: [], back: [] };

/**
 * What vouchers paid of an order, and where the money of each line that came back went: to which voucher, and to the card. Also what is due
 * back and on its way. One statement where no voucher pays; nothing to tell then.
 */
export async function getTenderStory({ orderId }: OrderScope): Promise<TenderStoryView> {
  const [order] = await reader().select({ tenderedMinor: orders.tenderedMinor }).from(orders).where(eq(orders.id, orderId));
  if (!order || order.tenderedMinor === 0) return noStory;
  const [tenders, owed, credits] = await Promise.all([
    listTendersOf(reader(), orderId),
    listOwed(reader(), orderId),
    listCredits(reader(), orderId),
  ]);
  const standings = owed.flatMap((share) => share.tenders);
  const back = [...Map.groupBy(credits, ({ position }) => position)].flatMap(([position, own]): readonly LineBackView[] => {
    const amountMinor = sumMinor(own.map((credit) => credit.amountMinor));
    const vouchers = standings.flatMap((one) => {
      const tender = tenders.find(({ tenderId }) => tenderId === one.tenderId);
      const backMinor = minor(one.servedMinor - one.owedMinor);
      return one.position !== position || backMinor === 0 || !tender
        ? []
        : [{ name: tender.name, codeEnd: tender.codeEnd, amountMinor: backMinor }];
    });
    const cardMinor = minor(amountMinor - sumMinor(vouchers.map((voucher) => voucher.amountMinor)));
    return amountMinor === 0
      ? []
      : [{ lineId: own[0]?.lineId ?? undefined, title: own[0]?.title ?? undefined, amountMinor, vouchers, cardMinor }];
  });
  return { tenders, back };
}

/** What came back of what was taken, line by line; no line for a delivery. */
async function listCredits(from: Reader, orderId: OrderId) {
  const rows = await from
    .select({
      subOrderId: returnCredits.subOrderId,
      lineId: returnCredits.lineId,
      title: orderLines.title,
      amountMinor: returnCredits.shopperMinor,
    })
    .from(returnCredits)
    .innerJoin(subOrders, eq(subOrders.id, returnCredits.subOrderId))
    .leftJoin(orderLines, eq(orderLines.id, returnCredits.lineId))
    .where(and(eq(subOrders.orderId, orderId), eq(returnCredits.isBeforeCapture, false)))
    .orderBy(returnCredits.createdAt, returnCredits.id);
  return rows.map((row) => ({ ...row, position: row.lineId ?? row.subOrderId }));
}
