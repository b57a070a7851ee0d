'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ring } from './ring';

/** An order that waits for an answer, in words. */
export type Waiting = { readonly id: string; readonly title: string; readonly text: string; readonly href: string };

type LiveDeskProps = {
  readonly source: string;
  /** Says, for this shop alone, that somebody has the counter before them. */
  readonly presence: string;
  readonly waiting: readonly Waiting[];
  readonly words: { readonly title: string; readonly see: string };
};

const POLL_MS = 20_000;
const RING_AGAIN_MS = 30_000;
const PRESENCE_MS = 60_000;
const SEEN_KEY = 'halles-seen-orders';

function seenBefore(): readonly string[] {
  return (sessionStorage.getItem(SEEN_KEY) ?? '').split(' ').filter(Boolean);
}

function remember(ids: readonly string[]): void {
  sessionStorage.setItem(SEEN_KEY, [...new Set([...seenBefore(), ...ids])].slice(-200).join(' '));
}

/** Refreshes the page when something happens to the shop: told by the server, asked every 20 seconds while it cannot tell. */
function useNews(source: string): void {
  const router = useRouter();
  useEffect(() => {
    let isTold = false;
    const news = new EventSource(source);
    const refresh = () => {
      if (navigator.onLine && document.visibilityState === 'visible') router.refresh();
    };
    news.onopen = () => {
      isTold = true;
      dispatchEvent(new Event('halles-found'));
    };
    news.onmessage = refresh;
    news.addEventListener('change', refresh);
    news.onerror = () => {
      isTold = false;
      dispatchEvent(new Event('halles-lost')); // kept taps look whether the server is still there
    };
    // The clock on the tickets moves even when nothing happens.
    let beats = 0;
    const beat = setInterval(() => {
      beats += 1;
      if (!isTold || beats % 3 === 0) refresh();
    }, POLL_MS);
    document.addEventListener('visibilitychange', refresh);
    addEventListener('online', refresh);
    return () => {
      news.close();
      clearInterval(beat);
      document.removeEventListener('visibilitychange', refresh);
      removeEventListener('online', refresh);
    };
  }, [router, source]);
}

/** Tells the server that somebody has this page before them. One that is hidden neither rings nor is read: it says nothing. */
function usePresence(presence: string): void {
  const token = useRef(presence);
  useEffect(() => {
    token.current = presence; // every reading of the page brings a fresh one
  }, [presence]);
  useEffect(() => {
    const tell = () => {
      if (navigator.onLine && document.visibilityState === 'visible')
        void fetch(`/api/counter/here?with=${encodeURIComponent(token.current)}`, { method: 'POST', keepalive: true }).catch(() => {});
    };
    tell();
    const beat = setInterval(tell, PRESENCE_MS);
    document.addEventListener('visibilitychange', tell);
    return () => {
      clearInterval(beat);
      document.removeEventListener('visibilitychange', tell);
    };
  }, []);
}

/** Keeps the screen on while the counter is shown, where the browser allows it. */
function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    const ask = async () => {
      try {
        if (document.visibilityState === 'visible') lock = await navigator.wakeLock?.request('screen');
      } catch {
        // Low battery or no permission: the screen may sleep, nothing else changes.
      }
    };
    const askAgain = () => void ask();
    askAgain();
    document.addEventListener('visibilitychange', askAgain);
    return () => {
      document.removeEventListener('visibilitychange', askAgain);
      void lock?.release();
    };
  }, []);
}

/** The ear of the counter: a new order takes the whole screen and rings every 30 seconds until somebody has seen it. */
export function LiveDesk({ source, presence, waiting, words }: LiveDeskProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isFirst = useRef(true);
  const [shown, show] = useState<Waiting | undefined>(undefined);
  useNews(source);
  usePresence(presence);
  useWakeLock();
  const ids = waiting.map((one) => one.id).join(' ');

  useEffect(() => {
    const known = seenBefore();
    const fresh = waiting.find((one) => !known.includes(one.id));
    // What waited before this browser came is on the list already; only what comes later interrupts.
    if (isFirst.current && known.length === 0) remember(waiting.map((one) => one.id));
    else if (fresh) show(fresh);
    else show(undefined);
    isFirst.current = false;
    // The list is compared by its ids: the page is rendered again at every beat.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [ids]);

  const shownId = shown?.id;
  useEffect(() => {
    const box = dialog.current;
    if (shownId === undefined || !box) return undefined;
    if (!box.open) box.showModal();
    ring();
    const again = setInterval(ring, RING_AGAIN_MS);
    return () => clearInterval(again);
  }, [shownId]);

  const seen = useCallback(() => {
    remember(ids.split(' '));
    show(undefined);
    dialog.current?.close();
  }, [ids]);

  return (
    <dialog className="takeover" ref={dialog} onClose={seen} aria-labelledby="takeover-title">
      {shown && (
        <div className="takeover-body">
          <p>{words.title}</p>
          <h2 id="takeover-title">{shown.title}</h2>
          <p>{shown.text}</p>
          <a className="btn" href={shown.href} onClick={() => remember(ids.split(' '))}>
            {words.see}
          </a>
        </div>
      )}
    </dialog>
  );
}
