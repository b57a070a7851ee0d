import type { ApiKeyId, WebhookDeliveryId, Instant, WebhookId } from '@/lib/kernel';

/** What a key may do, in the order in which it is offered. */
export const keyScopes = [
  'shops:read',
  'shops:write',
  'catalogue:read',
  'catalogue:write',
  'stock:read',
  'stock:write',
  'orders:read',
  'orders:write',
  'webhooks:manage',
] as const;
export type KeyScope = (typeof keyScopes)[number];

/** A key as the dashboard lists it; the key itself is never shown again. */
export type ApiKeyView = {
  readonly keyId: ApiKeyId;
  readonly label: string;
  readonly hint: string;
  readonly isForNetwork: boolean;
  readonly scopes: readonly KeyScope[];
  /** Undefined once their account is closed. */
  readonly madeBy: string | undefined;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | undefined;
  readonly revokedAt: Instant | undefined;
};

/** What a shop's system may be told of. */
export const webhookEvents = ['order.changed', 'carry.asked', 'stock.changed', 'stock.short', 'shop.switched', 'shop.hours'] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

export type WebhookView = {
  readonly webhookId: WebhookId;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly createdAt: Instant;
};

export type DeliveryView = {
  readonly deliveryId: WebhookDeliveryId;
  readonly webhookId: WebhookId;
  readonly event: string;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly lastStatus: number | undefined;
  readonly lastError: string | undefined;
  readonly createdAt: Instant;
  readonly lastTriedAt: Instant | undefined;
  readonly deliveredAt: Instant | undefined;
};
