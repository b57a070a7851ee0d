import { and, eq } from 'drizzle-orm';
import { orders, subOrders } from '@/db/schema';
import type { SubOrderState } from '@/lib/oms';
import { shopperStep } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import { loadShopBook } from '@/lib/shops';
import { listLineViews } from './line-repository';
import { readPassToken } from './pass-token';
import { trackedLine, trackedShop } from './tracked';
import type { PassState, PassView } from './views';

/** The pass of one part to be fetched, by its own link; undefined when the link opens nothing or was never paid for. */
export async function getPickupPass(passToken: string, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<PassView | undefined> {
  const number = readPassToken(passToken);
  if (number === undefined) return undefined;
  const now = clock.now();
  const [row] = await reader()
    .select({ subOrder: subOrders, paidAt: orders.paidAt })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(and(eq(subOrders.number, number), eq(subOrders.method, 'pickup')));
  if (!row || row.paidAt === null) return undefined;
  const { subOrder } = row;
  const [book, lines] = await Promise.all([loadShopBook(now), listLineViews(reader(), [subOrder.id])]);
  const shop = book.get(subOrder.shopId);
  if (!shop) return undefined;
  const own = lines.get(subOrder.id) ?? [];
  const state = passState(subOrder.state);
  const ages = own.flatMap((line) => line.minimumAge ?? []);
  return {
    passToken,
    number,
    state,
    shop: trackedShop(shop, now),
    code: subOrder.pickupCode,
    qrText: passToken,
    lines: own.map(trackedLine),
    promisedFrom: subOrder.promisedFrom,
    keptUntil: subOrder.keptUntil ?? undefined,
    collectedAt: state === 'collected' ? subOrder.stateChangedAt : undefined,
    bag: subOrder.bag ?? undefined,
    minimumAge: ages.length > 0 ? Math.max(...ages) : undefined,
    timeZone: shop.timeZone,
    asOf: now,
  };
}

function passState(state: SubOrderState): PassState {
  switch (shopperStep(state)) {
    case 'done':
      return 'collected';
    case 'ready':
      return 'ready';
    case 'ended':
      return 'ended';
    default:
      return 'early';
  }
}
