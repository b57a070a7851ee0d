'use client';

import type { ReactNode } from 'react';
import { ring } from './ring';

/** A tap that rings: proves that this device can be heard, and lets the browser ring by itself from then on. */
export function RingTest({ words, icon }: { readonly words: string; readonly icon: ReactNode }) {
  return (
    <button type="button" className="btn btn-secondary min-h-[64px]" onClick={ring}>
      {icon}
      {words}
    </button>
  );
}
