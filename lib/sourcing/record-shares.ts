import { sql } from 'drizzle-orm';
import { orders, receivedShares, subOrders } from '@/db/schema';
import type { OrderId, Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import { withTransaction } from '@/lib/platform/transaction';

/** After a paid order: what each shop received, once. Fair shares are computed from these rows; a part that went elsewhere stays counted here. */
export async function recordShares(orderId: OrderId): Promise<void> {
  await observed({ useCase: 'record-shares', actor: 'system', ids: { orderId } }, () =>
    withTransaction(async (tx): Promise<Result<void, never>> => {
      await tx.execute(sql`insert into ${receivedShares} (order_id, shop_id, goods_minor, received_at)
        select p.order_id, p.shop_id, sum(p.goods_minor), o.paid_at from ${subOrders} p join ${orders} o on o.id = p.order_id
        where p.order_id = ${orderId} and o.paid_at is not null group by p.order_id, p.shop_id, o.paid_at
        on conflict do nothing`);
      return ok(undefined);
    }),
  );
}
