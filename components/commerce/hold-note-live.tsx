'use client';

import { useEffect, useState, type ReactNode } from 'react';

type HoldNoteProps = {
  /** Milliseconds left when the page was rendered; the device's clock is not believed. */
  readonly leftMs: number;
  /** Said when less than five minutes remain, with the button that gives more time. */
  readonly soon: ReactNode;
  readonly over: ReactNode;
};

export const SAID_BELOW_MS = 5 * 60_000;

type Phase = 'calm' | 'soon' | 'over';
const phaseOf = (leftMs: number): Phase => (leftMs <= 0 ? 'over' : leftMs <= SAID_BELOW_MS ? 'soon' : 'calm');

/** The time a basket is held is only mentioned when it runs out. */
export function HoldNoteLive({ leftMs, soon, over }: HoldNoteProps) {
  const [phase, setPhase] = useState<Phase>(phaseOf(leftMs));
  useEffect(() => {
    setPhase(phaseOf(leftMs));
    const until = (left: number, next: Phase) => (left > 0 ? setTimeout(() => setPhase(next), left) : undefined);
    const timers = [until(leftMs - SAID_BELOW_MS, 'soon'), until(leftMs, 'over')];
    return () => timers.forEach((timer) => clearTimeout(timer));
  }, [leftMs]);
  return (
    <div role="status" className="contents">
      {phase === 'soon' ? soon : phase === 'over' ? over : null}
    </div>
  );
}
