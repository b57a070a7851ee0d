import { expireUnpaid } from '@/lib/checkout';
import { issueDueInvoices } from '@/lib/documents';
import { timeOutUnanswered } from '@/lib/fulfilment';
import { ageStock, expireHolds } from '@/lib/inventory';
import { MINUTE } from '@/lib/kernel';
import { meetCaptureDeadlines } from '@/lib/payments';
import { log, logError } from '@/lib/platform/log';
import { forgetSearchChanges } from '@/lib/search';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { expireShelfChecks } from '@/lib/shelves';

type Round = { readonly name: string; readonly go: (ports: Ports) => Promise<number> };

/** What time alone makes due, in the order in which one frees something for the next. */
const rounds: readonly Round[] = [
  { name: 'expire-holds', go: ({ clock }) => expireHolds(clock.now()) },
  { name: 'expire-unpaid', go: (ports) => expireUnpaid(ports.clock.now(), ports) },
  { name: 'time-out-unanswered', go: (ports) => timeOutUnanswered(ports) },
  { name: 'issue-due-invoices', go: (ports) => issueDueInvoices(ports) },
  { name: 'expire-shelf-checks', go: (ports) => expireShelfChecks(ports) },
  { name: 'age-stock', go: (ports) => ageStock(Math.floor(ports.clock.now() / MINUTE), ports) },
  { name: 'forget-search-changes', go: ({ clock }) => forgetSearchChanges(clock.now()) },
  { name: 'meet-capture-deadlines', go: (ports) => meetCaptureDeadlines(ports) },
];

/** Goes round once. One round that fails does not keep the others from being made; the next minute tries again. */
export async function goRound(ports: Ports = systemPorts): Promise<Readonly<Record<string, number>>> {
  const done: Record<string, number> = {};
  for (const { name, go } of rounds) {
    try {
      done[name] = await go(ports);
    } catch (error) {
      logError(`round ${name}`, error);
    }
  }
  if (Object.values(done).some((count) => count > 0)) log.info({ useCase: 'go-round', ...done }, 'go-round');
  return done;
}
