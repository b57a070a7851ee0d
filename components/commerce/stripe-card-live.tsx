'use client';

import { useEffect, useRef, useState } from 'react';

type StripeElements = { create(kind: 'payment'): { mount(box: HTMLElement): void; on(event: 'ready', heard: () => void): void } };
type StripeClient = {
  elements(options: { clientSecret: string; locale: string }): StripeElements;
  confirmPayment(options: { elements: StripeElements; confirmParams: { return_url: string } }): Promise<{ error?: { message?: string } }>;
};

declare global {
  interface Window {
    Stripe?: (publishableKey: string) => StripeClient;
  }
}

const SCRIPT = 'https://js.stripe.com/v3/';

type StripeCardProps = {
  readonly publishableKey: string;
  readonly clientSecret: string;
  readonly returnUrl: string;
  readonly locale: string;
  readonly words: { readonly loading: string; readonly failed: string; readonly pay: string };
};

/** Stripe's own card form in its own frame. The script is asked for here and nowhere else. */
export function StripeCardLive({ publishableKey, clientSecret, returnUrl, locale, words }: StripeCardProps) {
  const box = useRef<HTMLDivElement>(null);
  const [form, setForm] = useState<{ readonly stripe: StripeClient; readonly elements: StripeElements }>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    const script = document.createElement('script');
    script.src = SCRIPT;
    script.onerror = () => setProblem(words.failed);
    script.onload = () => {
      const stripe = window.Stripe?.(publishableKey);
      if (!stripe || !box.current) return;
      const elements = stripe.elements({ clientSecret, locale });
      const card = elements.create('payment');
      card.on('ready', () => setForm({ stripe, elements }));
      card.mount(box.current);
    };
    document.head.append(script);
    return () => script.remove();
  }, [publishableKey, clientSecret, locale, words.failed]);
  const pay = async () => {
    if (!form || isBusy) return;
    setBusy(true);
    const { error } = await form.stripe.confirmPayment({ elements: form.elements, confirmParams: { return_url: returnUrl } });
    setProblem(error?.message ?? words.failed); // only reached when the bank said no: otherwise the browser has left
    setBusy(false);
  };
  return (
    <div className="grid gap-5">
      {problem !== undefined && (
        <p role="alert" className="banner banner-tomato">
          {problem}
        </p>
      )}
      {form === undefined && problem === undefined && <p role="status">{words.loading}</p>}
      <div ref={box} />
      {form !== undefined && (
        <button type="button" className="btn btn-primary btn-pay" onClick={pay} aria-busy={isBusy}>
          {words.pay}
        </button>
      )}
    </div>
  );
}
