import { and, eq } from 'drizzle-orm';
import { orders, returnCases } from '@/db/schema';
import type { OperatorScope, OrderId, OrderScope, Position, ReturnId, SubOrderId } from '@/lib/kernel';
import { linePrice, minor } from '@/lib/kernel';
import { deliveryCredit, returnCredit } from '@/lib/oms';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import { loadShopBook, openState } from '@/lib/shops';
import { listExchangeChoices } from './exchange-choices';
import type { ReturnPlace } from './places';
import { returnPlaces } from './places';
import { readCards, readEvents, readThings } from './read-cards';
import type { Part, PartLine } from './read-parts';
import { readParts } from './read-parts';
import { rightsOf } from './start-return';
import { readReturnToken } from './return-token';
import type { OperatorReturnView, ReturnCardView, ReturnablePartView, ReturnPassView, ReturnPlaceView, ReturnsOfOrderView } from './views';

const MOST_PLACES = 12;

/** What may come back of an order and what already does, for whoever holds its link. `near`: where the shopper is, if they said so. */
export async function getReturnsOfOrder(
  { orderId }: OrderScope,
  near: Position | undefined,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<ReturnsOfOrderView | undefined> {
  const book = await loadShopBook(clock.now());
  const [order] = await reader().select().from(orders).where(eq(orders.id, orderId));
  if (!order) return undefined;
  const [parts, cards] = await Promise.all([
    order.paidAt === null ? [] : readParts(reader(), orderId, book),
    readCards(reader(), eq(returnCases.orderId, orderId), book),
  ]);
  return {
    orderToken: order.token,
    number: order.number,
    currency: order.currency,
    parts: await Promise.all(parts.map((part) => partView(part, { near, book }))),
    returns: cards.map(({ card }) => card),
  };
}

type Showing = { readonly near: Position | undefined; readonly book: ShopBook };

async function partView(part: Part, { near, book }: Showing): Promise<ReturnablePartView> {
  const { subOrder, order } = part;
  const shop = book.get(subOrder.shopId);
  const thing = await readThings(
    reader(),
    part.lines.map((line) => line.row),
  );
  const lines = await Promise.all(
    part.lines.map(async (line) => {
      const may = rightsOf(line, part, book);
      return {
        ...thing(line.row),
        lineId: line.row.id,
        left: line.leftQuantity,
        served: line.servedQuantity,
        worthMinor: worthOf(line),
        may,
        exception: line.row.withdrawalException ?? undefined,
        exchanges: may.exchange ? await exchangesOf(part, line) : [],
      };
    }),
  );
  const from = near ?? addressOf(order) ?? shop?.at ?? book.city.at;
  const { deliveryOwedMinor: owedMinor, deliveryRescueMinor: rescueMinor } = part;
  return {
    subOrderId: subOrder.id,
    number: subOrder.number,
    shopName: shop?.name ?? '',
    shopAddress: shop ? `${shop.street}, ${shop.postcode} ${shop.town}` : '',
    awning: shop?.awning ?? 0,
    withdrawUntil: part.withdrawUntil,
    guaranteeUntil: part.guaranteeUntil,
    may: {
      withdrawal: lines.some((line) => line.may.withdrawal),
      defect: lines.some((line) => line.may.defect),
      exchange: lines.some((line) => line.exchanges.length > 0),
    },
    lines,
    places: nearest(returnPlaces(book, subOrder.shopId, from)).map((place) => placeView(place, book)),
    deliveryMinor: deliveryCredit('withdrawal', { owedMinor, rescueMinor, standardMinor: subOrder.standardDeliveryMinor }).shopperMinor,
  };
}

/** The nearest few, and the selling shop wherever it is. */
function nearest(places: readonly ReturnPlace[]): readonly ReturnPlace[] {
  const few = places.slice(0, MOST_PLACES);
  return [...few, ...places.slice(MOST_PLACES).filter((place) => place.isOrigin)];
}

function worthOf(line: PartLine) {
  return line.leftQuantity > 0 ? returnCredit(line, line.creditedQuantity, line.leftQuantity).shopperMinor : minor(0);
}

async function exchangesOf(part: Part, line: PartLine) {
  const choices = await listExchangeChoices(reader(), part.subOrder.shopId, line);
  const one = returnCredit(line, line.creditedQuantity, 1);
  return choices.map(({ priceMinor, priceSteps, ...choice }) => ({
    ...choice,
    differenceMinor: minor(linePrice({ priceMinor, priceSteps }, 1) - one.shopperMinor - one.rescueMinor),
  }));
}

function addressOf({ addressLatitude: latitude, addressLongitude: longitude }: Part['order']): Position | undefined {
  return latitude === null || longitude === null ? undefined : { latitude, longitude };
}

function placeView({ shop, metres, isOrigin }: ReturnPlace, { now }: ShopBook): ReturnPlaceView {
  const { isOpen, changesAt } = openState(shop, now);
  return { shopId: shop.id, name: shop.name, street: shop.street, town: shop.town, metres, isOrigin, isOpen, changesAt };
}

/** The pass of one return, by its own link; undefined when the link opens nothing. */
export async function getReturnPass(
  returnToken: string,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<ReturnPassView | undefined> {
  const number = readReturnToken(returnToken);
  if (number === undefined) return undefined;
  const book = await loadShopBook(clock.now());
  const [found] = await readCards(reader(), eq(returnCases.number, number), book, 1);
  if (!found) return undefined;
  const { row, order, card } = found;
  const origin = book.get(row.shopId);
  const chosen = row.chosenShopId === null ? undefined : book.get(row.chosenShopId);
  return {
    ...card,
    orderToken: order.token,
    tracking: row.tracking ?? undefined,
    reason: row.reason ?? undefined,
    place: chosen && placeView({ shop: chosen, metres: 0, isOrigin: chosen.id === row.shopId }, book),
    originAddress: origin ? `${origin.name}, ${origin.street}, ${origin.postcode} ${origin.town}` : '',
    awning: (chosen ?? origin)?.awning ?? 0,
    timeZone: book.city.timeZone,
    asOf: book.now,
    events: await readEvents(reader(), row.id, book),
  };
}

/** What already comes back of an order, for whoever holds its link. */
export async function listReturnsOf(
  { orderId }: OrderScope,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<readonly ReturnCardView[]> {
  const cards = await readCards(reader(), eq(returnCases.orderId, orderId), await loadShopBook(clock.now()));
  return cards.map(({ card }) => card);
}

/** The returns of an order as the city reads them, with their stories. */
export async function listOrderReturns(
  _operator: OperatorScope,
  orderId: OrderId,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<readonly OperatorReturnView[]> {
  const book = await loadShopBook(clock.now());
  const cards = await readCards(reader(), and(eq(returnCases.orderId, orderId)), book);
  return Promise.all(cards.map(async ({ card, row }) => ({ ...card, orderId, events: await readEvents(reader(), row.id, book) })));
}

/** The contract a return belongs to, for the system. */
export async function getReturnContract(returnId: ReturnId): Promise<SubOrderId | undefined> {
  const [row] = await reader().select({ subOrderId: returnCases.subOrderId }).from(returnCases).where(eq(returnCases.id, returnId));
  return row?.subOrderId;
}
