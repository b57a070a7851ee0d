import type { BasketView } from '@/lib/basket/views';
import type { Instant, Minor, ShopId } from '@/lib/kernel';
import type { TenderPreview } from '@/lib/wallet/views';

/** What happens when a shop cannot serve, said before paying (architecture §5). */
export const rescueWishes = ['elsewhere', 'ask', 'refund'] as const;
export type RescueWish = (typeof rescueWishes)[number];

/** The wishes the checkout offers, the default first (ADR 0032). */
export const offeredRescueWishes = ['elsewhere', 'ask', 'refund'] as const satisfies readonly RescueWish[];

/** The trader behind a shop, as the law wants it read before the order (OP-36, OP-50). */
export type MerchantView = {
  readonly shopId: ShopId;
  readonly legalName: string;
  readonly legalForm: string;
  readonly address: string;
  readonly register: string;
  readonly registrationNumber: string;
  readonly vatNumber: string | undefined;
  readonly email: string;
  readonly phone: string;
  readonly mediatorName: string;
  readonly mediatorUrl: string;
  readonly verifiedAt: Instant | undefined;
};

/** The page of the order: what will be bought from whom, and what still has to be asked. */
export type CheckoutView = {
  readonly basket: BasketView;
  readonly merchants: readonly MerchantView[];
  /** Until when the units are held; none when nothing is held. */
  readonly heldUntil: Instant | undefined;
  readonly canExtend: boolean;
  /** Some part is brought to the shopper. */
  readonly needsAddress: boolean;
  /** A rider comes: a phone number helps. */
  readonly hasCourier: boolean;
  readonly minimumAge: number | undefined;
  /** Shops whose part may be paid in the shop, each with what it costs there and whether that was chosen. */
  readonly setAside: readonly SetAsideView[];
  /** What is paid before; the rest is paid in the shops. */
  readonly toPayMinor: Minor;
  /** Nothing is paid before: nobody owes anything. */
  readonly isOnlySetAside: boolean;
  /** What brought vouchers pay, and what they leave to the card. */
  readonly tenders: TenderPreview;
};

export type SetAsideView = {
  readonly shopId: ShopId;
  readonly shopName: string;
  readonly totalMinor: Minor;
  readonly isChosen: boolean;
  /** The shop cannot be paid before; there is no choice. */
  readonly isOnlyThere: boolean;
};
