'use client';

import { useEffect, useId, useRef, type ReactNode } from 'react';

type DialogProps = {
  /** The button's face; pass an icon and words. */
  readonly opener: ReactNode;
  readonly openerClassName?: string;
  readonly title: string;
  readonly closeLabel: string;
  readonly startsOpen?: boolean;
  readonly children: ReactNode;
};

/** The browser's own modal dialog: traps and returns the focus, Escape closes. For what a page without script offers another way. */
export function Dialog({ opener, openerClassName = 'btn btn-secondary', title, closeLabel, startsOpen = false, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (startsOpen) dialog.current?.showModal();
  }, [startsOpen]);
  return (
    <>
      <button type="button" className={openerClassName} onClick={() => dialog.current?.showModal()}>
        {opener}
      </button>
      <dialog className="dialog" ref={dialog} aria-labelledby={titleId}>
        <h2 id={titleId} className="mb-4 text-xl">
          {title}
        </h2>
        {children}
        <form method="dialog" className="mt-5">
          <button type="submit" className="btn btn-secondary">
            {closeLabel}
          </button>
        </form>
      </dialog>
    </>
  );
}
