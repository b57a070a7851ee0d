import { cookies } from 'next/headers';
import { getCityFeeDocument, getShopFeeDocument } from '@/lib/billing';
import type { DocumentContent } from '@/lib/documents';
import { getOrderDocument, getShopDocument, renderDocument } from '@/lib/documents';
import { documentFormats } from '@/lib/documents/views';
import { SESSION_COOKIE, currentSession, openOrderLink, operatorScope, shopScope } from '@/lib/identity';
import type { CommissionDocumentId } from '@/lib/kernel';
import { parseId } from '@/lib/kernel';
import { financeRoles } from '@/lib/payouts';

export const dynamic = 'force-dynamic';

type Context = { readonly params: Promise<{ readonly documentId: string }> };

/**
 * An invoice or credit note as a file: `?order=<link token>` for the shopper, `?shop=<slug>` for whoever runs the shop; of the city's commission
 * `?shop=<slug>` for the shop's owner, nothing for whoever keeps the city's books; `&format=pdf|cii|ubl`. Another's document is not there.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const content = await findDocument((await params).documentId, query);
  const format = documentFormats.find((one) => one === (query.get('format') ?? 'pdf'));
  if (!content || !format) return new Response(null, { status: 404 });
  const { bytes, contentType, fileName } = await renderDocument(content, format);
  return new Response(Buffer.from(bytes), {
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'private, no-store',
    },
  });
}

async function findDocument(text: string, query: URLSearchParams): Promise<DocumentContent | undefined> {
  const feeId = parseId('commissionDocument', text);
  if (feeId) return findFeeDocument(feeId, query.get('shop'));
  const documentId = parseId('document', text);
  if (!documentId) return undefined;
  const token = query.get('order');
  if (token !== null) {
    const opened = await openOrderLink(token);
    return opened.ok ? getOrderDocument(opened.value, documentId) : undefined;
  }
  const session = await currentSession((await cookies()).get(SESSION_COOKIE)?.value);
  const access = await shopScope(session, query.get('shop') ?? '', 'manager');
  return access.ok ? getShopDocument(access.value.scope, documentId) : undefined;
}

async function findFeeDocument(feeId: CommissionDocumentId, slug: string | null): Promise<DocumentContent | undefined> {
  const session = await currentSession((await cookies()).get(SESSION_COOKIE)?.value);
  if (slug === null) {
    const city = await operatorScope(session, financeRoles);
    return city.ok ? getCityFeeDocument(city.value, feeId) : undefined;
  }
  const access = await shopScope(session, slug, 'owner');
  return access.ok ? getShopFeeDocument(access.value.scope, feeId) : undefined;
}
