'use client';

import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { AccountPlace } from '@/app/_actions/account-page';
import { SubmitButton } from '@/components/commerce/submit-button';
import type { Locale } from '@/lib/kernel';
import { connectScript, ourLook } from './provider-script';

/** After this long without a form the way to the provider's own pages is shown; the form may still come and take its place. */
const PATIENCE_MS = 12_000;

type ProviderFormProps = {
  readonly publishableKey: string;
  readonly slug: string;
  readonly locale: Locale;
  readonly at: AccountPlace;
  readonly leave: (form: FormData) => Promise<void>;
  readonly words: { readonly loading: string; readonly failed: string; readonly done: string };
  readonly instead: ReactNode;
};

/** The payment provider's own form of who a merchant is, in its own frames: what is typed there never reaches us. */
export function ProviderForm({ publishableKey, slug, locale, at, leave, words, instead }: ProviderFormProps) {
  const box = useRef<HTMLDivElement>(null);
  const leaving = useRef<HTMLFormElement>(null);
  const [state, setState] = useState<'before' | 'loading' | 'shown' | 'failed'>('before');
  useEffect(() => {
    const place = box.current;
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const gone = new AbortController();
    const failed = () => setState('failed');
    const late = setTimeout(() => setState((was) => (was === 'loading' ? 'failed' : was)), PATIENCE_MS);
    const show = async () => {
      setState('loading');
      const init = await connectScript();
      if (gone.signal.aborted) return;
      const client = init({
        publishableKey,
        locale: locale === 'fr' ? 'fr-FR' : 'en-GB',
        appearance: ourLook(),
        fetchClientSecret: async () => {
          try {
            return await clientSecretOf(slug);
          } catch (error) {
            failed();
            throw error;
          }
        },
      });
      const form = client.create('account-onboarding');
      form.setOnLoaderStart(() => setState('shown'));
      form.setOnLoadError(failed);
      form.setOnExit(() => leaving.current?.requestSubmit());
      place?.replaceChildren(form);
      dark.addEventListener('change', () => client.update({ appearance: ourLook() }), { signal: gone.signal });
    };
    show().catch(failed);
    return () => {
      gone.abort();
      clearTimeout(late);
      place?.replaceChildren();
    };
  }, [publishableKey, slug, locale]);
  return (
    <div className="grid gap-4">
      <noscript>
        <p className="banner banner-honey">{words.failed}</p>
        {instead}
      </noscript>
      {state === 'loading' && <p role="status">{words.loading}</p>}
      {state === 'failed' && (
        <>
          <p role="alert" className="banner banner-honey">
            {words.failed}
          </p>
          {instead}
        </>
      )}
      <div ref={box} hidden={state === 'failed'} />
      {state === 'shown' && (
        <form ref={leaving} action={leave}>
          <input type="hidden" name="shop" value={slug} />
          <input type="hidden" name="at" value={at} />
          <SubmitButton className="btn btn-secondary min-h-[64px]">{words.done}</SubmitButton>
        </form>
      )}
    </div>
  );
}

async function clientSecretOf(slug: string): Promise<string> {
  const answer = await fetch('/api/payment-account', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ shop: slug }),
  });
  const told: unknown = answer.ok ? await answer.json() : undefined;
  if (typeof told === 'object' && told !== null && 'clientSecret' in told) return String(told.clientSecret);
  throw new Error(`no form of the provider: ${answer.status}`);
}
