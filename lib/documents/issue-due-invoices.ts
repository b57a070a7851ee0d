import { and, asc, eq, inArray, notExists, sql } from 'drizzle-orm';
import { documents, subOrders } from '@/db/schema';
import type { Instant, MerchantId, SubOrderId } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { issueInvoice } from './issue-invoice';

export type DueInvoice = { readonly subOrderId: SubOrderId; readonly merchantId: MerchantId; readonly suppliedAt: Instant };

/** Sub-orders whose goods have left the shop and whose invoice is not written yet, the longest waiting first. */
export async function listDueInvoices(limit: number): Promise<readonly DueInvoice[]> {
  const written = reader()
    .select({ one: sql`1` })
    .from(documents)
    .where(eq(documents.subOrderId, subOrders.id));
  return reader()
    .select({ subOrderId: subOrders.id, merchantId: subOrders.merchantId, suppliedAt: subOrders.stateChangedAt })
    .from(subOrders)
    .where(and(inArray(subOrders.state, ['handed-over', 'despatched', 'delivered']), eq(subOrders.isSetAside, false), notExists(written)))
    .orderBy(asc(subOrders.stateChangedAt), asc(subOrders.id))
    .limit(limit);
}

const BATCH = 100;

/**
 * Writes the invoices that are due: what a consumer could not write when the goods left (no mandate in force, say) is tried again.
 * Returns how many were written.
 */
export async function issueDueInvoices(ports: Ports = systemPorts): Promise<number> {
  let written = 0;
  for (const { subOrderId } of await listDueInvoices(BATCH)) {
    if ((await issueInvoice(subOrderId, ports)).ok) written += 1;
  }
  return written;
}
