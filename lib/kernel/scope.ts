import type { BasketId, NetworkId, OrderId, PersonId, RequestId, RunId, ShopId } from './ids';

/**
 * Proof of who is asking and for what. Made only by `lib/identity` (people, token links), `lib/machines` (keys) and `lib/platform` (the system itself);
 * repositories take one first and put it in the `where`: without a scope there is no query.
 */

/** A shopper, signed in or not, and the basket of this browser. */
export type ShopperScope = {
  readonly kind: 'shopper';
  readonly personId: PersonId | undefined;
  readonly basketId: BasketId | undefined;
};

/** Whoever holds an order's unguessable link. */
export type OrderScope = { readonly kind: 'order'; readonly orderId: OrderId };

/** Whoever holds the unguessable link of something the street was asked for. */
export type RequestScope = { readonly kind: 'request'; readonly requestId: RequestId };

/** Whoever holds the link of a courier's run sheet. */
export type RunScope = { readonly kind: 'run'; readonly runId: RunId };

export const shopRoles = ['owner', 'manager', 'counter'] as const;
export type ShopRole = (typeof shopRoles)[number];

/** Someone working in one shop. */
export type ShopScope = {
  readonly kind: 'shop';
  readonly shopId: ShopId;
  readonly personId: PersonId;
  readonly role: ShopRole;
};

export const networkRoles = ['head-office', 'viewer'] as const;
export type NetworkRole = (typeof networkRoles)[number];

/** Someone at a network's head office. */
export type NetworkScope = {
  readonly kind: 'network';
  readonly networkId: NetworkId;
  readonly personId: PersonId;
  readonly role: NetworkRole;
};

export const operatorRoles = ['admin', 'moderator', 'support', 'finance', 'viewer'] as const;
export type OperatorRole = (typeof operatorRoles)[number];

/** Someone of the city. */
export type OperatorScope = { readonly kind: 'operator'; readonly personId: PersonId; readonly role: OperatorRole };

/** What somebody may be in a house: a shop, a network or the city. */
export type Role = ShopRole | NetworkRole | OperatorRole;

/** The worker and the command line: acts for nobody, sees everything, is named in every event. */
export type SystemScope = { readonly kind: 'system'; readonly process: string };

export type Scope = ShopperScope | OrderScope | RequestScope | RunScope | ShopScope | NetworkScope | OperatorScope | SystemScope;
