import { hearWebhook } from '@/lib/payments';
import { logError } from '@/lib/platform/log';

/** A provider's message is a few kilobytes; more than this is not one. */
const MOST_BYTES = 256 * 1024;

/** Messages of the payment provider. Whatever was understood is answered with 200, also when it was heard before; 5xx asks for it again. */
export async function POST(request: Request): Promise<Response> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > MOST_BYTES) return answer(413, 'message-too-long');
  const body = await request.text();
  if (body.length > MOST_BYTES) return answer(413, 'message-too-long');
  try {
    const heard = await hearWebhook(body, request.headers.get('stripe-signature') ?? '');
    return heard.ok ? answer(200, heard.value) : answer(400, heard.error.kind);
  } catch (error) {
    logError('webhook of the payment provider', error);
    return answer(500, 'try-again');
  }
}

function answer(status: number, outcome: string): Response {
  return Response.json({ outcome }, { status, headers: { 'cache-control': 'no-store' } });
}
