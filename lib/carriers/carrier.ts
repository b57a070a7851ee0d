import type { Instant, Result, ShipmentId } from '@/lib/kernel';
import type { SignedHeaders } from '@/lib/machines';
import type { ShipmentEventCode } from './views';

/** Somebody or somewhere, in the lines of a label. */
type Addressee = { readonly name: string; readonly lines: readonly string[]; readonly phone: string | undefined };

export type ParcelWish = {
  readonly shipmentId: ShipmentId;
  /** What people read on the label: the sub-order's number. */
  readonly reference: string;
  readonly from: Addressee;
  readonly to: Addressee;
};

/** A carrier's word about one parcel, in our words. */
export type CarrierReport = {
  readonly messageId: string;
  readonly trackingCode: string;
  readonly code: ShipmentEventCode;
  readonly place: string | undefined;
  readonly occurredAt: Instant;
};

export type CarrierMessageRefusal = { readonly kind: 'signature-invalid' } | { readonly kind: 'message-unreadable' };

/**
 * Whoever carries parcels. Contract, tried by one kit against every implementation: announcing the same shipment again gives the same code and
 * announces one parcel; a message is believed only when its signature fits its body and it is recent; what a message says is told in our
 * words or refused, never guessed.
 */
export type Carrier = {
  readonly name: string;
  /** Announces a parcel and gives the code of its label. */
  announce(wish: ParcelWish): Promise<{ readonly trackingCode: string }>;
  /** Reads one message of the carrier. */
  readMessage(body: string, headers: SignedHeaders, now: Instant): Result<CarrierReport, CarrierMessageRefusal>;
};
