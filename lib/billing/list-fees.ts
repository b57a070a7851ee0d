import { and, desc, eq, sql } from 'drizzle-orm';
import { commissionDocuments, commissionSeries, merchants, shops } from '@/db/schema';
import type { DocumentContent } from '@/lib/documents';
import { documentContent } from '@/lib/documents';
import type { CommissionDocumentId, OperatorScope, ShopScope } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { findFeeCheck } from './verify-fees';
import type { CityFeesView, FeeDocumentView } from './views';

/** Of one merchant: eight years of months with a credit note each. */
const MOST_ROWS = 200;
const PAGE = 50;

const rowOf = {
  documentId: commissionDocuments.id,
  kind: commissionDocuments.kind,
  number: commissionDocuments.number,
  merchantName: merchants.legalName,
  from: commissionDocuments.periodFrom,
  to: commissionDocuments.periodTo,
  issuedAt: commissionDocuments.issuedAt,
  netMinor: commissionDocuments.netMinor,
  vatMinor: commissionDocuments.vatMinor,
  grossMinor: commissionDocuments.grossMinor,
  currency: commissionDocuments.currency,
};

const newestFirst = [desc(commissionDocuments.issuedAt), desc(commissionDocuments.number)];

/** What the city invoiced the merchant behind a shop, newest first. */
export async function listShopFees({ shopId }: ShopScope): Promise<readonly FeeDocumentView[]> {
  return reader()
    .select(rowOf)
    .from(commissionDocuments)
    .innerJoin(merchants, eq(merchants.id, commissionDocuments.merchantId))
    .innerJoin(shops, and(eq(shops.merchantId, merchants.id), eq(shops.id, shopId)))
    .orderBy(...newestFirst)
    .limit(MOST_ROWS);
}

/** What the city invoiced all its merchants, newest first, a page at a time; `after` is the last of the page before. */
export async function listCityFees(_scope: OperatorScope, after?: CommissionDocumentId): Promise<CityFeesView> {
  const last = sql`(select ${commissionDocuments.issuedAt}, ${commissionDocuments.number} from ${commissionDocuments} where ${commissionDocuments.id} = ${after})`;
  const [rows, [counted], check] = await Promise.all([
    reader()
      .select(rowOf)
      .from(commissionDocuments)
      .innerJoin(merchants, eq(merchants.id, commissionDocuments.merchantId))
      .where(after && sql`(${commissionDocuments.issuedAt}, ${commissionDocuments.number}) < ${last}`)
      .orderBy(...newestFirst)
      .limit(PAGE + 1),
    reader()
      .select({ count: sql<number>`coalesce(sum(${commissionSeries.lastSequence}), 0)::int` })
      .from(commissionSeries),
    findFeeCheck(reader()),
  ]);
  const shown = rows.slice(0, PAGE);
  return { rows: shown, count: counted?.count ?? 0, older: rows.length > PAGE ? shown.at(-1)?.documentId : undefined, check };
}

/** One commission document of the merchant behind a shop. Another merchant's is not there. */
export async function getShopFeeDocument({ shopId }: ShopScope, documentId: CommissionDocumentId): Promise<DocumentContent | undefined> {
  const [row] = await reader()
    .select({ content: commissionDocuments.content })
    .from(commissionDocuments)
    .innerJoin(shops, eq(shops.merchantId, commissionDocuments.merchantId))
    .where(and(eq(commissionDocuments.id, documentId), eq(shops.id, shopId)));
  return row && documentContent.parse(row.content);
}

/** One commission document, for whoever keeps the city's books. */
export async function getCityFeeDocument(_scope: OperatorScope, documentId: CommissionDocumentId): Promise<DocumentContent | undefined> {
  const [row] = await reader()
    .select({ content: commissionDocuments.content })
    .from(commissionDocuments)
    .where(eq(commissionDocuments.id, documentId));
  return row && documentContent.parse(row.content);
}
