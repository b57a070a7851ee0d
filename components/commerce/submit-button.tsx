'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';

type SubmitButtonProps = {
  readonly className: string;
  readonly children: ReactNode;
  readonly describedBy?: string;
  readonly name?: string;
  readonly value?: string;
  readonly label?: string;
  /** Of a choice: whether this is the chosen one. */
  readonly isPressed?: boolean;
};

/** A form's button that says it is at work and lets a second tap fall: the same words, the same width. */
export function SubmitButton({ className, children, describedBy, name, value, label, isPressed }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      className={className}
      name={name}
      value={value}
      aria-label={label}
      aria-describedby={describedBy}
      aria-pressed={isPressed}
      {...(pending && { 'aria-busy': true as const, onClick: (event: { preventDefault(): void }) => event.preventDefault() })}
    >
      {children}
    </button>
  );
}
