import type { Instant, Minor, RescueId, SalesUnit, SubOrderId } from '@/lib/kernel';

type ServedOptionView = {
  readonly kind: 'carried' | 'elsewhere' | 'substitute';
  /** Its place in the list that was asked: what the form sends back. */
  readonly option: number;
  readonly title: string;
  readonly shopName: string;
  readonly street: string;
  /** The shop of the same network that would carry it there. */
  readonly carriedFrom: string | undefined;
  readonly method: 'pickup' | 'courier' | 'parcel';
  readonly from: Instant;
  readonly to: Instant | undefined;
  /** What the shopper pays for it; never more than before. */
  readonly payMinor: Minor;
};

/** One answer the shopper may give; the refund is always there and needs no option. */
export type RescueOptionView = ServedOptionView | { readonly kind: 'wait'; readonly option: number; readonly until: Instant };

/** Units a shop could not serve, as their shopper and the shop read of them. */
export type RescueView = {
  readonly rescueId: RescueId;
  readonly state: 'searching' | 'offered' | 'asked' | 'waiting' | 'rescued' | 'refunded';
  /** The part that fell short, and its shop. */
  readonly subOrderId: SubOrderId;
  readonly shopName: string;
  readonly title: string;
  readonly quantity: number;
  readonly salesUnit: SalesUnit;
  /** What goes back when nobody serves it. */
  readonly amountMinor: Minor;
  readonly decideBy: Instant | undefined;
  /** Only while the shopper is asked. */
  readonly options: readonly RescueOptionView[];
  /** The shop that serves instead, or is asked to. */
  readonly servedBy: { readonly subOrderId: SubOrderId; readonly shopName: string } | undefined;
  /** The shop itself serves after all: another of its network carries the units there. */
  readonly carriedFrom: string | undefined;
  /** At an hour the shopper was asked about: another than the one that was promised first. */
  readonly isCarriedLater: boolean;
};
