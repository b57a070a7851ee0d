'use client';

import { useEffect, useRef } from 'react';
import { useFormStatus } from 'react-dom';

/** Lets a second tap fall while the form is at work, and says so on the button that was tapped. */
export function FormBusy() {
  const { pending, data } = useFormStatus();
  const place = useRef<HTMLSpanElement>(null);
  const wish = data?.get('wish');
  useEffect(() => {
    const form = place.current?.closest('form');
    if (!pending || !form) return;
    const fall = (event: Event) => event.preventDefault();
    const tapped = [...form.querySelectorAll('button')].find((button) => button.value === wish);
    form.addEventListener('submit', fall, { capture: true });
    tapped?.setAttribute('aria-busy', 'true');
    return () => {
      form.removeEventListener('submit', fall, { capture: true });
      tapped?.removeAttribute('aria-busy');
    };
  }, [pending, wish]);
  return <span ref={place} hidden />;
}
