import type { Locale } from '@/lib/kernel';
import { catalogues } from './catalogues';

/** The trade of a shop in words; its key when a city uses a trade there is no word for. */
export function tradeName(trade: string, locale: Locale): string {
  const names: Readonly<Record<string, string>> = catalogues[locale].shop.trade;
  return Object.hasOwn(names, trade) ? (names[trade] ?? trade) : trade;
}

/** Every trade there is a word for, by that word: what a keeper chooses from. */
export function listTrades(locale: Locale): readonly { readonly trade: string; readonly name: string }[] {
  return Object.entries(catalogues[locale].shop.trade)
    .map(([trade, name]) => ({ trade, name }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale));
}
