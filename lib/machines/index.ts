/** Shops' own systems: the keys that let them in, and what they are told. */
export { claimWrite, type ClaimRefusal, type Written } from './claim-write';
export { createKey, keyInput, type CreatedKey, type CreateKeyRefusal, type NewKey } from './create-key';
export { mayManageKeys } from './key-rights';
export { listKeys } from './list-keys';
export { openKey, shopScopeOf, type Machine } from './open-key';
export { useAllowance, type Allowance } from './rate-limit';
export { revokeKey, type RevokeRefusal } from './revoke-key';
export * from './views';
export { idempotencyKey } from '@/lib/platform/idempotency';
export { sendDelivery, WEBHOOK_ATTEMPTS, type WebhookJob } from './send-delivery';
export { tellWebhooks } from './tell-webhooks';
export { isSignedBy, signatureOf, type SignedHeaders, type SignedMessage } from './webhook-signature';
export {
  createWebhook,
  listDeliveries,
  listWebhooks,
  removeWebhook,
  replayDelivery,
  webhookInput,
  type CreateWebhookRefusal,
} from './webhooks';
