import { and, eq, inArray } from 'drizzle-orm';
import { orderLines, rescues, returnCredits, subOrders } from '@/db/schema';
import type { IssuerId, Minor, OrderId, SubOrderId, TenderId } from '@/lib/kernel';
import { linePrice, minor, sumMinor } from '@/lib/kernel';
import type { SubOrderState, TenderStanding } from '@/lib/oms';
import { shopperStep, tenderStandings } from '@/lib/oms';
import type { Reader } from '@/lib/platform/transaction';
import type { TenderStake } from '@/lib/wallet';
import { listStakes } from '@/lib/wallet';
import { pendingRescueStates } from './rescue/rescue-policy';

/** What the shopper owes for one part as it stands. */
export type OwedShare = {
  readonly subOrderId: SubOrderId;
  readonly state: SubOrderState;
  readonly owedMinor: Minor;
  /** What was owed for it as it was served, before anything taken for it came back: never below `owedMinor`. */
  readonly servedMinor: Minor;
  /** What it costs the shopper as it is served, whoever of card and vouchers pays and whatever came back since. */
  readonly wholeMinor: Minor;
  /** Paid for units of this part that look for another shop: neither owed nor given back yet. */
  readonly heldMinor: Minor;
  /** The most the shopper may come to owe for it. */
  readonly mostMinor: Minor;
  /** How every voucher that pays for it stands, position by position. */
  readonly tenders: readonly OwedTender[];
};

/** A voucher's part of one position: the goods of a line, or the part's delivery. */
export type OwedTender = TenderStanding & {
  readonly tenderId: TenderId;
  readonly issuerId: IssuerId;
  readonly subOrderId: SubOrderId;
  readonly position: string;
};

type Line = {
  readonly quantity: number;
  readonly refusedQuantity: number;
  readonly totalMinor: Minor;
  readonly rescueMinor: Minor;
  readonly unitPriceMinor: Minor;
  readonly priceSteps: number;
};

/** The units of a line its shop serves. A pick that is short so far says nothing yet: what stays missing is refused. Steps. */
export function servedQuantity({ quantity, refusedQuantity }: Pick<Line, 'quantity' | 'refusedQuantity'>): number {
  return quantity - refusedQuantity;
}

/** What a line is worth to its shop: the price of what is really served, never more than was agreed. Minor units. */
export function lineWorth(line: Omit<Line, 'rescueMinor'>): Minor {
  const served = servedQuantity(line);
  if (served === line.quantity) return line.totalMinor;
  return minor(Math.min(line.totalMinor, linePrice({ priceMinor: line.unitPriceMinor, priceSteps: line.priceSteps }, served)));
}

/** What the shopper owes for a line: its worth without what the rescue account pays. Minor units. */
export function lineOwed(line: Line): Minor {
  return minor(Math.max(0, lineWorth(line) - rescueFor(line, servedQuantity(line))));
}

/** What the rescue account pays of a part as it is served, goods and delivery. Minor units. */
export function rescuePaid(subOrder: { readonly rescueMinor: Minor }, lines: readonly Line[]): Minor {
  const forDelivery = subOrder.rescueMinor - sumMinor(lines.map((line) => line.rescueMinor));
  return minor(forDelivery + sumMinor(lines.map((line) => lineWorth(line) - lineOwed(line))));
}

/** The rescue account's part for so many units; a broken cent is its own. */
function rescueFor({ rescueMinor, quantity }: Line, served: number): number {
  return rescueMinor === 0 ? 0 : Math.ceil((rescueMinor * served) / quantity);
}

/**
 * What each part of the order is owed for: nothing for what ended, was never offered or was never accepted. What vouchers pay is told apart:
 * every other amount is the card's.
 */
export async function listOwed(from: Reader, orderId: OrderId): Promise<readonly OwedShare[]> {
  const rows = await from
    .select({ subOrder: subOrders, line: orderLines })
    .from(subOrders)
    .innerJoin(orderLines, eq(orderLines.subOrderId, subOrders.id))
    .where(and(eq(subOrders.orderId, orderId), eq(subOrders.isSetAside, false))) // what is paid in the shop is no business of ours
    .orderBy(subOrders.id, orderLines.id);
  const held = await listHeld(from, orderId);
  const returned = await listReturned(from, orderId);
  const stakes = rows.some(({ subOrder }) => subOrder.tenderedMinor > 0) ? await listStakes(from, orderId) : [];
  return [...Map.groupBy(rows, ({ subOrder }) => subOrder.id).values()].flatMap((own) => {
    const [first] = own;
    const lines = own.map(({ line }) => line);
    return first ? [owedShare(first.subOrder, lines, { held, stakes, returned })] : [];
  });
}

type SubOrderRow = typeof subOrders.$inferSelect;
type Around = {
  readonly held: Awaited<ReturnType<typeof listHeld>>;
  readonly stakes: readonly TenderStake[];
  readonly returned: Awaited<ReturnType<typeof listReturned>>;
};

/** The same for one part whose rows are read. Pure. */
export function owedShare(
  subOrder: SubOrderRow,
  lines: readonly (typeof orderLines.$inferSelect)[],
  { held, stakes, returned }: Around,
): OwedShare {
  const own = held.filter((one) => one.subOrderId === subOrder.id);
  const served = isServed(subOrder.state);
  const back = returned.filter((one) => one.subOrderId === subOrder.id);
  const positionOf = ({ position, worthMinor, wholeMinor, heldMinor }: PlacedPosition): OwedPosition => {
    const credits = back.filter(({ lineId }) => (lineId ?? subOrder.id) === position);
    // What came back before its money was taken was, for the money, never served.
    const untaken = credits.filter(({ isBeforeCapture }) => isBeforeCapture);
    const less = (rows: typeof credits) => minor((served ? wholeMinor : 0) - sumMinor(rows.map((row) => row.shopperMinor)));
    return { position, worthMinor, wholeMinor: less([]), servedMinor: less(untaken), owedMinor: less(credits), heldMinor };
  };
  const deliveryMinor = deliveryOwed(subOrder, lines);
  const positions = [
    ...lines.map((line) => {
      const heldMinor = sumMinor(own.filter(({ lineId }) => lineId === line.id).map((one) => one.goodsMinor));
      return positionOf({
        position: line.id,
        worthMinor: minor(line.totalMinor - line.rescueMinor),
        wholeMinor: lineOwed(line),
        heldMinor,
      });
    }),
    positionOf({
      position: subOrder.id,
      worthMinor: deliveryMinor,
      wholeMinor: deliveryMinor,
      heldMinor: sumMinor(own.map((one) => one.deliveryMinor)),
    }),
  ];
  const settled = positions.map((one) =>
    settledPosition(
      one,
      stakes.filter(({ position }) => position === one.position),
    ),
  );
  return {
    subOrderId: subOrder.id,
    state: subOrder.state,
    owedMinor: sumMinor(settled.map((one) => one.owedMinor)),
    servedMinor: sumMinor(settled.map((one) => one.servedMinor)),
    wholeMinor: sumMinor(positions.map((one) => one.wholeMinor)),
    heldMinor: sumMinor(settled.map((one) => one.heldMinor)),
    mostMinor: minor(subOrder.totalMinor - subOrder.rescueMinor - subOrder.tenderedMinor),
    tenders: settled.flatMap((one) => one.tenders),
  };
}

/** The goods of a line, or a part's delivery: what was agreed, what was served of it, what looks for another shop. */
type PlacedPosition = {
  readonly position: string;
  readonly worthMinor: Minor;
  readonly wholeMinor: Minor;
  readonly heldMinor: Minor;
};

type OwedPosition = PlacedPosition & { readonly servedMinor: Minor; readonly owedMinor: Minor };

/** One position between its vouchers and the card. */
function settledPosition({ position, worthMinor, servedMinor, owedMinor, heldMinor }: OwedPosition, stakes: readonly TenderStake[]) {
  if (stakes.length === 0) return { servedMinor, owedMinor, heldMinor, tenders: [] };
  const standing = tenderStandings({
    worthMinor,
    servedMinor,
    owedMinor,
    isSearched: heldMinor > 0,
    paidMinor: stakes.map((stake) => stake.paidMinor),
    passedMinor: stakes.map((stake) => stake.passedMinor),
    unservedMinor: stakes.map((stake) => stake.unservedMinor),
    returnedMinor: stakes.map((stake) => stake.returnedMinor),
  });
  const tenders = stakes.flatMap(({ tenderId, issuerId, subOrderId }, index): readonly OwedTender[] => {
    const one = standing.tenders[index];
    return one ? [{ tenderId, issuerId, subOrderId, position, ...one }] : [];
  });
  const heldByVouchers = sumMinor(tenders.map((tender) => tender.heldMinor));
  return {
    servedMinor: standing.servedCardMinor,
    owedMinor: standing.owedCardMinor,
    heldMinor: minor(Math.max(0, heldMinor - heldByVouchers)),
    tenders,
  };
}

/** What the shopper pays for the delivery of a part: its price without what the rescue account pays. Minor units. */
export function deliveryOwed(subOrder: { readonly deliveryMinor: Minor; readonly rescueMinor: Minor }, lines: readonly Line[]): Minor {
  const rescued = subOrder.rescueMinor - sumMinor(lines.map((line) => line.rescueMinor));
  return minor(subOrder.deliveryMinor - rescued);
}

/** What came back, line by line; no line for a delivery. */
async function listReturned(from: Reader, orderId: OrderId) {
  const { subOrderId, lineId, shopperMinor, isBeforeCapture } = returnCredits;
  return from
    .select({ subOrderId, lineId, shopperMinor, isBeforeCapture })
    .from(returnCredits)
    .innerJoin(subOrders, eq(subOrders.id, subOrderId))
    .where(eq(subOrders.orderId, orderId));
}

async function listHeld(from: Reader, orderId: OrderId) {
  return from
    .select({
      subOrderId: rescues.subOrderId,
      lineId: rescues.lineId,
      goodsMinor: rescues.goodsMinor,
      deliveryMinor: rescues.deliveryMinor,
    })
    .from(rescues)
    .where(and(eq(rescues.orderId, orderId), inArray(rescues.state, [...pendingRescueStates])));
}

function isServed(state: SubOrderState): boolean {
  const step = shopperStep(state);
  return step !== 'ended' && step !== 'received';
}
