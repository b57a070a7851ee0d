'use client';

import { usePathname } from 'next/navigation';
import words from '@/app/_text/error-words.json';

type FailureProps = { readonly error: Error & { readonly digest?: string }; readonly retry: () => void };

/** What failed, what is safe, and a way to try again; the reference leads to the log line. */
export function Failure({ error, retry }: FailureProps) {
  const said = usePathname().startsWith('/en') ? words.en : words.fr;
  return (
    <main id="main" className="wrap page grid justify-items-start gap-5">
      <h1 className="text-4xl">{said.title}</h1>
      <p className="max-w-[60ch] text-ink-soft">{said.text}</p>
      <button type="button" className="btn btn-primary" onClick={retry}>
        {said.retry}
      </button>
      {error.digest !== undefined && (
        <p className="text-sm text-ink-soft">
          {said.reference} {error.digest}
        </p>
      )}
    </main>
  );
}
