'use client';

import { Failure } from '@/app/_shell/failure';
import './globals.css';

/** When not even the frame of a page could be made. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="fr">
      <body>
        <Failure error={error} retry={reset} />
      </body>
    </html>
  );
}
