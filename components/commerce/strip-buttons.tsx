'use client';

import { useEffect, useState, type ReactNode } from 'react';

type StripButtonsProps = {
  readonly stripId: string;
  readonly previous: { readonly label: string; readonly icon: ReactNode };
  readonly next: { readonly label: string; readonly icon: ReactNode };
};

/** Where the strip stands: at its beginning, at its end, or both when everything fits. */
const endsOf = ({ scrollLeft, scrollWidth, clientWidth }: HTMLElement) => ({
  isFirst: scrollLeft < 8,
  isLast: scrollLeft + clientWidth > scrollWidth - 8,
});

/** The twin of swiping: a screenful back or on. Without script the strip scrolls as any list does. */
export function StripButtons({ stripId, previous, next }: StripButtonsProps) {
  const [ends, setEnds] = useState({ isFirst: true, isLast: false });
  useEffect(() => {
    const strip = document.getElementById(stripId);
    if (!strip) return;
    const look = () => setEnds(endsOf(strip));
    look();
    strip.addEventListener('scroll', look, { passive: true });
    return () => strip.removeEventListener('scroll', look);
  }, [stripId]);
  const go = (direction: 1 | -1) => {
    const strip = document.getElementById(stripId);
    strip?.scrollBy({ left: direction * strip.clientWidth * 0.8, behavior: 'smooth' });
  };
  return (
    <span className="strip-buttons no-print">
      <button type="button" className="strip-button" aria-disabled={ends.isFirst} aria-label={previous.label} onClick={() => go(-1)}>
        {previous.icon}
      </button>
      <button type="button" className="strip-button" aria-disabled={ends.isLast} aria-label={next.label} onClick={() => go(1)}>
        {next.icon}
      </button>
    </span>
  );
}
