import type { Locale } from '@/lib/kernel';

/** Basis points as per cent of a language: "8,5 %". */
export function rateText(rateBps: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(rateBps / 10_000);
}
