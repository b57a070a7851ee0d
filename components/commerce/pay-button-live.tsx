'use client';

import { useFormStatus } from 'react-dom';

/** The button of the order. It bears the legal words and nothing else; while it works it keeps them and lets a second click fall. */
export function PayButtonLive({ children, name, value }: { children: string; name?: string; value?: string }) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      className="btn btn-honey btn-pay"
      name={name}
      value={value}
      {...(pending && { 'aria-busy': true as const, onClick: (event: { preventDefault(): void }) => event.preventDefault() })}
    >
      {children}
    </button>
  );
}
