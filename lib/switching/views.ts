import type { Currency, Instant, Minor, ShopId, SubOrderId } from '@/lib/kernel';
import type { Method } from '@/lib/promise/views';

/** One other way to receive a part, or another shop to have it from. */
export type SwitchOptionView = {
  readonly shopId: ShopId;
  readonly shopName: string;
  readonly street: string;
  readonly isSameShop: boolean;
  readonly method: Method;
  readonly from: Instant;
  /** End of the window of what is brought. */
  readonly to: Instant | undefined;
  readonly goodsMinor: Minor;
  readonly deliveryMinor: Minor;
  readonly totalMinor: Minor;
  /** To what was paid: below zero is not taken or comes back, above zero is a payment of its own. */
  readonly differenceMinor: number;
};

export type SwitchesView = {
  readonly subOrderId: SubOrderId;
  readonly number: string;
  readonly paidMinor: Minor;
  readonly currency: Currency;
  /** Where things would be brought; undefined when nobody said so. */
  readonly address: string | undefined;
  readonly options: readonly SwitchOptionView[];
};
