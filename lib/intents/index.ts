/** Whoever holds and takes the shopper's money, behind one port: the demo, Stripe, and nobody where vouchers pay all of it. */
export type { DemoTransferKind } from './demo-transfers';
export { demoCardOf, demoCards } from './demo-cards';
export type { DeclineReason, Intent, IntentState, PaymentProvider, PayTo, ProviderMessage, WebhookRefusal } from './port';
export { readProviderMessage } from './provider-message';
export { currentProviderName, demoFor, providerNamed, type ProviderName, webhookSecrets } from './providers';
export { sendDemoWebhook, signedDemoWebhook } from './send-demo-webhook';
