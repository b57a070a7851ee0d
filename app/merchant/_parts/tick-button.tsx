'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';

/** The big square: shows the tick at the tap, while the server still writes it down. */
export function TickButton({
  isPicked,
  label,
  children,
}: {
  readonly isPicked: boolean;
  readonly label: string;
  readonly children: ReactNode;
}) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      className="tick"
      aria-pressed={pending ? !isPicked : isPicked}
      aria-label={label}
      {...(pending && { 'aria-busy': true as const })}
    >
      {children}
    </button>
  );
}
