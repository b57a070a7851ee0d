import { asc, eq, or } from 'drizzle-orm';
import { orders, subOrders } from '@/db/schema';
import type { SubOrderId, SystemScope } from '@/lib/kernel';
import { parseId } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { DocumentContent } from './content';
import { listOfSubOrder } from './document-repository';

/** A part of an order by its number, with its documents so far. */
export type NumberedDocuments = {
  readonly subOrderId: SubOrderId;
  readonly number: string;
  readonly documents: readonly DocumentContent[];
};

/** The parts an order's or a sub-order's number or id names, for whoever holds the machine; empty when it names nothing. */
export async function listNumberedDocuments(_system: SystemScope, name: string): Promise<readonly NumberedDocuments[]> {
  const parts = await reader()
    .select({ id: subOrders.id, number: subOrders.number })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(named(name))
    .orderBy(asc(subOrders.number));
  return Promise.all(
    parts.map(async ({ id, number }) => ({
      subOrderId: id,
      number,
      documents: (await listOfSubOrder(reader(), id)).map((document) => document.content),
    })),
  );
}

function named(name: string) {
  const orderId = parseId('order', name);
  if (orderId) return eq(orders.id, orderId);
  const subOrderId = parseId('subOrder', name);
  return subOrderId ? eq(subOrders.id, subOrderId) : or(eq(orders.number, name), eq(subOrders.number, name));
}
