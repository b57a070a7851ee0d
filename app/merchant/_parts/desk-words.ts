import type { Instant, Locale } from '@/lib/kernel';

/** What every part of the counter needs to speak and to link. */
export type DeskShowing = { readonly locale: Locale; readonly now: Instant; readonly timeZone: string; readonly slug: string };
