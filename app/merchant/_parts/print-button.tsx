'use client';

import type { ReactNode } from 'react';

/** Opens the browser's print dialog on this picking list; without script the browser's own menu does the same. */
export function PrintButton({ words, icon }: { readonly words: string; readonly icon: ReactNode }) {
  return (
    <button type="button" className="btn btn-secondary foot-side needs-script" onClick={() => print()}>
      {icon}
      {words}
    </button>
  );
}
