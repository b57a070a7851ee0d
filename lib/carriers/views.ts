import type { Instant } from '@/lib/kernel';

export const shipmentEventCodes = ['announced', 'collected', 'in-transit', 'out-for-delivery', 'delivered', 'failed', 'returned'] as const;
export type ShipmentEventCode = (typeof shipmentEventCodes)[number];

export type ShipmentEventView = { readonly code: ShipmentEventCode; readonly place: string | undefined; readonly at: Instant };

/** A parcel as its shopper follows it; the latest event first. */
export type ShipmentView = {
  readonly number: string;
  readonly carrier: string;
  readonly trackingCode: string;
  readonly events: readonly ShipmentEventView[];
};
