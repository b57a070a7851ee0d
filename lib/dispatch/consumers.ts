import { settleDispute } from '@/lib/disputes';
import { issueInvoice, issueReturnCreditNote } from '@/lib/documents';
import { applyImport, compareImport, undoImport, wantImportPictures } from '@/lib/connectors';
import { rescueShortage, resolveRescues, timeOutClosedShop } from '@/lib/fulfilment';
import type { DomainEvent } from '@/lib/kernel';
import { tellWebhooks } from '@/lib/machines';
import {
  mailCommission,
  mailDispute,
  mailHold,
  mailNoticeReceipt,
  mailOrderConfirmation,
  mailPartSwitched,
  mailPayout,
  mailRefund,
  mailRequestOffer,
  mailReturn,
  mailShelfCheck,
  mailRescueAsked,
  mailRescueRefunded,
  mailRescueRouted,
  mailShopCarry,
  mailShopNewOrder,
  mailShopRequest,
  mailShopRescue,
  mailSubOrderChange,
  mailWithdrawalReceipt,
} from '@/lib/messaging';
import { capturePayment, returnMoney } from '@/lib/payments';
import { settlePayout } from '@/lib/payouts';
import { reportAccount } from '@/lib/provider';
import { isShopEvent, pushShop } from '@/lib/push';
import { compareTaken } from '@/lib/requests';
import { recordShares } from '@/lib/sourcing';
import { getReturnContract, openStatedReturns } from '@/lib/returns';
import { postOrder, postReturn } from '@/lib/settlement';
import { tellSources } from '@/lib/sources';
import { mailInvitation } from '@/lib/teams';
import type { OutboxJob } from '@/lib/platform/outbox';
import type { Ports } from '@/lib/platform/ports';
import type { ConsumerName } from '@/lib/platform/subscriptions';

/**
 * Carries out one event. At least once: each consumer writes under the event's id or checks what is already done, so a second run
 * changes nothing. What throws is tried again later, then parked.
 */
export type Consumer = (job: OutboxJob, ports: Ports) => Promise<void>;

/** The function behind every name of `lib/platform/subscriptions`. */
export const consumers: Readonly<Record<ConsumerName, Consumer>> = {
  'mail-order-confirmation': async (job, ports) => {
    if (job.event.name === 'OrderPaid' || job.event.name === 'SetAsideConfirmed')
      await mailOrderConfirmation(job.event, job.eventId, ports);
  },
  'mail-shop-new-order': async (job, ports) => {
    if (job.event.name === 'OrderPaid' || job.event.name === 'SetAsideConfirmed') await mailShopNewOrder(job.event, job.eventId, ports);
  },
  'push-shop': async ({ event, eventId }, ports) => {
    if (isShopEvent(event)) await pushShop(event, eventId, ports);
  },
  'mail-shelf-check': async (job, ports) => {
    if (job.event.name === 'ShelfCheckAsked') await mailShelfCheck(job.event, job.eventId, ports);
  },
  'mail-shop-request': async ({ event, eventId }, ports) => {
    if (event.name === 'RequestAsked') await mailShopRequest(event, eventId, ports);
  },
  'mail-request-offer': async ({ event, eventId }, ports) => {
    if (event.name === 'RequestAnswered') await mailRequestOffer(event, eventId, ports);
  },
  'mail-sub-order-change': async (job, ports) => {
    if (job.event.name === 'SubOrderChanged') await mailSubOrderChange(job.event, job.eventId, ports);
  },
  'mail-notice-receipt': async (job, ports) => {
    if (job.event.name === 'NoticeReceived') await mailNoticeReceipt(job.event, job.eventId, ports);
  },
  'mail-withdrawal-receipt': async ({ event, eventId }, ports) => {
    if (event.name === 'WithdrawalStated') await mailWithdrawalReceipt(event, eventId, ports);
  },
  'mail-refund': async ({ event }, ports) => {
    if (event.name === 'PaymentReported') await mailRefund(event, ports);
  },
  'capture-payment': async ({ event }, ports) => {
    if (event.name === 'CaptureDue') await capturePayment(event.facts.orderId, ports);
  },
  'post-ledger': async ({ event }, ports) => {
    if (event.name === 'OrderPaid') await postOrder(event.subject, ports);
    else if (event.name === 'PaymentReported' || event.name === 'SharesMoved') await postOrder(event.facts.orderId, ports);
    else if (event.name === 'SubOrderChanged') await postOrder(event.facts.orderId, ports);
  },
  'record-shares': async ({ event }) => {
    if (event.name === 'OrderPaid') await recordShares(event.subject);
  },
  'issue-invoice': async ({ event }, ports) => {
    if (event.name === 'SubOrderChanged') await issueInvoice(event.subject, ports);
  },
  'open-returns': async ({ event }, ports) => {
    if (event.name === 'WithdrawalStated') await openStatedReturns(event.subject, ports);
  },
  'settle-return': async ({ event }, ports) => {
    if (event.name === 'ReturnChanged' && event.facts.to === 'settled') await carryOutReturn(event, ports);
  },
  'mail-return': async ({ event, eventId }, ports) => {
    if (event.name === 'ReturnChanged') await mailReturn(event, eventId, ports);
  },
  'tell-sources': async ({ event, eventId }) => {
    if (event.name === 'SubOrderChanged') await tellSources(event, eventId);
  },
  'tell-webhooks': (job, ports) => tellWebhooks(job, ports),
  'return-money': async ({ event }, ports) => {
    const isDue = event.name === 'LineLost' || event.name === 'RescueRefunded' || event.name === 'SubOrderChanged';
    if (isDue) await returnMoney(event.facts.orderId, ports);
  },
  'resolve-rescues': async ({ event }, ports) => {
    if (event.name === 'RescueDue') await resolveRescues(event.subject, ports);
  },
  'rescue-shortage': async ({ event }, ports) => {
    if (event.name === 'ShortageDetected') await rescueShortage({ offerId: event.subject, locationId: event.facts.locationId }, ports);
  },
  'rescue-closed-shop': async ({ event }, ports) => {
    if (event.name === 'ShopSwitched' && !event.facts.takesOrders) await timeOutClosedShop(event.subject, ports);
  },
  'mail-shop-rescue': async ({ event, eventId }, ports) => {
    if (event.name === 'RescueOffered') await mailShopRescue(event, eventId, ports);
  },
  'mail-shop-carry': async ({ event, eventId }, ports) => {
    if (event.name === 'CarryAsked') await mailShopCarry(event, eventId, ports);
  },
  'mail-part-switched': async ({ event, eventId }, ports) => {
    if (event.name === 'PartSwitched') await mailPartSwitched(event, eventId, ports);
  },
  'mail-rescue-routed': async ({ event, eventId }, ports) => {
    if (event.name === 'RescueRouted') await mailRescueRouted(event, eventId, ports);
  },
  'mail-rescue-asked': async ({ event, eventId }, ports) => {
    if (event.name === 'RescueAsked') await mailRescueAsked(event, eventId, ports);
  },
  'mail-rescue-refunded': async ({ event, eventId }, ports) => {
    if (event.name === 'RescueRefunded') await mailRescueRefunded(event, eventId, ports);
  },
  'settle-payout': async ({ event }, ports) => {
    if (event.name === 'PayoutReported') await settlePayout(event, ports);
  },
  'settle-dispute': async ({ event }, ports) => {
    if (event.name === 'DisputeReported') await settleDispute(event, ports);
  },
  'mail-commission': async ({ event, eventId }, ports) => {
    if (event.name === 'CommissionScheduled') await mailCommission(event, eventId, ports);
  },
  'mail-dispute': async ({ event, eventId }, ports) => {
    if (event.name === 'DisputeChanged') await mailDispute(event, eventId, ports);
  },
  'report-account': async ({ event }, ports) => {
    if (event.name === 'AccountReported') await reportAccount(event, ports);
  },
  'mail-payout': async ({ event, eventId }, ports) => {
    if (event.name === 'PayoutSettled') await mailPayout(event, eventId, ports);
  },
  'mail-hold': async ({ event, eventId }, ports) => {
    if (event.name === 'PayoutsHeld') await mailHold(event, eventId, ports);
  },
  'mail-invitation': async ({ event, eventId }, ports) => {
    if (event.name === 'TeamChanged') await mailInvitation(event, eventId, ports);
  },
  'apply-import': async ({ event }) => {
    if (event.name !== 'ImportConfirmed') return;
    await applyImport(event.subject);
    await wantImportPictures(event.subject);
    await compareImport(event.subject);
  },
  'compare-taken': async ({ event }, ports) => {
    if (event.name === 'RequestEnded') await compareTaken(event.facts.requestId, ports);
  },
  'undo-import': async ({ event }) => {
    if (event.name === 'ImportUndone') await undoImport(event.subject);
  },
};

/**
 * What a settled return brings about, one after the other: the money that is not owed any more goes back, the books follow, the documents
 * follow. Each step is idempotent; a credit note whose invoice is not written yet comes with the next round.
 */
async function carryOutReturn({ subject, facts }: Extract<DomainEvent, { readonly name: 'ReturnChanged' }>, ports: Ports): Promise<void> {
  await returnMoney(facts.orderId, ports);
  await postOrder(facts.orderId, ports);
  await postReturn(subject, ports);
  const subOrderId = await getReturnContract(subject);
  if (subOrderId) await issueReturnCreditNote(subOrderId, ports);
}
