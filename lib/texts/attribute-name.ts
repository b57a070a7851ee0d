import { attributeNames, type Locale } from '@/lib/kernel';
import { translatorOf } from './translator';

/** What a property of a thing is called: our word where the name is one of ours, else the shop's own. */
export function attributeName(name: string, locale: Locale): string {
  const known = attributeNames.find((one) => one === name);
  return known === undefined ? name : translatorOf(locale, 'imports')(`fields.${known}`);
}
