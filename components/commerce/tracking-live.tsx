'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';

type TrackingLiveProps = {
  /** The stream of server-sent events of this order. */
  readonly url: string;
  readonly words: { readonly live: string; readonly polling: string; readonly offline: string };
};

const POLL_MS = 20_000;
type Link = 'waiting' | 'live' | 'polling' | 'offline';

/**
 * Keeps the page true while it is open: asks for it again on every event of the order, and every twenty seconds where events cannot
 * come through. The page itself stays the server's; this leaf only says when to look.
 */
export function TrackingLive({ url, words }: TrackingLiveProps) {
  const router = useRouter();
  const [link, setLink] = useState<Link>('waiting');
  useEffect(() => {
    const stream = new EventSource(url);
    let poll: ReturnType<typeof setInterval> | undefined;
    const look = () => (navigator.onLine ? router.refresh() : setLink('offline'));
    const stopPolling = () => {
      clearInterval(poll);
      poll = undefined;
    };
    stream.onopen = () => {
      stopPolling();
      setLink('live');
      look(); // whatever happened while nobody listened
    };
    stream.onmessage = look;
    stream.addEventListener('change', look);
    stream.onerror = () => {
      setLink(navigator.onLine ? 'polling' : 'offline');
      poll ??= setInterval(look, POLL_MS);
    };
    addEventListener('online', look);
    return () => {
      stream.close();
      stopPolling();
      removeEventListener('online', look);
    };
  }, [url, router]);
  if (link === 'waiting') return null;
  return (
    <span className={link === 'live' ? 'tag tag-green' : 'tag tag-honey'} data-link={link}>
      {words[link]}
    </span>
  );
}
