import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from 'react';
import { classNames } from './class-names';

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'honey' | 'danger';
export type ButtonSize = 'ops' | 'normal' | 'pay' | 'counter';

type Look = { readonly kind?: ButtonKind; readonly size?: ButtonSize };

function look({ kind = 'primary', size = 'normal' }: Look, className: string | undefined): string {
  return classNames('btn', `btn-${kind}`, size !== 'normal' && `btn-${size}`, className);
}

type ButtonProps = Look & ButtonHTMLAttributes<HTMLButtonElement> & { readonly busy?: boolean };

/** A button that acts. Never disabled to block: it answers with what is missing. Busy keeps its width and its words. */
export function Button({ kind, size, busy, className, type = 'submit', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={look({ ...(kind && { kind }), ...(size && { size }) }, className)}
      {...(busy === true && { 'aria-busy': true })}
      {...rest}
    />
  );
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({ kind, size, className, ...rest }: Look & AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string }) {
  return <a className={look({ ...(kind && { kind }), ...(size && { size }) }, className)} {...rest} />;
}
