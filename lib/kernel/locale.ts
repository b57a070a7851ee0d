/** Languages of the pages; the first is the one whose addresses carry no prefix. */
export const locales = ['fr', 'en'] as const;
export type Locale = (typeof locales)[number];

export const unprefixedLocale: Locale = 'fr';

/** True for a language we have a catalogue for. */
export function isLocale(text: string | undefined): text is Locale {
  return locales.some((locale) => locale === text);
}

const intlTags: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB' };

/** The tag `Intl` and the `lang` attribute want. */
export function intlTag(locale: Locale): string {
  return intlTags[locale];
}
