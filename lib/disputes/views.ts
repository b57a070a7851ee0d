import type { DisputeId, Instant, Minor, OrderId } from '@/lib/kernel';

export type DisputePartView = {
  readonly number: string;
  readonly shopName: string;
  readonly merchantName: string;
  readonly amountMinor: Minor;
  /** Who pays if it is lost. */
  readonly bearer: 'merchant' | 'city';
};

/** A payment a bank took back and is looking into, or has decided on. Minor units. */
export type DisputeView = {
  readonly disputeId: DisputeId;
  readonly orderId: OrderId;
  readonly orderNumber: string;
  /** In the provider's words. */
  readonly reason: string;
  readonly state: 'open' | 'won' | 'lost';
  readonly amountMinor: Minor;
  readonly feeMinor: Minor;
  /** What no shop concerned bears. */
  readonly cityMinor: Minor;
  readonly answerBy: Instant | undefined;
  readonly openedAt: Instant;
  readonly closedAt: Instant | undefined;
  readonly parts: readonly DisputePartView[];
};
