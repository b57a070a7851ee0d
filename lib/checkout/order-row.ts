import type { BasketFacts } from '@/lib/basket';
import type { Instant, ShopperScope } from '@/lib/kernel';
import type { PlaceOrderCommand } from './place-order-command';
import type { ToPay } from './set-aside';

type Agreed = { readonly facts: BasketFacts; readonly toPay: ToPay; readonly now: Instant; readonly termsVersion: string };

/** What an order's row says about its shopper and its sums. */
export function orderRow(shopper: ShopperScope, command: PlaceOrderCommand, { facts, toPay, now, termsVersion }: Agreed) {
  return {
    basketId: command.basketId,
    personId: shopper.personId ?? null,
    shopperName: command.name,
    email: command.email,
    phone: command.phone ?? null,
    addressLabel: command.address?.label ?? null,
    addressLatitude: command.address?.latitude ?? null,
    addressLongitude: command.address?.longitude ?? null,
    locale: command.locale,
    plan: facts.found.basket.plan,
    rescueWish: command.rescueWish,
    ...toPay,
    currency: facts.book.city.currency,
    termsVersion,
    isReplayed: command.isReplayed ?? false,
    placedAt: now,
  };
}
