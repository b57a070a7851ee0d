import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { documentSeries, documents, orders, shops, subOrders } from '@/db/schema';
import type { DocumentId, OrderScope, ShopScope } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import type { DocumentContent } from './content';
import { issued } from './document-repository';
import type { DocumentRowView, ShopDocumentsView } from './views';

const PAGE = 50;

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

/**
 * A shop's documents, newest first, a page at a time; `after` is the last of the page before. `count` is of the merchant's series. Whether these hold is looked
 * at by night and on demand (`findShopCheck`).
 */
export async function listShopDocuments({ shopId }: ShopScope, after?: DocumentId): Promise<ShopDocumentsView> {
  const [shop] = await reader().select({ merchantId: shops.merchantId, timeZone: shops.timeZone }).from(shops).where(eq(shops.id, shopId));
  if (!shop) return { rows: [], count: 0, older: undefined, timeZone: 'UTC' };
  const ofMerchant = eq(documents.merchantId, shop.merchantId);
  const last = sql`(select ${documents.issuedAt}, ${documents.id} from ${documents} where ${documents.id} = ${after} and ${ofMerchant})`;
  const [rows, [counted]] = await Promise.all([
    reader()
      .select(rowOf)
      .from(documents)
      .innerJoin(subOrders, eq(subOrders.id, documents.subOrderId))
      .where(and(ofMerchant, eq(subOrders.shopId, shopId), after && sql`(${documents.issuedAt}, ${documents.id}) < ${last}`))
      .orderBy(desc(documents.issuedAt), desc(documents.id))
      .limit(PAGE + 1),
    reader()
      .select({ count: sql<number>`coalesce(sum(${documentSeries.lastSequence}), 0)::int` })
      .from(documentSeries)
      .where(eq(documentSeries.merchantId, shop.merchantId)),
  ]);
  const shown = rows.slice(0, PAGE);
  const older = rows.length > PAGE ? shown.at(-1)?.documentId : undefined;
  return { rows: shown, count: counted?.count ?? 0, older, timeZone: shop.timeZone };
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
