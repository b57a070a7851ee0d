import { minor, moneyOf, roundHalfUp, type Currency, type Money, type SalesUnit } from '@/lib/kernel';

/** What is put into the basket by one tap: a piece, 200 g, a metre. Steps of the sales unit. */
const firstQuantities: Readonly<Record<SalesUnit, number>> = { each: 1, gram: 200, millimetre: 1000 };

/** How much one tap adds, in steps of the sales unit. */
export function firstQuantity(salesUnit: SalesUnit): number {
  return firstQuantities[salesUnit];
}

export type PricedGoods = {
  readonly priceMinor: number;
  readonly priceSteps: number;
  readonly currency: Currency;
  readonly salesUnit: SalesUnit;
  readonly netQuantity: number | null;
  readonly netUnit: 'g' | 'ml' | 'mm' | null;
};

export type UnitPrice = { readonly money: Money; readonly per: 'kg' | 'l' | 'm' };

const perOf = { g: 'kg', ml: 'l', mm: 'm' } as const;

/**
 * Price per kilogram, litre or metre, on the net content (ME-06). Rounded half-up to a cent once.
 * Undefined for goods that are not sold by quantity.
 */
export function unitPriceOf(goods: PricedGoods): UnitPrice | undefined {
  const { priceMinor, priceSteps, currency, salesUnit, netQuantity, netUnit } = goods;
  const perThousand = (steps: number) => moneyOf(minor(roundHalfUp(BigInt(priceMinor) * 1000n, BigInt(steps))), currency);
  if (salesUnit !== 'each') return { money: perThousand(priceSteps), per: salesUnit === 'gram' ? 'kg' : 'm' };
  if (netQuantity === null || netUnit === null || netQuantity <= 0) return undefined;
  return { money: perThousand(netQuantity * priceSteps), per: perOf[netUnit] };
}
