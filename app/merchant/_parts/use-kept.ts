import { useSyncExternalStore } from 'react';
import type { Kept } from './kept-taps';
import { keptOf, nothingKept } from './kept-taps';

const silent = () => () => {};

/** What this browser keeps for a shop; nothing while the server draws the page. */
export function useKept(slug: string): Kept {
  const isHere = typeof window !== 'undefined';
  return useSyncExternalStore(isHere ? keptOf(slug).subscribe : silent, isHere ? keptOf(slug).read : () => nothingKept, () => nothingKept);
}
