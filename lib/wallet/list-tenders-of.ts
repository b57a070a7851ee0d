import { asc, eq } from 'drizzle-orm';
import { orderTenders, voucherIssuers, voucherSeries, vouchers } from '@/db/schema';
import type { OrderId } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import type { TenderView } from './views';

/** The vouchers that pay an order, in the order in which they pay, with what was held, taken and given back of each. */
export async function listTendersOf(from: Reader, orderId: OrderId): Promise<readonly TenderView[]> {
  const { id: tenderId, state, amountMinor, capturedMinor, returnedMinor } = orderTenders;
  return from
    .select({
      tenderId,
      name: voucherSeries.name,
      issuerName: voucherIssuers.name,
      codeEnd: vouchers.codeEnd,
      state,
      amountMinor,
      capturedMinor,
      returnedMinor,
    })
    .from(orderTenders)
    .innerJoin(vouchers, eq(vouchers.id, orderTenders.voucherId))
    .innerJoin(voucherSeries, eq(voucherSeries.id, vouchers.seriesId))
    .innerJoin(voucherIssuers, eq(voucherIssuers.id, voucherSeries.issuerId))
    .where(eq(orderTenders.orderId, orderId))
    .orderBy(asc(orderTenders.id));
}
