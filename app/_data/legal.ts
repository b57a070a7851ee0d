import type { Metadata } from 'next';
import { alternatesFor } from '@/app/_data/alternates';
import { localeFrom } from '@/app/_data/showing';
import { pathTo, type Locale, type PublicRoute } from '@/lib/kernel';
import { texts } from '@/lib/texts';

/** Version of the texts people are shown; an order stores the one it was placed under. */
export const TERMS_VERSION = '2026-11-01';

export type LegalProps = { readonly params: Promise<{ locale: string }> };

/** Title and addresses of a page of words. */
export async function legalMetadata(
  params: LegalProps['params'],
  route: PublicRoute,
  titleOf: (t: ReturnType<typeof texts<'legal'>>) => string,
): Promise<Metadata> {
  const locale = localeFrom((await params).locale);
  return { title: titleOf(texts(locale, 'legal')), alternates: alternatesFor(locale, (language) => pathTo(language, route)) };
}

/** Language and words of the page. */
export async function legalTexts(
  params: LegalProps['params'],
): Promise<{ readonly locale: Locale; readonly t: ReturnType<typeof texts<'legal'>> }> {
  const locale = localeFrom((await params).locale);
  return { locale, t: texts(locale, 'legal') };
}
