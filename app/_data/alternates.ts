import type { Metadata } from 'next';
import { intlTag, locales, unprefixedLocale, type Locale } from '@/lib/kernel';

/** Canonical address and its twins in the other languages. */
export function alternatesFor(locale: Locale, pathIn: (locale: Locale) => string): NonNullable<Metadata['alternates']> {
  const languages = Object.fromEntries(locales.map((one) => [intlTag(one).slice(0, 2), pathIn(one)]));
  return { canonical: pathIn(locale), languages: { ...languages, 'x-default': pathIn(unprefixedLocale) } };
}
