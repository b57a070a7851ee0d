'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Asks for the page again now and then while somebody looks at it: for an answer that is awaited. */
export function RefreshLive({ everyMs }: { readonly everyMs: number }) {
  const router = useRouter();
  useEffect(() => {
    const beat = setInterval(() => {
      if (document.visibilityState === 'visible' && navigator.onLine) router.refresh();
    }, everyMs);
    return () => clearInterval(beat);
  }, [everyMs, router]);
  return null;
}
