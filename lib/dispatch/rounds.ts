import { tellWaiting } from '@/lib/alerts';
import { issueFeeDocuments, verifyDueFees } from '@/lib/billing';
import { expireUnpaid } from '@/lib/checkout';
import { forgetGtinAnswers } from '@/lib/catalogue';
import { closeDuePeriods, verifyDueClosings } from '@/lib/closings';
import { issueDueInvoices, issueDueReturnNotes } from '@/lib/documents';
import { escalateSilent } from '@/lib/escalation';
import { endOverdueCarries, endOverdueRescues, endUncollected, serveWaiting, timeOutUnanswered } from '@/lib/fulfilment';
import { ageStock, expireHolds } from '@/lib/inventory';
import { MINUTE } from '@/lib/kernel';
import { remindKeptUntil } from '@/lib/messaging';
import { meetCaptureDeadlines, sendBackLeftovers } from '@/lib/payments';
import { announceDuePictures } from '@/lib/pictures';
import { deliverPushes } from '@/lib/push';
import { dropForgottenReturns, remindOfReturns, settleDueReturns } from '@/lib/returns';
import { payOut, sendPayouts, sendTransfers } from '@/lib/payouts';
import { reconcileYesterday } from '@/lib/reconciliation';
import { sendSettlements, settleVouchers } from '@/lib/settlement';
import { log, logError } from '@/lib/platform/log';
import { forgetSearchChanges } from '@/lib/search';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { expireRequests } from '@/lib/requests';
import { expireShelfChecks } from '@/lib/shelves';
import { askDueSources } from '@/lib/sources';

type Round = { readonly name: string; readonly go: (ports: Ports) => Promise<number> };

/** What somebody waits for to the second: an answer that did not come, a decision that was not taken, units that are back. */
const pressing: readonly Round[] = [
  { name: 'time-out-unanswered', go: (ports) => timeOutUnanswered(ports) },
  { name: 'end-overdue-carries', go: (ports) => endOverdueCarries(ports) },
  { name: 'end-overdue-rescues', go: (ports) => endOverdueRescues(ports) },
  { name: 'serve-waiting', go: (ports) => serveWaiting(ports) },
];

/** What time alone makes due, in the order in which one frees something for the next. */
const rounds: readonly Round[] = [
  { name: 'expire-holds', go: ({ clock }) => expireHolds(clock.now()) },
  { name: 'expire-unpaid', go: (ports) => expireUnpaid(ports.clock.now(), ports) },
  ...pressing,
  { name: 'escalate-silent', go: (ports) => escalateSilent(ports) },
  { name: 'deliver-pushes', go: (ports) => deliverPushes(ports) },
  { name: 'remind-kept-until', go: (ports) => remindKeptUntil(ports) },
  { name: 'end-uncollected', go: (ports) => endUncollected(ports) },
  { name: 'settle-due-returns', go: (ports) => settleDueReturns(ports) },
  { name: 'remind-of-returns', go: (ports) => remindOfReturns(ports) },
  { name: 'drop-forgotten-returns', go: (ports) => dropForgottenReturns(ports) },
  { name: 'ask-due-sources', go: (ports) => askDueSources(ports) },
  { name: 'announce-due-pictures', go: (ports) => announceDuePictures(ports) },
  { name: 'expire-shelf-checks', go: (ports) => expireShelfChecks(ports) },
  { name: 'expire-requests', go: (ports) => expireRequests(ports) },
  { name: 'age-stock', go: (ports) => ageStock(Math.floor(ports.clock.now() / MINUTE), ports) },
  { name: 'tell-waiting', go: (ports) => tellWaiting(ports) },
  { name: 'meet-capture-deadlines', go: (ports) => meetCaptureDeadlines(ports) },
  { name: 'send-back-leftovers', go: (ports) => sendBackLeftovers(ports) },
];

/** What may be a quarter of an hour late: it catches up with what a consumer could not do, or is due once a day. */
const slow: readonly Round[] = [
  { name: 'settle-vouchers', go: (ports) => settleVouchers(ports) },
  { name: 'send-settlements', go: (ports) => sendSettlements(ports) },
  { name: 'send-transfers', go: (ports) => sendTransfers(ports) },
  { name: 'pay-out', go: (ports) => payOut(ports) },
  { name: 'send-payouts', go: (ports) => sendPayouts(ports) },
  { name: 'reconcile', go: (ports) => reconcileYesterday(ports) },
  { name: 'issue-due-invoices', go: (ports) => issueDueInvoices(ports) },
  { name: 'issue-fee-documents', go: (ports) => issueFeeDocuments(ports) },
  { name: 'issue-due-return-notes', go: (ports) => issueDueReturnNotes(ports) },
  { name: 'close-due-periods', go: (ports) => closeDuePeriods(ports) },
  { name: 'verify-closings', go: (ports) => verifyDueClosings(ports) },
  { name: 'verify-fees', go: (ports) => verifyDueFees(ports) },
  { name: 'forget-search-changes', go: ({ clock }) => forgetSearchChanges(clock.now()) },
  { name: 'forget-gtin-answers', go: ({ clock }) => forgetGtinAnswers(clock.now()) },
];

/** Goes round once. One round that fails does not keep the others from being made; the next minute tries again. */
export async function goRound(ports: Ports = systemPorts): Promise<Readonly<Record<string, number>>> {
  return goThrough(rounds, ports);
}

/** The slow ones alone: a long list of them keeps nobody waiting who counts the seconds. */
export async function goSlowRound(ports: Ports = systemPorts): Promise<Readonly<Record<string, number>>> {
  return goThrough(slow, ports);
}

/** The pressing ones alone: each worker does so every few seconds. Any number may at once, the rows decide who was first. */
export async function beat(ports: Ports = systemPorts): Promise<Readonly<Record<string, number>>> {
  return goThrough(pressing, ports);
}

async function goThrough(list: readonly Round[], ports: Ports): Promise<Readonly<Record<string, number>>> {
  const done: Record<string, number> = {};
  for (const { name, go } of list) {
    try {
      done[name] = await go(ports);
    } catch (error) {
      logError(`round ${name}`, error);
    }
  }
  if (Object.values(done).some((count) => count > 0)) log.info({ useCase: 'go-round', ...done }, 'go-round');
  return done;
}
