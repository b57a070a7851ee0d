'use client';

import { usePathname } from 'next/navigation';
import { useState, type ReactNode } from 'react';

/** Keeps what was said on the page it was said on: walking on takes it away. Without script the next page simply does not say it. */
export function SaidLive({ at, children }: { at: number | undefined; children: ReactNode }) {
  const path = usePathname();
  const [heard, setHeard] = useState({ at, path });
  if (heard.at !== at) setHeard({ at, path });
  const isHere = heard.at !== at || heard.path === path;
  return isHere ? children : null;
}
