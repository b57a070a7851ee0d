import { cookies } from 'next/headers';
import { exportProducts } from '@/lib/connectors';
import { SESSION_COOKIE, currentSession, shopScope } from '@/lib/identity';

export const dynamic = 'force-dynamic';

/** Everything the shop sells as one CSV that the import reads back: nobody's catalogue is locked in here. */
export async function GET(_request: Request, { params }: { readonly params: Promise<{ shop: string }> }): Promise<Response> {
  const { shop } = await params;
  const session = await currentSession((await cookies()).get(SESSION_COOKIE)?.value);
  const access = await shopScope(session, shop, 'manager');
  if (!access.ok) return new Response(null, { status: 404 });
  const pieces = exportProducts(access.value.scope);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${shop}.csv"`,
      'cache-control': 'no-store',
    },
  });
}
