import { eq, inArray } from 'drizzle-orm';
import { citySettings, merchants, orderLines, orders, payments, shops, subOrders } from '@/db/schema';
import type { Locale, OrderId, SubOrderId } from '@/lib/kernel';
import { invariant, isLocale, unprefixedLocale } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { texts } from '@/lib/texts';

export type CityRow = typeof citySettings.$inferSelect;

/** A part of an order with everything a mail says about it. */
export type PartFacts = {
  readonly subOrder: typeof subOrders.$inferSelect;
  readonly shop: typeof shops.$inferSelect;
  readonly merchant: typeof merchants.$inferSelect;
  readonly lines: readonly (typeof orderLines.$inferSelect)[];
};

export type OrderFacts = {
  readonly order: typeof orders.$inferSelect;
  /** How it is paid, as the texts tell it apart. */
  readonly by: 'card' | 'transfer';
  readonly parts: readonly PartFacts[];
  readonly city: CityRow;
  readonly locale: Locale;
};

/** The language of an order or a person; the city's when it is none of ours. */
export function localeOf(text: string): Locale {
  return isLocale(text) ? text : unprefixedLocale;
}

export async function readCity(): Promise<CityRow> {
  const [city] = await reader().select().from(citySettings);
  invariant(city, 'the city is set up');
  return city;
}

/** An order as its mails tell it; the system reads, nobody else is told. */
export async function readOrderFacts(orderId: OrderId): Promise<OrderFacts | undefined> {
  const [row] = await reader()
    .select({ order: orders, method: payments.method })
    .from(orders)
    .leftJoin(payments, eq(payments.orderId, orders.id))
    .where(eq(orders.id, orderId));
  if (!row) return undefined;
  const { order, method } = row;
  const [city, rows] = await Promise.all([
    readCity(),
    reader()
      .select({ subOrder: subOrders, shop: shops, merchant: merchants })
      .from(subOrders)
      .innerJoin(shops, eq(shops.id, subOrders.shopId))
      .innerJoin(merchants, eq(merchants.id, subOrders.merchantId))
      .where(eq(subOrders.orderId, orderId))
      .orderBy(subOrders.number),
  ]);
  const lines = rows.length === 0 ? [] : await readLines(rows.map((row) => row.subOrder.id));
  const parts = rows.map((row) => ({ ...row, lines: lines.filter((line) => line.subOrderId === row.subOrder.id) }));
  return { order, by: method === 'bank-transfer' ? 'transfer' : 'card', parts, city, locale: localeOf(order.locale) };
}

async function readLines(ids: readonly SubOrderId[]) {
  return reader()
    .select()
    .from(orderLines)
    .where(inArray(orderLines.subOrderId, [...ids]))
    .orderBy(orderLines.id);
}

/** Who runs the place, at the bottom of every mail. */
export function footerOf(city: CityRow, locale: Locale): readonly string[] {
  const t = texts(locale, 'mail');
  const lines = [
    t('footer.city', { city: city.name }),
    t('footer.operator', { operator: city.operator.legalName, email: city.operator.email }),
  ];
  return city.isDemo ? [...lines, t('footer.demo')] : lines;
}
