/** A tap that waits for the network: the fields of its form, under the name of what it does. */
export type KeptTap = {
  readonly key: string;
  /** When it was tapped, by this browser's clock. */
  readonly at: number;
  readonly act: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Whose order, or which article: for the sentence when it could not be done. */
  readonly of: string;
};

/** A kept tap that could not be done, until somebody has read why. */
export type KeptNews = { readonly key: string; readonly of: string; readonly text: string };

export type Kept = { readonly taps: readonly KeptTap[]; readonly news: readonly KeptNews[]; readonly isReachable: boolean };

export const nothingKept: Kept = { taps: [], news: [], isReachable: true };

export type KeptStore = {
  readonly read: () => Kept;
  readonly subscribe: (heard: () => void) => () => void;
  readonly change: (change: (before: Kept) => Partial<Kept>) => void;
};

const stores = new Map<string, KeptStore>();

/** What this browser keeps for a shop. It outlives the page, and every page of the shop sees the same. */
export function keptOf(slug: string): KeptStore {
  const known = stores.get(slug);
  if (known) return known;
  const name = `halles-kept-${slug}`;
  const heard = new Set<() => void>();
  let now: Kept = { ...fromStorage(name), isReachable: true };
  const tell = () => heard.forEach((listener) => listener());
  addEventListener('storage', (event) => {
    if (event.key !== name) return;
    now = { ...now, ...fromStorage(name) };
    tell();
  });
  const store: KeptStore = {
    read: () => now,
    subscribe: (listener) => {
      heard.add(listener);
      return () => heard.delete(listener);
    },
    change: (change) => {
      // Another window may have written meanwhile: what is kept is read again before it is changed.
      now = { ...now, ...fromStorage(name) };
      now = { ...now, ...change(now) };
      localStorage.setItem(name, JSON.stringify({ taps: now.taps, news: now.news }));
      tell();
    },
  };
  stores.set(slug, store);
  return store;
}

function fromStorage(name: string): Pick<Kept, 'taps' | 'news'> {
  try {
    const { taps, news }: Partial<Kept> = JSON.parse(localStorage.getItem(name) ?? '{}');
    return { taps: Array.isArray(taps) ? taps : [], news: Array.isArray(news) ? news : [] };
  } catch {
    return { taps: [], news: [] };
  }
}

const SEND_TIMEOUT_MS = 15_000;

export type Sent = 'done' | 'later' | 'sign-in' | { readonly refused: string };

/** Sends one tap. What the network or a busy server did not answer is sent again later, under the same key. */
export async function sendTap(slug: string, { key, at, act, fields }: KeptTap): Promise<Sent> {
  try {
    const answer = await fetch('/api/counter', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ shop: slug, key, at, act, fields }),
      signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
    });
    if (answer.ok) return 'done';
    if (answer.status === 401) return 'sign-in';
    if (answer.status >= 500 || answer.status === 425 || answer.status === 429) return 'later';
    const told: unknown = await answer.json().catch(() => ({}));
    return { refused: typeof told === 'object' && told !== null && 'text' in told ? String(told.text) : '' };
  } catch {
    return 'later';
  }
}

/** Whether the server answers at all. */
export async function isServerThere(): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    return (await fetch('/api/health', { cache: 'no-store', signal: AbortSignal.timeout(4_000) })).ok;
  } catch {
    return false;
  }
}
