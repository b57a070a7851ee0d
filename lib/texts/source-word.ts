import type { Locale } from '@/lib/kernel';
import { catalogues } from './catalogues';

/** A word of the connectors' forms by a name that comes from a connector; the name itself where nobody has put it into words yet. */
export function wordFor(locale: Locale, group: 'fields' | 'choices', name: string): string {
  return Object.entries(catalogues[locale].sources[group]).find(([known]) => known === name)?.[1] ?? name;
}
