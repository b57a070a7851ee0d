import type { Locale } from '@/lib/kernel';
import { catalogues } from './catalogues';

/** A word of the connectors' forms by a name that comes from a connector; the name itself where nobody has put it into words yet. */
export function wordFor(locale: Locale, group: 'fields' | 'choices', name: string): string {
  return Object.entries(catalogues[locale].sources[group]).find(([known]) => known === name)?.[1] ?? name;
}

/** The sentence for what is wrong with a field of the onboarding, by the code its schema gives; for any other code a request to look again. */
export function fieldSentence(locale: Locale, code: string): string {
  const sentences = catalogues[locale].onboarding.errors;
  return Object.entries(sentences).find(([known]) => known === code)?.[1] ?? sentences.unknown;
}
