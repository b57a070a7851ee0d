import { MOST_MAIL_BYTES, receiveMail, type MailRefusal } from '@/lib/inbound';
import { env } from '@/lib/platform/env';
import { logError } from '@/lib/platform/log';

/** Base64 takes four signs for three bytes, and the rest of a mail is small. */
const MOST_BYTES = Math.ceil((MOST_MAIL_BYTES * 4) / 3) + 100_000;

/** What asks for the mail again is a 5xx; who may not know whether an address exists is told that all is well. */
const statusOf: Readonly<Record<MailRefusal['kind'], number>> = {
  'signature-invalid': 401,
  'message-unreadable': 400,
  'raw-not-taken': 415,
  'message-repeated': 200,
  'not-for-us': 200,
};

/** A mail to a shop's own address: as the adapter of a mail service hands it over, or raw, as `message/rfc822`. */
export async function POST(request: Request): Promise<Response> {
  const settings = env().inboundMail;
  if (settings === undefined) return new Response(null, { status: 404 });
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES) return answer(413, 'message-too-long');
  const body = Buffer.from(await request.arrayBuffer());
  if (body.length > MOST_BYTES) return answer(413, 'message-too-long');
  const header = (name: string): string => request.headers.get(name) ?? '';
  try {
    const headers = { id: header('webhook-id'), timestamp: header('webhook-timestamp'), signature: header('webhook-signature') };
    const isRaw = /^message\/rfc822\b/i.test(header('content-type'));
    const received = await receiveMail({ body, isRaw, headers }, settings);
    return received.ok ? answer(200, 'received') : answer(statusOf[received.error.kind], received.error.kind);
  } catch (error) {
    logError('webhook of mails', error);
    return answer(500, 'try-again');
  }
}

function answer(status: number, outcome: string): Response {
  return Response.json({ outcome }, { status, headers: { 'cache-control': 'no-store' } });
}
