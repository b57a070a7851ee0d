import type { ReactNode } from 'react';
import { intlTag, type Locale } from '@/lib/kernel';
import { atkinson, bricolage } from './fonts';
import '../globals.css';

/** The outermost element of every page: language, the two typefaces, nothing else. Desks and storefront share it. */
export function Document({ locale, className, children }: { locale: Locale; className?: string; children: ReactNode }) {
  return (
    <html lang={intlTag(locale).slice(0, 2)} className={`${bricolage.variable} ${atkinson.variable}`}>
      <body className={className}>{children}</body>
    </html>
  );
}
