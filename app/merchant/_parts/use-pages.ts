import { useEffect } from 'react';

const AGAIN_MS = 300_000;

/** Has the browser's worker keep the pages of the counter, and forget them with whoever signs out. */
export function usePages(pages: readonly string[]): void {
  const list = pages.join(' ');
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return undefined;
    const tell = async (message: object) => {
      const worker = await navigator.serviceWorker.register('/merchant/worker.js', { scope: '/merchant/' }).catch(() => undefined);
      if (worker) (await navigator.serviceWorker.ready).active?.postMessage(message);
    };
    const keepPages = () => {
      if (navigator.onLine) void tell({ keepPages: list.split(' ') });
    };
    const forget = (event: SubmitEvent) => {
      if (event.target instanceof HTMLFormElement && event.target.dataset['signOut'] !== undefined) void tell({ forget: true });
    };
    keepPages();
    const again = setInterval(keepPages, AGAIN_MS);
    addEventListener('submit', forget, { capture: true });
    return () => {
      clearInterval(again);
      removeEventListener('submit', forget, { capture: true });
    };
  }, [list]);
}
