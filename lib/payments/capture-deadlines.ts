import { and, eq, lte } from 'drizzle-orm';
import { payments } from '@/db/schema';
import { timeOutOrder } from '@/lib/fulfilment';
import { DAY, plusMs } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { capturePayment } from './capture-payment';

const BATCH = 100;

/**
 * Held money lapses by itself: a day before, whoever has not answered is not waited for any more and the rest is taken (architecture §5).
 * Also carries on captures that a crash left half done. Returns how many payments were looked after.
 */
export async function meetCaptureDeadlines(ports: Ports = systemPorts): Promise<number> {
  const due = await reader()
    .select({ orderId: payments.orderId })
    .from(payments)
    .where(and(eq(payments.state, 'authorised'), lte(payments.captureBefore, plusMs(ports.clock.now(), DAY))))
    .limit(BATCH);
  for (const { orderId } of due) {
    await timeOutOrder(orderId, ports);
    await capturePayment(orderId, ports);
  }
  return due.length;
}
