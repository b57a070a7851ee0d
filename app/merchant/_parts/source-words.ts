import type { Locale } from '@/lib/kernel';
import { wordFor } from '@/lib/texts';

/** The words of a field of a connector's form; its own name where a new connector has brought none yet. */
export const fieldLabel = (locale: Locale, name: string): string => wordFor(locale, 'fields', name);

/** The words of one of a few. */
export const choiceLabel = (locale: Locale, name: string): string => wordFor(locale, 'choices', name);
