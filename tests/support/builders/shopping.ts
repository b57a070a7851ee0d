import type { PlaceOrderCommand } from '@/lib/checkout';
import { addLine, createBasket, setPlace } from '@/lib/basket';
import type { BasketId, Instant, ShopperScope } from '@/lib/kernel';
import { fixedClock } from '@/lib/platform/clock';
import { systemIds } from '@/lib/platform/ids';
import type { Ports } from '@/lib/platform/ports';
import { shop, wednesdayMorning } from './city';
import type { GivenOffer } from './shelf';
import { offer } from './shelf';

export type GivenBasket = { readonly shopper: ShopperScope; readonly basketId: BasketId };

/** The machine at a moment: the clock stands still, ids are real. */
export function portsAt(now: Instant = wednesdayMorning): Ports {
  return { clock: fixedClock(now), ids: systemIds };
}

export type Wanted = { readonly offer: GivenOffer; readonly quantity?: number; readonly shopChosen?: boolean };

/** A guest's basket with these things in it. */
export async function basketOf(wanted: readonly Wanted[], now: Instant = wednesdayMorning): Promise<GivenBasket> {
  const ports = portsAt(now);
  const { basketId } = await createBasket('fr', undefined, ports);
  const shopper: ShopperScope = { kind: 'shopper', personId: undefined, basketId };
  for (const { offer: chosen, quantity = 1, shopChosen = false } of wanted) {
    const added = await addLine(
      shopper,
      { listingId: chosen.listingId, offerId: chosen.offerId, quantity, shopChosen, priceSeenMinor: chosen.priceMinor },
      ports,
    );
    if (!added.ok) throw new Error(`the basket was refused: ${added.error.kind}`);
  }
  return { shopper, basketId };
}

/** The shopper says where they live: across the river from the shops. */
export async function livesNearby({ shopper }: GivenBasket, now: Instant = wednesdayMorning): Promise<void> {
  await setPlace(shopper, home, portsAt(now));
}

export const home = { label: '12 rue du Port, 38000 Grenoble', latitude: 45.1931, longitude: 5.7182 };

let keys = 0;

/** A key nobody used before. */
export function newKey(): string {
  keys += 1;
  return `key-${process.pid}-${keys}-${systemIds.make('event')}`;
}

/** What a checkout page posts. */
export function orderFor({ basketId }: GivenBasket, key: string = newKey()): PlaceOrderCommand {
  return { basketId, key, name: 'Camille Rolland', email: 'camille@example.org', address: home, rescueWish: 'elsewhere', locale: 'fr' };
}

/** One loaf on one shelf, wanted by so many shoppers. */
export async function oneLoafIn(baskets: number): Promise<{ readonly loaf: GivenOffer; readonly baskets: readonly GivenBasket[] }> {
  const loaf = await offer({ shop: await shop(), stock: 1 });
  return { loaf, baskets: await Promise.all(Array.from({ length: baskets }, () => basketOf([{ offer: loaf }]))) };
}
