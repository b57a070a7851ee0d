import type { BasketId, ShopId } from '@/lib/kernel';
import type { RescueWish } from './views';

/** An order as somebody wishes it: who, where to, what was read. Never prices. */
export type PlaceOrderCommand = {
  readonly basketId: BasketId;
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly phone?: string | undefined;
  readonly address?: { readonly label: string; readonly latitude: number; readonly longitude: number } | undefined;
  /** What is brought goes where the basket says, when no address is given. */
  readonly isBroughtToPlace?: boolean | undefined;
  /** Whether the shopper said to be old enough; a page that asks by itself says nothing here. */
  readonly ageConfirmed?: boolean | undefined;
  readonly rescueWish: RescueWish;
  /** Shops whose part is paid in the shop; what was said on the order's page where nothing is said here. */
  readonly setAside?: readonly ShopId[] | undefined;
  readonly locale: string;
  /** The total above the button when it was pressed: nothing is priced by it, but another total has to be read first. */
  readonly totalSeenMinor?: number | undefined;
  /** What vouchers were seen to leave to the card: when they leave something else, that has to be read first. */
  readonly dueSeenMinor?: number | undefined;
  /** History of the demo city, lived through with a moved clock; nothing leaves the house for it. No door passes it on. */
  readonly isReplayed?: boolean | undefined;
};
