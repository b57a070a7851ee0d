import { env } from '@/lib/platform/env';
import { logError } from '@/lib/platform/log';
import { hearSource } from '@/lib/sources';

export const dynamic = 'force-dynamic';

/** A message about one product with all its variants; more than this is not one. */
const MOST_BYTES = 1024 * 1024;

/**
 * Messages of shops' tills and sites, each at its connection's own address. Whatever was understood is answered with 200, also when it was
 * heard before; 5xx asks for it again. The signature is over the bytes as they came, so nothing is parsed before it is judged.
 */
export async function POST(request: Request, { params }: { readonly params: Promise<{ readonly token: string }> }): Promise<Response> {
  const { token } = await params;
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES) return answer(413, 'message-too-long');
  const body = await request.text();
  if (body.length > MOST_BYTES) return answer(413, 'message-too-long');
  try {
    const url = `${env().baseUrl}/api/webhooks/sources/${token}`;
    const heard = await hearSource(token, { headers: Object.fromEntries(request.headers), body, url });
    if (heard.ok) return answer(200, heard.value);
    return answer(heard.error.kind === 'connection-not-found' ? 404 : heard.error.kind === 'wrong-signature' ? 401 : 400, heard.error.kind);
  } catch (error) {
    logError('message of a source', error);
    return answer(500, 'try-again');
  }
}

function answer(status: number, outcome: string): Response {
  return Response.json({ outcome }, { status, headers: { 'cache-control': 'no-store' } });
}
