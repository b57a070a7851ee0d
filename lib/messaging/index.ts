/** Mail, and what people watch live. Scopes come from the kernel: `lib/identity` sends its links by this door. */
export { deliverMail, type MailTransport, smtpTransport } from './deliver-mail';
export { findNewsSince, type LiveNews, watch, type WatchScope } from './live-feed';
export type { Mail, MailBlock } from './mail';
export { remindKeptUntil } from './mail-keep-until';
export { type AlertMail, mailAlert } from './mail-alert';
export { mailNoticeReceipt } from './mail-notice-receipt';
export { mailOrderConfirmation } from './mail-order-confirmation';
export { mailRefund } from './mail-refund';
export { mailRequestOffer, mailShopRequest } from './mail-request';
export { mailShelfCheck } from './mail-shelf-check';
export { mailRescueAsked, mailRescueRefunded, mailRescueRouted } from './mail-rescue';
export { mailShopNewOrder, mailShopRescue } from './mail-shop-new-order';
export { type AccessRequest, sendAccessRequest, sendSignInLink } from './mail-sign-in';
export { mailSubOrderChange } from './mail-sub-order-change';
export { mailWithdrawalReceipt } from './mail-withdrawal-receipt';
export { getMessage, listMailbox, mailboxFilterInput, messageIdFrom } from './mailbox';
export { renderHtml, renderText } from './render-mail';
export type * from './views';
