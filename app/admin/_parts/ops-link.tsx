'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

/** A link of the navigation that knows whether its room is the one shown. */
export function OpsLink({ href, isExact, children }: { readonly href: string; readonly isExact: boolean; readonly children: ReactNode }) {
  const here = usePathname();
  const isCurrent = isExact ? here === href : here === href || here.startsWith(`${href}/`);
  return (
    <Link href={href} prefetch={false} {...(isCurrent && { 'aria-current': 'page' as const })}>
      {children}
    </Link>
  );
}
