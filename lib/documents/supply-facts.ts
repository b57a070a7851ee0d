import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { citySettings, merchants, orderLines, orders, payments, shops, subOrderEvents, subOrders } from '@/db/schema';
import { lineWorth, servedQuantity } from '@/lib/fulfilment';
import type { Instant, SubOrderId } from '@/lib/kernel';
import { dayKey, invariant, minor } from '@/lib/kernel';
import type { SuppliedLine } from '@/lib/oms';
import { apportion } from '@/lib/oms';
import type { Tx } from '@/lib/platform/transaction';
import type { DocumentContent, DocumentParty } from './content';

type LineRow = typeof orderLines.$inferSelect;

/** A sub-order whose goods have left the shop, with everything its documents say. */
export type SupplyFacts = {
  readonly subOrder: typeof subOrders.$inferSelect;
  readonly isReplayed: boolean;
  readonly lines: readonly LineRow[];
  readonly supplied: readonly SuppliedLine[];
  readonly merchant: DocumentContent['merchant'];
  readonly buyer: DocumentParty;
  readonly suppliedOn: string;
  readonly timeZone: string;
  /** The account a bank transfer went to; undefined for a card. */
  readonly transferredTo: string | undefined;
};

const SUPPLIED_STATES = ['handed-over', 'despatched', 'delivered'] as const;

/** Locks the sub-order, so that its documents are written one after another; undefined when it is unknown or nothing left the shop yet. */
export async function lockSupply(tx: Tx, subOrderId: SubOrderId): Promise<SupplyFacts | undefined> {
  const [row] = await tx
    .select({
      subOrder: subOrders,
      order: orders,
      shop: shops,
      merchant: merchants,
      iban: sql<string | null>`${payments.payTo} ->> 'iban'`,
    })
    .from(subOrders)
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .innerJoin(shops, eq(shops.id, subOrders.shopId))
    .innerJoin(merchants, eq(merchants.id, subOrders.merchantId))
    .leftJoin(payments, eq(payments.orderId, orders.id))
    .where(and(eq(subOrders.id, subOrderId), eq(subOrders.isSetAside, false))) // the shop's own till writes what is paid there
    .for('update', { of: subOrders });
  const leftAt = row === undefined ? undefined : await findLeaving(tx, subOrderId);
  if (!row || leftAt === undefined) return undefined;
  const [city] = await tx.select({ timeZone: citySettings.timeZone }).from(citySettings);
  invariant(city, 'the city is set up');
  const lines = await tx.select().from(orderLines).where(eq(orderLines.subOrderId, subOrderId)).orderBy(asc(orderLines.id));
  const { subOrder, order, shop, merchant } = row;
  return {
    subOrder,
    isReplayed: order.isReplayed,
    lines,
    supplied: suppliedLines(lines, subOrder.deliveryMinor),
    merchant: { ...merchantParty(merchant), tradeName: shop.name },
    buyer: { name: order.shopperName, email: order.email, ...addressParts(order.addressLabel ?? ''), country: merchant.country },
    suppliedOn: dayKey(leftAt, city.timeZone),
    timeZone: city.timeZone,
    transferredTo: row.iban ?? undefined,
  };
}

/** When the goods first left the shop: handed over, or given to the courier or carrier. */
async function findLeaving(tx: Tx, subOrderId: SubOrderId): Promise<Instant | undefined> {
  const [left] = await tx
    .select({ at: subOrderEvents.occurredAt })
    .from(subOrderEvents)
    .where(and(eq(subOrderEvents.subOrderId, subOrderId), inArray(subOrderEvents.toState, [...SUPPLIED_STATES])))
    .orderBy(asc(subOrderEvents.occurredAt))
    .limit(1);
  return left?.at;
}

/**
 * What was really in the bag. Delivery keeps the shares frozen at placement; when a line is missing, its share goes to the lines that
 * were supplied, for an accessory follows the goods it accompanies.
 */
function suppliedLines(lines: readonly LineRow[], deliveryMinor: number): readonly SuppliedLine[] {
  const given = lines.filter((line) => servedQuantity(line) > 0);
  const isWhole = given.length === lines.length;
  const shares = apportion(
    minor(deliveryMinor),
    given.map((line) => lineWorth(line)),
  );
  return given.map((line, index) => ({
    lineId: line.id,
    quantity: servedQuantity(line),
    goodsMinor: lineWorth(line),
    discountMinor: minor(0),
    deliveryMinor: isWhole || !shares.ok ? line.deliveryShareMinor : (shares.value[index] ?? minor(0)),
    rateBps: line.vatRateBps,
  }));
}

function merchantParty(merchant: typeof merchants.$inferSelect): Omit<DocumentContent['merchant'], 'tradeName'> {
  const { legalName, legalForm, registrationNumber, register, email, phone, country } = merchant;
  return {
    name: legalName,
    legalForm,
    registrationNumber,
    register,
    email,
    phone,
    country,
    ...addressParts(merchant.address),
    capital: merchant.capital ?? undefined,
    vatNumber: merchant.vatNumber ?? undefined,
  };
}

/** `12 rue de Bonne, 38000 Grenoble` in its parts; what is written otherwise is kept whole as the street. */
export function addressParts(label: string): Pick<DocumentParty, 'street' | 'postcode' | 'town'> {
  const parts = /^(?<street>.*?),?\s*\b(?<postcode>\d{5})\s+(?<town>[^,\d]+)$/u.exec(label.trim());
  const { street, postcode, town } = parts?.groups ?? {};
  return { street: street ?? label, postcode: postcode ?? '', town: town ?? '' };
}
