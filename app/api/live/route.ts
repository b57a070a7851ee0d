import { cookies } from 'next/headers';
import { SESSION_COOKIE, currentSession, openOrderLink, operatorScope, requestScope, shopScope } from '@/lib/identity';
import type { LiveNews, WatchScope } from '@/lib/messaging';
import { findNewsSince, watch } from '@/lib/messaging';
import { logError } from '@/lib/platform/log';

export const dynamic = 'force-dynamic';

const HEARTBEAT_MS = 15_000;
const RETRY_MS = 3_000;

/**
 * Server-sent events for what people watch: `?order=<link token>`, `?request=<link token>`, `?shop=<slug>` or `?city=1`. Only says that something changed; the page
 * then reads it again in its own scope. Whoever may not watch it finds nothing here.
 */
export async function GET(request: Request): Promise<Response> {
  const scope = await scopeOf(new URL(request.url).searchParams);
  if (!scope) return new Response(null, { status: 404 });
  const lastEventId = request.headers.get('last-event-id') ?? '';
  return new Response(streamOf(scope, lastEventId, request.signal), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}

async function scopeOf(query: URLSearchParams): Promise<WatchScope | undefined> {
  const orderToken = query.get('order');
  if (orderToken !== null) {
    const opened = await openOrderLink(orderToken);
    return opened.ok ? opened.value : undefined;
  }
  const requestToken = query.get('request');
  if (requestToken !== null) return requestScope(requestToken);
  const session = await currentSession((await cookies()).get(SESSION_COOKIE)?.value);
  const slug = query.get('shop');
  if (slug !== null) {
    const access = await shopScope(session, slug);
    return access.ok ? access.value.scope : undefined;
  }
  if (query.get('city') === null) return undefined;
  const access = await operatorScope(session);
  return access.ok ? access.value : undefined;
}

function streamOf(scope: WatchScope, lastEventId: string, signal: AbortSignal): ReadableStream<Uint8Array> {
  let stop = (): void => {};
  return new ReadableStream({
    async start(controller) {
      const encoder = new TextEncoder();
      const send = (text: string): void => {
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          stop(); // the reader has gone between two events
        }
      };
      const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
      let unwatch = (): void => {};
      stop = () => {
        clearInterval(heartbeat);
        unwatch();
      };
      signal.addEventListener('abort', () => stop());
      send(`retry: ${RETRY_MS}\n\n`);
      try {
        unwatch = await watch(scope, (news) => send(eventText(news)));
        const missed = lastEventId === '' ? undefined : await findNewsSince(scope, lastEventId);
        if (missed) send(eventText(missed));
      } catch (error) {
        logError('live feed', error);
        stop();
        controller.close();
      }
      if (signal.aborted) stop();
    },
    cancel() {
      stop();
    },
  });
}

function eventText({ eventId, name, at }: LiveNews): string {
  const id = eventId === '' ? '' : `id: ${eventId}\n`;
  return `${id}event: change\ndata: ${JSON.stringify({ name, at })}\n\n`;
}
