import type { Instant, OrderId, Result } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { withTransaction } from '@/lib/platform/transaction';
import { findCityVatRate } from './city-vat-rate';
import { insertTransactions, listOfOrder } from './ledger-repository';
import { orderDrafts } from './order-drafts';
import { lockOrderMoney } from './order-facts';

/**
 * Brings the ledger up to an order's facts: what was held, taken, let go, given back and earned, each once. Returns how many transactions
 * were new. Idempotent, and indifferent to the order in which messages come: the next call writes what the last one could not know.
 */
export async function postOrder(orderId: OrderId, ports: Ports = systemPorts): Promise<Result<{ readonly written: number }, never>> {
  return observed({ useCase: 'post-order', actor: 'system', ids: { orderId } }, () =>
    withTransaction(async (tx): Promise<Result<{ readonly written: number }, never>> => {
      const facts = await lockOrderMoney(tx, orderId);
      if (!facts) return ok({ written: 0 });
      const now = ports.clock.now();
      const vatRates = new Map<Instant, number>();
      for (const { earnedAt } of facts.parts) {
        if (earnedAt !== undefined && !vatRates.has(earnedAt)) vatRates.set(earnedAt, await findCityVatRate(tx, earnedAt));
      }
      const drafts = orderDrafts(facts, await listOfOrder(tx, orderId), (at) => vatRates.get(at) ?? 0);
      return ok({ written: await insertTransactions(tx, drafts, { now, ids: ports.ids }) });
    }),
  );
}
