import { eq } from 'drizzle-orm';
import type { Chance } from '@/db/seed';
import { chanceOf } from '@/db/seed';
import { subOrders } from '@/db/schema';
import { addLine, chooseMethod, choosePlan, createBasket, setPlace } from '@/lib/basket';
import { placeOrder } from '@/lib/checkout';
import { cancelByShopper } from '@/lib/fulfilment';
import type { Instant, OrderId, ShopperScope } from '@/lib/kernel';
import { MINUTE, plusMs } from '@/lib/kernel';
import { capturePayment, demoCards, payWithDemoCard } from '@/lib/payments';
import { reader } from '@/lib/platform/transaction';
import type { Errand } from './demand';
import { bringHeldVoucher } from './issue-demo-vouchers';
import type { Replay, Step } from './replay-step';
import { portsAt } from './replay-step';
import type { SubOrder } from './serve-sub-order';
import { serveSubOrder } from './serve-sub-order';

/** How long a shopper looks around between the first thing in the basket and the order. */
const BROWSING_MINUTES = 4;

const goodCard = { number: demoCards[0]?.number ?? '', expiry: '12/39', code: '123' };
const emptyCard = { ...goodCard, number: demoCards.find(({ behaviour }) => behaviour === 'insufficient-funds')?.number ?? '' };

/** The basket, from the first thing in it to how everything is to be received, as the pages do it. */
export async function fillBasket(replay: Replay, errand: Errand): Promise<ShopperScope> {
  const ports = portsAt(replay.seed, `${errand.key}:basket`, plusMs(errand.at, -BROWSING_MINUTES * MINUTE));
  const personId = errand.isCamille ? replay.camilleId : undefined;
  const { basketId } = await createBasket('fr', personId, ports);
  const shopper: ShopperScope = { kind: 'shopper', personId, basketId };
  for (const line of errand.lines) {
    await addLine(shopper, { ...line, shopChosen: true, priceSeenMinor: line.priceMinor }, ports);
  }
  if (errand.methods.length > 0) await setPlace(shopper, errand.place, ports);
  for (const method of errand.methods) await chooseMethod(shopper, method, ports);
  if (errand.plan !== 'suggested') await choosePlan(shopper, { plan: errand.plan }, ports);
  return shopper;
}

export type Placed = { readonly orderId: OrderId; readonly orderToken: string };

/** The order of a basket; undefined when the checkout refuses it, as it may when somebody was faster. */
export async function place(replay: Replay, errand: Errand, shopper: ShopperScope, isReplayed: boolean): Promise<Placed | undefined> {
  const { key, name, email, phone, place: address } = errand;
  const { basketId } = shopper;
  if (basketId === undefined) return undefined;
  const placed = await placeOrder(
    shopper,
    { basketId, key: `${key}-order`, name, email, phone, address, rescueWish: 'elsewhere', locale: 'fr', isReplayed },
    portsAt(replay.seed, key, errand.at),
  );
  if (!placed.ok) {
    replay.tally.refusedAtCheckout[placed.error.kind] = (replay.tally.refusedAtCheckout[placed.error.kind] ?? 0) + 1;
    return undefined;
  }
  replay.tally.placed += 1;
  return placed.value;
}

/** A shopper's errand: a basket, the order a few minutes later, then its payment. Orders are placed in one lane, so that numbers rise. */
export function runErrand(replay: Replay, errand: Errand): Step {
  const chance = chanceOf(replay.seed, 'course', errand.key);
  return {
    at: plusMs(errand.at, -BROWSING_MINUTES * MINUTE),
    lane: errand.key,
    name: `${errand.key}:basket`,
    run: async () => {
      const shopper = await fillBasket(replay, errand);
      await bringHeldVoucher(replay, errand, shopper);
      return [{ at: errand.at, lane: 'checkout', name: errand.key, run: () => checkOut(replay, errand, { shopper, chance }) }];
    },
  };
}

async function checkOut(
  replay: Replay,
  errand: Errand,
  { shopper, chance }: { readonly shopper: ShopperScope; readonly chance: Chance },
): Promise<readonly Step[]> {
  const placed = await place(replay, errand, shopper, true);
  return placed ? [payLater(replay, { ...placed, errand, chance, at: plusMs(errand.at, chance.between(1, 5) * MINUTE) })] : [];
}

/** Pays with a card that is good, and says which parts were then offered to which shops. */
export async function pay(
  replay: Replay,
  {
    orderId,
    orderToken,
    name,
    at,
  }: { readonly orderId: OrderId; readonly orderToken: string; readonly name: string; readonly at: Instant },
): Promise<readonly SubOrder[]> {
  const paid = await payWithDemoCard(orderToken, goodCard, portsAt(replay.seed, name, at));
  if (!paid.ok) return [];
  replay.tally.paid += 1;
  return reader().select().from(subOrders).where(eq(subOrders.orderId, orderId)).orderBy(subOrders.number);
}

type Paying = {
  readonly orderId: OrderId;
  readonly orderToken: string;
  readonly errand: Errand;
  readonly chance: Chance;
  readonly at: Instant;
};

/** Most pay at once, a few try an empty card first, a few never come back, a few think better of it. */
function payLater(replay: Replay, { orderId, orderToken, errand, chance, at }: Paying): Step {
  const { key: lane } = errand;
  const name = `${lane}:pay`;
  return {
    at,
    lane,
    name,
    run: async () => {
      if (chance.isBelow(0.02)) {
        replay.tally.unpaid += 1;
        return [];
      }
      if (chance.isBelow(0.03)) await payWithDemoCard(orderToken, emptyCard, portsAt(replay.seed, `${name}-empty`, at));
      const parts = await pay(replay, { orderId, orderToken, name, at });
      const cancelled = chance.isBelow(0.015) ? parts[0] : undefined;
      return parts.map((part) =>
        part === cancelled ? giveUp(replay, part, lane, plusMs(at, 2 * MINUTE)) : serveSubOrder(replay, part, lane),
      );
    },
  };
}

function giveUp(replay: Replay, part: SubOrder, lane: string, at: Instant): Step {
  const name = `${part.number}:cancel`;
  return {
    at,
    lane,
    name,
    run: async () => {
      const ports = portsAt(replay.seed, name, at);
      await cancelByShopper({ kind: 'order', orderId: part.orderId }, part.id, ports);
      await capturePayment(part.orderId, ports);
      return [];
    },
  };
}
