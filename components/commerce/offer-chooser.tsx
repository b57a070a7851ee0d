'use client';

import { useEffect, useState } from 'react';

/** Says on the button which shop is chosen, and tells readers when it changes. Without script the button reads the plain word. */
export function OfferChooserWords({ formId, word, firstShop }: { formId: string; word: string; firstShop: string }) {
  const [shop, setShop] = useState(firstShop);
  useEffect(() => {
    const form = document.getElementById(formId);
    const choose = (event: Event) => {
      if (event.target instanceof HTMLInputElement && event.target.type === 'radio') setShop(event.target.dataset['shop'] ?? '');
    };
    form?.addEventListener('change', choose);
    return () => form?.removeEventListener('change', choose);
  }, [formId]);
  return <span aria-live="polite">{shop === '' ? word : `${word}, ${shop}`}</span>;
}
