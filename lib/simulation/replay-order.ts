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
import type { Replay, Step } from './replay-step';
import { portsAt } from './replay-step';
import type { SubOrder } from './serve-sub-order';
import { serveSubOrder } from './serve-sub-order';

const goodCard = { number: demoCards[0]?.number ?? '', expiry: '12/39', code: '123' };
const emptyCard = { ...goodCard, number: demoCards.find(({ behaviour }) => behaviour === 'insufficient-funds')?.number ?? '' };

/** From the first thing in the basket to the order, as the pages do it. */
export async function shop(
  replay: Replay,
  errand: Errand,
  isReplayed = true,
): Promise<{ readonly orderId: OrderId; readonly orderToken: string } | undefined> {
  const ports = { ...portsAt(replay.seed, errand.key, errand.at), isReplayed };
  const personId = errand.isCamille ? replay.camilleId : undefined;
  const { basketId } = await createBasket('fr', personId, ports);
  const shopper: ShopperScope = { kind: 'shopper', personId, basketId };
  for (const line of errand.lines) {
    await addLine(shopper, { ...line, shopChosen: true, priceSeenMinor: line.priceMinor }, ports);
  }
  await setPlace(shopper, errand.place, ports);
  for (const method of errand.methods) await chooseMethod(shopper, method, ports);
  if (errand.plan !== 'suggested') await choosePlan(shopper, { plan: errand.plan }, ports);
  const { name, email, phone } = errand;
  const placed = await placeOrder(
    shopper,
    { basketId, key: `${errand.key}-order`, name, email, phone, address: errand.place, rescueWish: 'elsewhere', locale: 'fr' },
    ports,
  );
  if (!placed.ok) {
    replay.tally.refusedAtCheckout[placed.error.kind] = (replay.tally.refusedAtCheckout[placed.error.kind] ?? 0) + 1;
    return undefined;
  }
  replay.tally.placed += 1;
  return placed.value;
}

/** A shopper's errand: the order, and a little later its payment. */
export function runErrand(replay: Replay, errand: Errand): Step {
  const chance = chanceOf(replay.seed, 'course', errand.key);
  return {
    at: errand.at,
    lane: 'checkout',
    name: errand.key,
    run: async () => {
      const placed = await shop(replay, errand);
      if (!placed) return [];
      return [payLater(replay, { ...placed, errand, chance, at: plusMs(errand.at, chance.between(1, 5) * MINUTE) })];
    },
  };
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
