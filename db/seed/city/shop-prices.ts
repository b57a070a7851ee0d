/** How a shop ends its prices: on 90 cents, on round fives, on halves. */
export type PriceStyle = 'ninety' | 'five' | 'half';

/** Rounds cents the way shops write their labels. Guarantees: whole, at least 5 cents, within a few per cent of the wish. */
export function shelfPrice(wishMinor: number, style: PriceStyle): number {
  const to = (step: number, less: number): number => Math.max(step, Math.round((wishMinor + less) / step) * step) - less;
  if (wishMinor < 100) return Math.max(5, Math.round(wishMinor / 5) * 5);
  if (style === 'five') return to(wishMinor < 3_000 ? 5 : 50, 0);
  if (style === 'half') return to(wishMinor < 3_000 ? 50 : 100, 0);
  if (wishMinor < 1_000) return to(10, 0);
  return to(wishMinor < 10_000 ? 50 : 100, 10);
}
