import { desc, eq, inArray } from 'drizzle-orm';
import { disputeParts, disputes, merchants, orders, shops, subOrders } from '@/db/schema';
import type { OperatorScope } from '@/lib/kernel';
import { minor, sumMinor } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { DisputeView } from './views';

const MOST = 200;

/** Every dispute, newest first, with whose part of it is how much. */
export async function listDisputes(_scope: OperatorScope): Promise<readonly DisputeView[]> {
  const rows = await reader()
    .select({ dispute: disputes, orderNumber: orders.number })
    .from(disputes)
    .innerJoin(orders, eq(orders.id, disputes.orderId))
    .orderBy(desc(disputes.openedAt))
    .limit(MOST);
  const ids = rows.map(({ dispute }) => dispute.id);
  const parts =
    ids.length === 0
      ? []
      : await reader()
          .select({ part: disputeParts, number: subOrders.number, shopName: shops.name, merchantName: merchants.legalName })
          .from(disputeParts)
          .innerJoin(subOrders, eq(subOrders.id, disputeParts.subOrderId))
          .innerJoin(shops, eq(shops.id, subOrders.shopId))
          .innerJoin(merchants, eq(merchants.id, disputeParts.merchantId))
          .where(inArray(disputeParts.disputeId, ids))
          .orderBy(subOrders.number);
  return rows.map(({ dispute, orderNumber }) => {
    const own = parts.filter(({ part }) => part.disputeId === dispute.id);
    const borne = sumMinor(own.map(({ part }) => part.amountMinor));
    return {
      disputeId: dispute.id,
      orderId: dispute.orderId,
      orderNumber,
      reason: dispute.reason,
      state: dispute.state,
      amountMinor: dispute.amountMinor,
      feeMinor: dispute.feeMinor,
      cityMinor: minor(dispute.amountMinor - borne),
      answerBy: dispute.answerBy ?? undefined,
      openedAt: dispute.openedAt,
      closedAt: dispute.closedAt ?? undefined,
      parts: own.map(({ part, number, shopName, merchantName }) => ({
        number,
        shopName,
        merchantName,
        amountMinor: part.amountMinor,
        bearer: part.bearer,
      })),
    };
  });
}
