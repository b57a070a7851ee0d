import type { Locale } from '@/lib/kernel';
import { catalogues } from './catalogues';

/** The trade of a shop in words; its key when a city uses a trade there is no word for. */
export function tradeName(trade: string, locale: Locale): string {
  const names: Readonly<Record<string, string>> = catalogues[locale].shop.trade;
  return Object.hasOwn(names, trade) ? (names[trade] ?? trade) : trade;
}
