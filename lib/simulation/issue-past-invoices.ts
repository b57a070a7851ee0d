import { issueInvoice, listDueInvoices } from '@/lib/documents';
import type { Replay } from './replay-step';
import { portsAt } from './replay-step';

/** Lanes of merchants: a series is written in ascending time, two series have nothing to do with each other. */
const LANES = 6;
const ALL = 1_000_000;

/** Writes the invoices of the replayed history, each at the moment its goods changed hands. */
export async function issuePastInvoices({ seed }: Pick<Replay, 'seed'>): Promise<void> {
  const merchants = [...Map.groupBy(await listDueInvoices(ALL), (due) => due.merchantId).values()];
  const work = async (): Promise<void> => {
    for (let series = merchants.shift(); series !== undefined; series = merchants.shift()) {
      for (const { subOrderId, suppliedAt } of series) await issueInvoice(subOrderId, portsAt(seed, `invoice-${subOrderId}`, suppliedAt));
    }
  };
  await Promise.all(Array.from({ length: LANES }, work));
}
