import postgres from 'postgres';
import { z } from 'zod';
import { instant, invariant } from '@/lib/kernel';
import { env } from './env';
import { logError } from './log';
import type { LiveMessage } from './outbox';
import { LIVE_CHANNEL } from './outbox';

/** Something changed: which event and when. Never what or whose; the watcher reads that in its own scope. */
export type LiveNews = Pick<LiveMessage, 'eventId' | 'name' | 'at'>;

type Listener = (news: LiveNews) => void;

const message = z.object({
  topics: z.array(z.string()),
  eventId: z.string(),
  name: z.string(),
  at: z.number().transform((moment) => instant(moment)),
});

/** One LISTEN per process, however many watch; kept on `globalThis` so that a development server that reloads keeps one. */
type Hub = { readonly listeners: Map<string, Set<Listener>>; listening: Promise<void> | undefined };

const held = globalThis as { hallesLiveHub?: Hub };

function hub(): Hub {
  held.hallesLiveHub ??= { listeners: new Map(), listening: undefined };
  return held.hallesLiveHub;
}

/** Calls `listener` at each announcement of the topic until the returned function is called. */
export async function listenTo(topic: string, listener: Listener): Promise<() => void> {
  const live = hub();
  const others = live.listeners.get(topic) ?? new Set();
  live.listeners.set(topic, others.add(listener));
  const stop = (): void => {
    others.delete(listener);
    if (others.size === 0 && live.listeners.get(topic) === others) live.listeners.delete(topic);
  };
  live.listening ??= openListener(live);
  try {
    await live.listening;
  } catch (error) {
    live.listening = undefined; // the next watcher tries again
    stop();
    throw error;
  }
  return stop;
}

async function openListener({ listeners }: Hub): Promise<void> {
  const url = env().databaseDirectUrl;
  invariant(url, 'watching needs a database');
  const connection = postgres(url, { max: 1, idle_timeout: 0, onnotice: () => {} });
  let isFirst = true;
  await connection.listen(
    LIVE_CHANNEL,
    (payload) => fanOut(listeners, payload),
    () => {
      // What was announced while the connection was away is lost: everybody reads once more.
      if (!isFirst)
        for (const topic of listeners.keys()) tell(listeners, topic, { eventId: '', name: 'Reconnected', at: instant(Date.now()) });
      isFirst = false;
    },
  );
}

function fanOut(listeners: Hub['listeners'], payload: string): void {
  const parsed = message.safeParse(parsedJson(payload));
  if (!parsed.success) return;
  const { topics, ...news } = parsed.data;
  for (const topic of topics) tell(listeners, topic, news);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function tell(listeners: Hub['listeners'], topic: string, news: LiveNews): void {
  for (const listener of listeners.get(topic) ?? []) {
    try {
      listener(news);
    } catch (error) {
      logError('live hub', error);
    }
  }
}
