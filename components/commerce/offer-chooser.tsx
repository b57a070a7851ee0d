'use client';

import { useEffect, useState } from 'react';

/** What the row of an offer says of it, carried by its radio button. */
export type ChosenOffer = { readonly shop: string; readonly price: string; readonly when: string };

/** The offer chosen in the form, from the one chosen at first. */
function useChosen(formId: string, first: ChosenOffer): ChosenOffer {
  const [chosen, setChosen] = useState(first);
  useEffect(() => {
    const form = document.getElementById(formId);
    const choose = (event: Event) => {
      if (!(event.target instanceof HTMLInputElement) || event.target.type !== 'radio') return;
      const { shop = '', price = '', when = '' } = event.target.dataset;
      setChosen({ shop, price, when });
    };
    form?.addEventListener('change', choose);
    return () => form?.removeEventListener('change', choose);
  }, [formId]);
  return chosen;
}

type OfferChooserProps = { readonly formId: string; readonly first: ChosenOffer };

/** Says on the button which shop is chosen, and tells readers when it changes. Without script the button reads the plain word. */
export function OfferChooserWords({ formId, first, word }: OfferChooserProps & { readonly word: string }) {
  const { shop } = useChosen(formId, first);
  return (
    <span aria-live="polite">
      {word}
      {shop !== '' && <span className="add-shop">{`, ${shop}`}</span>}
    </span>
  );
}

/** Price and promise of what is chosen, beside the button; hidden without script, which could not keep it true. */
export function OfferChooserPrice({ formId, first }: OfferChooserProps) {
  const { price, when } = useChosen(formId, first);
  return (
    <span className="sticky-what">
      <b>{price}</b>
      <small>{when}</small>
    </span>
  );
}
