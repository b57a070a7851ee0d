import type { Instant, Locale } from '@/lib/kernel';

/** What every component that speaks or tells the time needs: the language, the moment of the page, the city's zone. */
export type Showing = { readonly locale: Locale; readonly now: Instant; readonly timeZone: string };

/** What a plain HTML form posts to. */
export type FormAction = (form: FormData) => void | Promise<void>;
