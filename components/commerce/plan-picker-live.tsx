'use client';

import { useEffect, useRef, useState, type ReactNode } from 'react';

/**
 * One tap applies a plan: choosing a card posts the form it stands in and takes the "Appliquer" button away. While the plans are worked
 * out again the old ones stay, marked busy. With the keyboard a choice is applied when the group is left, so arrows do not order plans about.
 */
export function PlanPickerLive({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [isLive, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  const applied = useRef<string | undefined>(undefined);
  const apply = () => {
    const form = box.current?.querySelector('form');
    const chosen = form?.querySelector<HTMLInputElement>('input[name="plan"]:checked');
    if (!form || !chosen || chosen.defaultChecked || applied.current === chosen.value) return;
    applied.current = chosen.value;
    form.requestSubmit();
  };
  return (
    <div
      ref={box}
      role="presentation"
      className={isLive ? 'plans-live' : undefined}
      onClick={(event) => {
        // A pointer has a position; a click made by an arrow key has none.
        if (event.target instanceof HTMLInputElement && event.detail > 0) apply();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          if (event.target instanceof HTMLInputElement) {
            event.preventDefault();
            apply();
          }
        }
      }}
      onBlur={(event) => {
        if (event.relatedTarget instanceof Node && box.current?.contains(event.relatedTarget)) return;
        apply();
      }}
    >
      {children}
    </div>
  );
}
