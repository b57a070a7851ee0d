import { issueInvoice } from '@/lib/documents';
import { applyImport, undoImport } from '@/lib/connectors';
import type { DomainEvent } from '@/lib/kernel';
import {
  mailNoticeReceipt,
  mailOrderConfirmation,
  mailRefund,
  mailShelfCheck,
  mailShopNewOrder,
  mailSubOrderChange,
  mailWithdrawalReceipt,
} from '@/lib/messaging';
import { capturePayment, returnMoney } from '@/lib/payments';
import type { OutboxJob } from '@/lib/platform/outbox';
import type { ConsumerName } from '@/lib/platform/subscriptions';

/**
 * Carries out one event. At least once: each consumer writes under the event's id or checks what is already done, so a second run
 * changes nothing. What throws is tried again later, then parked.
 */
export type Consumer = (job: OutboxJob) => Promise<void>;

/** The function behind every name of `lib/platform/subscriptions`. */
export const consumers: Readonly<Record<ConsumerName, Consumer>> = {
  'mail-order-confirmation': async (job) => {
    if (job.event.name === 'OrderPaid') await mailOrderConfirmation(job.event, job.eventId);
  },
  'mail-shop-new-order': async (job) => {
    if (job.event.name === 'OrderPaid') await mailShopNewOrder(job.event, job.eventId);
  },
  'mail-shelf-check': async (job) => {
    if (job.event.name === 'ShelfCheckAsked') await mailShelfCheck(job.event, job.eventId);
  },
  'mail-sub-order-change': async (job) => {
    if (job.event.name === 'SubOrderChanged') await mailSubOrderChange(job.event, job.eventId);
  },
  'mail-notice-receipt': async (job) => {
    if (job.event.name === 'NoticeReceived') await mailNoticeReceipt(job.event, job.eventId);
  },
  'mail-withdrawal-receipt': async ({ event, eventId }) => {
    if (event.name === 'WithdrawalStated') await mailWithdrawalReceipt(event, eventId);
  },
  'mail-refund': async ({ event }) => {
    if (event.name === 'PaymentReported') await mailRefund(event);
  },
  'capture-payment': async ({ event }) => {
    if (event.name === 'CaptureDue') await capturePayment(event.facts.orderId);
  },
  'issue-invoice': async ({ event }) => {
    if (event.name === 'SubOrderChanged' && leavesTheShop(event)) await issueInvoice(event.subject);
  },
  'return-money': async ({ event }) => {
    if (event.name === 'SubOrderChanged' && mayOweLess(event)) await returnMoney(event.facts.orderId);
  },
  'apply-import': async ({ event }) => {
    if (event.name === 'ImportConfirmed') await applyImport(event.subject);
  },
  'undo-import': async ({ event }) => {
    if (event.name === 'ImportUndone') await undoImport(event.subject);
  },
};

/** Changes after which the shopper may have paid more than is owed: an early end, or pieces missing at the pick. */
function mayOweLess({ facts }: Extract<DomainEvent, { readonly name: 'SubOrderChanged' }>): boolean {
  return ['ready', 'refused', 'unanswered', 'cancelled', 'uncollected', 'expired'].includes(facts.to);
}

/** Changes with which the goods leave the shop: the moment an invoice says what was supplied. */
function leavesTheShop({ facts }: Extract<DomainEvent, { readonly name: 'SubOrderChanged' }>): boolean {
  return facts.to === 'handed-over' || facts.to === 'despatched';
}
