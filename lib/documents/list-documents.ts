import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { documents, orders, shops, subOrders } from '@/db/schema';
import type { DocumentId, OrderScope, ShopScope } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { DocumentContent } from './content';
import { issued } from './document-repository';
import type { DocumentRowView, ShopDocumentsView } from './views';

const MOST_ROWS = 500;

const rowOf = {
  documentId: documents.id,
  kind: documents.kind,
  number: documents.number,
  subOrderNumber: subOrders.number,
  issuedAt: documents.issuedAt,
  grossMinor: documents.grossMinor,
  vatMinor: documents.vatMinor,
  currency: documents.currency,
};

/** The documents of an order, for whoever holds its link, in the order of its parts. */
export async function listOrderDocuments({ orderId }: OrderScope): Promise<readonly DocumentRowView[]> {
  return reader()
    .select(rowOf)
    .from(documents)
    .innerJoin(subOrders, eq(subOrders.id, documents.subOrderId))
    .where(eq(subOrders.orderId, orderId))
    .orderBy(asc(subOrders.number), desc(documents.kind), asc(documents.sequence));
}

/** A shop's latest documents, and how many there are. Whether its merchant's series hold is looked at by night and on demand (`findShopCheck`). */
export async function listShopDocuments({ shopId }: ShopScope): Promise<ShopDocumentsView> {
  const ofShop = eq(subOrders.shopId, shopId);
  const [rows, [counted], [shop]] = await Promise.all([
    reader()
      .select(rowOf)
      .from(documents)
      .innerJoin(subOrders, eq(subOrders.id, documents.subOrderId))
      .where(ofShop)
      .orderBy(desc(documents.issuedAt), desc(documents.id))
      .limit(MOST_ROWS),
    reader()
      .select({ count: sql<number>`count(*)::int` })
      .from(documents)
      .innerJoin(subOrders, eq(subOrders.id, documents.subOrderId))
      .where(ofShop),
    reader().select({ timeZone: shops.timeZone }).from(shops).where(eq(shops.id, shopId)),
  ]);
  return { rows, count: counted?.count ?? 0, timeZone: shop?.timeZone ?? 'UTC' };
}

/** One document of an order, for whoever holds the order's link. Another order's is not there. */
export async function getOrderDocument({ orderId }: OrderScope, documentId: DocumentId): Promise<DocumentContent | undefined> {
  return findContent(and(eq(documents.id, documentId), eq(orders.id, orderId)));
}

/** One document of a shop's own sales. Another shop's is not there. */
export async function getShopDocument({ shopId }: ShopScope, documentId: DocumentId): Promise<DocumentContent | undefined> {
  return findContent(and(eq(documents.id, documentId), eq(subOrders.shopId, shopId)));
}

async function findContent(where: ReturnType<typeof and>): Promise<DocumentContent | undefined> {
  const [row] = await reader()
    .select({ document: documents })
    .from(documents)
    .innerJoin(subOrders, eq(subOrders.id, documents.subOrderId))
    .innerJoin(orders, eq(orders.id, subOrders.orderId))
    .where(where);
  return row === undefined ? undefined : issued(row.document).content;
}
