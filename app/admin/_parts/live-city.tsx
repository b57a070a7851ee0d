'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, type ReactNode } from 'react';

type LiveCityProps = {
  readonly source: string;
  readonly words: { readonly pause: string; readonly goOn: string };
  readonly pauseIcon: ReactNode;
  /** Lists inside this element do not jump while the pointer or the keyboard is in them. */
  readonly quietZone: string;
};

const REFRESH_EVERY_MS = 3_000;
const POLL_MS = 20_000;

/** Keeps the city's lists true: at most one refresh in three seconds, none while somebody points at a row or paused. */
export function LiveCity({ source, words, pauseIcon, quietZone }: LiveCityProps) {
  const router = useRouter();
  const [isPaused, pause] = useState(false);
  const due = useRef(false);
  useEffect(() => {
    if (isPaused) return undefined;
    const news = new EventSource(source);
    const note = () => {
      due.current = true;
    };
    news.onmessage = note;
    news.addEventListener('change', note);
    const poll = setInterval(note, POLL_MS);
    const refresh = setInterval(() => {
      const zone = document.getElementById(quietZone);
      const isBusy = zone?.matches(':hover, :focus-within') ?? false;
      if (!due.current || isBusy || document.visibilityState !== 'visible') return;
      due.current = false;
      router.refresh();
    }, REFRESH_EVERY_MS);
    return () => {
      news.close();
      clearInterval(poll);
      clearInterval(refresh);
    };
  }, [isPaused, quietZone, router, source]);
  return (
    <button type="button" className="btn btn-secondary btn-ops needs-script" aria-pressed={isPaused} onClick={() => pause(!isPaused)}>
      {pauseIcon}
      {isPaused ? words.goOn : words.pause}
    </button>
  );
}
