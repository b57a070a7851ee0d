import { and, eq } from 'drizzle-orm';
import { returnCases, returnLines, shops, subOrders } from '@/db/schema';
import type { Result, ReturnId } from '@/lib/kernel';
import { ok, sumMinor } from '@/lib/kernel';
import { posting } from '@/lib/oms';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import { insertTransactions } from './ledger-repository';

/**
 * Writes what a shop pays for goods another shop sold and that it bought when they came back to it, on both merchants' accounts, once.
 * Returns how many transactions were new.
 */
export async function postReturn(returnId: ReturnId, ports: Ports = systemPorts): Promise<Result<{ readonly written: number }, never>> {
  return observed({ useCase: 'post-return', actor: 'system', ids: { returnId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly written: number }, never>> => {
      const rows = await tx
        .select({ row: returnCases, priceMinor: returnLines.clearingMinor, origin: subOrders.merchantId, buyer: shops.merchantId })
        .from(returnCases)
        .innerJoin(returnLines, and(eq(returnLines.returnId, returnCases.id), eq(returnLines.destination, 'bought')))
        .innerJoin(subOrders, eq(subOrders.id, returnCases.subOrderId))
        .innerJoin(shops, eq(shops.id, returnCases.receivedShopId))
        .where(eq(returnCases.id, returnId));
      const [first] = rows;
      const priceMinor = sumMinor(rows.map((row) => row.priceMinor));
      if (!first || priceMinor === 0) return ok({ written: 0 });
      const { row, origin, buyer } = first;
      const now = ports.clock.now();
      const bought = posting.returnBought(row.id, { origin, buyer }, priceMinor);
      const about = { orderId: row.orderId, subOrderId: row.subOrderId, occurredAt: row.endedAt ?? now };
      const drafts = [
        { ...bought.origin, ...about, merchantId: origin, cause: `return-sold:${row.id}` },
        { ...bought.buyer, ...about, merchantId: buyer, cause: `return-bought:${row.id}` },
      ];
      return ok({ written: await insertTransactions(tx, drafts, { now, ids: ports.ids }) });
    }),
  );
}
