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
  const { searchParams } = new URL(request.url);
  const sealed = (await cookies()).get(SESSION_COOKIE)?.value;
  const scope = await scopeOf(searchParams, sealed);
  if (!scope) return new Response(null, { status: 404 });
  const lastEventId = request.headers.get('last-event-id') ?? '';
  const mayStay = async () => (await scopeOf(searchParams, sealed)) !== undefined;
  return new Response(streamOf({ scope, lastEventId, mayStay }, request.signal), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}

async function scopeOf(query: URLSearchParams, sealed: string | undefined): Promise<WatchScope | undefined> {
  const orderToken = query.get('order');
  if (orderToken !== null) {
    const opened = await openOrderLink(orderToken);
    return opened.ok ? opened.value : undefined;
  }
  const requestToken = query.get('request');
  if (requestToken !== null) return requestScope(requestToken);
  const session = await currentSession(sealed);
  const slug = query.get('shop');
  if (slug !== null) {
    const access = await shopScope(session, slug);
    return access.ok ? access.value.scope : undefined;
  }
  if (query.get('city') === null) return undefined;
  const access = await operatorScope(session);
  return access.ok ? access.value : undefined;
}

type Watching = {
  readonly scope: WatchScope;
  readonly lastEventId: string;
  /** Whether whoever watches still may: asked when the team of what they watch has changed. */
  readonly mayStay: () => Promise<boolean>;
};

function streamOf({ scope, lastEventId, mayStay }: Watching, signal: AbortSignal): ReadableStream<Uint8Array> {
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
      const end = (): void => {
        stop();
        controller.close();
      };
      const hear = async (news: LiveNews): Promise<void> => {
        if (news.name === 'TeamChanged' && !(await mayStay())) end();
        else send(eventText(news));
      };
      try {
        unwatch = await watch(scope, (news) => {
          hear(news).catch((error: unknown) => logError('live feed', error));
        });
        const missed = lastEventId === '' ? undefined : await findNewsSince(scope, lastEventId);
        if (missed) send(eventText(missed));
      } catch (error) {
        logError('live feed', error);
        end();
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
