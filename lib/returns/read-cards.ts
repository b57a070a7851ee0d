import type { SQL } from 'drizzle-orm';
import { asc, desc, eq, inArray } from 'drizzle-orm';
import {
  categories,
  listings,
  offers,
  orderLines,
  orders,
  products,
  returnCases,
  returnCredits,
  returnEvents,
  returnLines,
  variants,
} from '@/db/schema';
import type { ReturnId } from '@/lib/kernel';
import { sumMinor } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import type { ShopBook } from '@/lib/shops';
import { refundDue } from './return-rounds';
import { returnTokenOf } from './return-token';
import type { ReturnCardView, ReturnEventView, ReturnLineView, ReturnThingView } from './views';

const MOST = 200;

export type CardRow = {
  readonly row: typeof returnCases.$inferSelect;
  readonly order: typeof orders.$inferSelect;
  readonly card: ReturnCardView;
};

/** Returns as lists show them, the youngest first; `where` is the caller's scope. */
export async function readCards(from: Reader, where: SQL | undefined, book: ShopBook, most: number = MOST): Promise<readonly CardRow[]> {
  const rows = await from
    .select({ row: returnCases, order: orders })
    .from(returnCases)
    .innerJoin(orders, eq(orders.id, returnCases.orderId))
    .where(where)
    .orderBy(desc(returnCases.statedAt), desc(returnCases.id))
    .limit(most);
  const ids = rows.map(({ row }) => row.id);
  const [lines, credits] = await Promise.all([readLines(from, ids), readCredits(from, ids)]);
  return rows.map(({ row, order }) => {
    const own = lines.get(row.id) ?? [];
    return {
      row,
      order,
      card: {
        returnId: row.id,
        number: row.number,
        returnToken: returnTokenOf(row.number),
        subOrderId: row.subOrderId,
        orderNumber: order.number,
        cause: row.cause,
        remedy: row.remedy,
        state: row.state,
        way: row.way,
        code: row.code,
        statedAt: row.statedAt,
        bringBy: row.bringBy,
        sentBackAt: row.sentBackAt ?? undefined,
        receivedAt: row.receivedAt ?? undefined,
        endedAt: row.endedAt ?? undefined,
        originName: book.get(row.shopId)?.name ?? '',
        chosenShop: row.chosenShopId === null ? undefined : book.get(row.chosenShopId)?.name,
        receivedShop: row.receivedShopId === null ? undefined : book.get(row.receivedShopId)?.name,
        question: row.question ?? undefined,
        refusedReason: row.refusedReason ?? undefined,
        refundDueOn: row.endedAt === null ? refundDue(row, book.city.timeZone) : undefined,
        remedyDueAt: row.remedyDueAt ?? undefined,
        refundedMinor: sumMinor(credits.filter((credit) => credit.returnId === row.id).map((credit) => credit.shopperMinor)),
        supplementMinor: sumMinor(own.map(({ supplementMinor }) => supplementMinor)),
        currency: order.currency,
        lines: own.map(({ view }) => view),
      },
    };
  });
}

async function readCredits(from: Reader, ids: readonly ReturnId[]) {
  if (ids.length === 0) return [];
  return from
    .select()
    .from(returnCredits)
    .where(inArray(returnCredits.returnId, [...ids]));
}

type LineOfCase = { readonly view: ReturnLineView; readonly supplementMinor: number };

async function readLines(from: Reader, ids: readonly ReturnId[]): Promise<ReadonlyMap<ReturnId, readonly LineOfCase[]>> {
  if (ids.length === 0) return new Map();
  const rows = await from
    .select({ line: returnLines, of: orderLines, instead: listings.title, insteadLabel: variants.label })
    .from(returnLines)
    .innerJoin(orderLines, eq(orderLines.id, returnLines.lineId))
    .leftJoin(offers, eq(offers.id, returnLines.exchangeOfferId))
    .leftJoin(listings, eq(listings.id, offers.listingId))
    .leftJoin(variants, eq(variants.id, listings.variantId))
    .where(inArray(returnLines.returnId, [...ids]))
    .orderBy(returnLines.lineId);
  const things = await readThings(
    from,
    rows.map(({ of }) => of),
  );
  const views = rows.map(({ line, of, instead, insteadLabel }) => ({
    returnId: line.returnId,
    supplementMinor: line.supplementMinor,
    view: {
      ...things(of),
      lineId: line.lineId,
      quantity: line.quantity,
      brought: line.broughtQuantity ?? undefined,
      good: line.goodQuantity ?? undefined,
      deductionMinor: line.deductionMinor,
      destination: line.destination ?? undefined,
      clearingMinor: line.clearingMinor,
      sentHomeAt: line.sentHomeAt ?? undefined,
      backHomeAt: line.backHomeAt ?? undefined,
      instead: instead === null ? undefined : [instead, insteadLabel].filter((part) => part !== null).join(', '),
    },
  }));
  return Map.groupBy(views, ({ returnId }) => returnId);
}

type OrderLine = typeof orderLines.$inferSelect;

/** What draws the tile of a line, whatever became of its page. */
export async function readThings(from: Reader, lines: readonly OrderLine[]): Promise<(line: OrderLine) => ReturnThingView> {
  const ids = [...new Set(lines.map((line) => line.listingId))];
  const rows =
    ids.length === 0
      ? []
      : await from
          .select({
            listingId: listings.id,
            productId: products.id,
            glyph: products.glyph,
            family: categories.family,
            own: categories.glyph,
          })
          .from(listings)
          .innerJoin(variants, eq(variants.id, listings.variantId))
          .innerJoin(products, eq(products.id, variants.productId))
          .innerJoin(categories, eq(categories.id, products.categoryId))
          .where(inArray(listings.id, ids));
  return (line) => {
    const found = rows.find((row) => row.listingId === line.listingId);
    return {
      title: line.title,
      keyAttribute: line.keyAttribute ?? undefined,
      salesUnit: line.salesUnit,
      productId: found?.productId ?? line.listingId,
      family: found?.family ?? 'epicerie',
      glyph: (found?.glyph || found?.own) ?? '',
    };
  };
}

/** The story of a return, oldest first. */
export async function readEvents(from: Reader, returnId: ReturnId, book: ShopBook): Promise<readonly ReturnEventView[]> {
  const rows = await from
    .select()
    .from(returnEvents)
    .where(eq(returnEvents.returnId, returnId))
    .orderBy(asc(returnEvents.occurredAt), asc(returnEvents.id));
  return rows.map((row) => ({
    event: row.event,
    at: row.occurredAt,
    actor: row.actorKind,
    shop: row.shopId === null ? undefined : book.get(row.shopId)?.name,
  }));
}
