'use client';

import { useState, useSyncExternalStore, type ReactNode } from 'react';

const nothingChanges = () => () => undefined;

/** Hands the link of this page to someone else: the device's own share sheet, else the clipboard. Not shown without script. */
export function ShareLive({ text, copied, children }: { text: string; copied: string; children: ReactNode }) {
  const [isCopied, setCopied] = useState(false);
  const hasScript = useSyncExternalStore(
    nothingChanges,
    () => true,
    () => false,
  );
  if (!hasScript) return null;
  const share = async () => {
    const url = location.href;
    if (typeof navigator.share === 'function') {
      await navigator.share({ text, url }).catch(() => undefined); // the person closed the sheet
      return;
    }
    await navigator.clipboard.writeText(`${text} ${url}`);
    setCopied(true);
  };
  return (
    <>
      <button type="button" className="btn btn-secondary" onClick={share}>
        {children}
      </button>
      <span role="status" className="hint">
        {isCopied ? copied : ''}
      </span>
    </>
  );
}
