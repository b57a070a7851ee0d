'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';
import { useKept } from './use-kept';

/** The big square: shows the tick at the tap, while the server still writes it down or while the tap waits for the network. */
export function TickButton({
  slug,
  lineId,
  isPicked,
  label,
  children,
}: {
  readonly slug: string;
  readonly lineId: string;
  readonly isPicked: boolean;
  readonly label: string;
  readonly children: ReactNode;
}) {
  const { pending } = useFormStatus();
  const isKept = useKept(slug).taps.some((tap) => tap.act === 'tick' && tap.fields['lineId'] === lineId);
  return (
    <button
      type="submit"
      className="tick"
      aria-pressed={pending || isKept ? !isPicked : isPicked}
      aria-label={label}
      {...(pending && { 'aria-busy': true as const })}
    >
      {children}
    </button>
  );
}
