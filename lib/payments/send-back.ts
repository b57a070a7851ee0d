import { eq, sql } from 'drizzle-orm';
import { orders, payments, subOrders } from '@/db/schema';
import { providerNamed } from '@/lib/intents';
import type { OrderId, Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { letFormerGo, listOrdersToLeave } from './former-intents';
import type { PaymentState } from './payment-state';
import { settleReport } from './settle-report';

const BATCH = 100;

/** Came by bank transfer, and is neither taken nor sent back. */
const lies = sql`${payments.arrivedMinor} > ${payments.sentBackMinor} + ${payments.capturedMinor}`;

/** The payment has ended, or its order has before it was paid: nothing is waited for any more. */
const isOver = sql`(${payments.state} in ('captured', 'voided') or (${payments.state} not in ('authorised') and not exists (
  select from ${subOrders} where ${subOrders.orderId} = ${payments.orderId} and ${subOrders.state} not in ('expired', 'cancelled'))))`;

/**
 * Sends back what came by bank transfer and pays for nothing: after the order had ended, too little in time, twice, too much after it was taken, or to
 * an intent the shopper had turned away from. It follows from what is known of the payment alone, so a run that was cut short is carried on by the
 * next. Returns how many orders were looked after.
 */
export async function sendBackLeftovers(ports: Ports = systemPorts): Promise<number> {
  const over = await reader()
    .select({ orderId: payments.orderId })
    .from(payments)
    .where(sql`${lies} and ${isOver}`)
    .limit(BATCH);
  for (const { orderId } of over) await sendBack(orderId, ports);
  const left = await listOrdersToLeave(BATCH);
  for (const orderId of left) await letFormerGo(orderId, ports);
  return over.length + left.length;
}

async function sendBack(orderId: OrderId, ports: Ports): Promise<void> {
  await observed({ useCase: 'send-back', actor: 'system', ids: { orderId } }, async (): Promise<Result<void, never>> => {
    const [row] = await reader()
      .select({ payment: payments, isReplayed: orders.isReplayed })
      .from(payments)
      .innerJoin(orders, eq(orders.id, payments.orderId))
      .where(eq(payments.orderId, orderId));
    const reference = row?.payment.providerReference;
    if (!row || !reference) return ok(undefined);
    const { payment, isReplayed } = row;
    const intent = await providerNamed(payment.provider, { clock: ports.clock, isReplayed }).cancel(reference, `cancel-${payment.id}`);
    await withTransaction(async (tx): Promise<Result<PaymentState, never>> => ok(await settleReport(tx, orderId, intent, ports)));
    return ok(undefined);
  });
}
