import { notFound } from 'next/navigation';
import { cache } from 'react';
import type { Showing } from '@/components/commerce/showing';
import { isLocale, type Instant, type Locale } from '@/lib/kernel';
import { cityMoment, getCity } from '@/lib/shops';

/** The moment of this request: one for the whole page, so that no two parts of it disagree. */
export const requestMoment = cache((): Instant => cityMoment());

/** The language of the address; whatever is none of ours does not exist. */
export function localeFrom(segment: string): Locale {
  if (!isLocale(segment)) notFound();
  return segment;
}

/** Language, moment and zone, as every component wants them. */
export async function showingFor(params: Promise<{ locale: string }>): Promise<Showing> {
  const locale = localeFrom((await params).locale);
  const city = await getCity();
  return { locale, now: requestMoment(), timeZone: city.timeZone };
}
