import { cookies } from 'next/headers';
import { rejectedCsv } from '@/lib/connectors';
import { SESSION_COOKIE, currentSession, shopScope } from '@/lib/identity';
import { parseId } from '@/lib/kernel';
import { texts } from '@/lib/texts';
import { explainRow } from '@/app/_text/explain-import';

export const dynamic = 'force-dynamic';

/** The refused rows of an import as they came, each with its reason, for repairing in a spreadsheet. */
export async function GET(_request: Request, { params }: { readonly params: Promise<{ shop: string; id: string }> }): Promise<Response> {
  const { shop, id } = await params;
  const session = await currentSession((await cookies()).get(SESSION_COOKIE)?.value);
  const access = await shopScope(session, shop, 'manager');
  const importId = parseId('import', id);
  if (!session || !access.ok || importId === undefined) return new Response(null, { status: 404 });
  const { locale } = session;
  const heading = texts(locale, 'imports')('rejected.heading');
  const pieces = rejectedCsv(access.value.scope, importId, (reason) => (reason === 'heading' ? heading : explainRow(locale, reason)));
  const encoder = new TextEncoder();
  const first = await pieces.next();
  if (first.done === true) return new Response(null, { status: 404 });
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(first.value)),
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${id}.csv"`,
      'cache-control': 'no-store',
    },
  });
}
