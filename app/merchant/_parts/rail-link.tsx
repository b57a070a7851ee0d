'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

type RailLinkProps = { readonly href: string; readonly isExact: boolean; readonly children: ReactNode };

/** A link of the rail that knows whether its room is the one shown; the rail itself stays while rooms change. */
export function RailLink({ href, isExact, children }: RailLinkProps) {
  const here = usePathname();
  const isCurrent = isExact ? here === href : here === href || here.startsWith(`${href}/`);
  return (
    <Link href={href} prefetch={false} {...(isCurrent && { 'aria-current': 'page' as const })}>
      {children}
    </Link>
  );
}
