import { hearCarrier } from '@/lib/carriers';
import { logError } from '@/lib/platform/log';

/** News of a parcel is a few hundred bytes; more than this is not one. */
const MOST_BYTES = 64 * 1024;

/** Messages of the carrier. Whatever was understood is answered with 200, also when it was heard before; 5xx asks for it again. */
export async function POST(request: Request): Promise<Response> {
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES) return answer(413, 'message-too-long');
  const body = await request.text();
  if (body.length > MOST_BYTES) return answer(413, 'message-too-long');
  const header = (name: string): string => request.headers.get(name) ?? '';
  try {
    const heard = await hearCarrier(body, {
      id: header('webhook-id'),
      timestamp: header('webhook-timestamp'),
      signature: header('webhook-signature'),
    });
    return heard.ok ? answer(200, heard.value) : answer(400, heard.error.kind);
  } catch (error) {
    logError('webhook of the carrier', error);
    return answer(500, 'try-again');
  }
}

function answer(status: number, outcome: string): Response {
  return Response.json({ outcome }, { status, headers: { 'cache-control': 'no-store' } });
}
