'use client';

import { useEffect } from 'react';

const FOCUS_KEY = 'halles.filter';

/**
 * Applies filters as they are chosen, where there is room for the results beside them (on a phone the sheet's own button does).
 * The page comes back whole; the focus returns to the filter that was changed, and the status line is read out.
 */
export function AutoApply() {
  useEffect(() => {
    document.documentElement.classList.add('has-script');
    const wide = window.matchMedia('(min-width: 760.02px)');
    const before = sessionStorage.getItem(FOCUS_KEY);
    sessionStorage.removeItem(FOCUS_KEY);
    if (before !== null) document.getElementById(before)?.focus({ preventScroll: false });

    const apply = (event: Event) => {
      const field = event.target;
      if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
      const form = field.form;
      if (!form?.hasAttribute('data-auto-apply') || (!wide.matches && field instanceof HTMLInputElement)) return;
      sessionStorage.setItem(FOCUS_KEY, field.id);
      form.requestSubmit();
    };
    document.addEventListener('change', apply);
    return () => document.removeEventListener('change', apply);
  }, []);
  return null;
}
