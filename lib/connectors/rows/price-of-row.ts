import type { Result } from '@/lib/kernel';
import { err, ok, roundHalfUp } from '@/lib/kernel';
import { parseAmount, parseRateBps } from './amounts';
import type { RowReason, RowRemark } from './draft';
import type { Reading, RowCells } from './row-reader';
import { isGivenValue } from './words-of-cells';

type Priced = { readonly priceMinor: number; readonly vatRateBps: number | undefined; readonly remarks: readonly RowRemark[] };
type PriceRefusal = { readonly reason: RowReason; readonly value?: string };

/** A number that came with another row's price must not be sold at: each row has its own. */
function amountIn(text: string, cells: RowCells, reading: Reading): Result<number, PriceRefusal> {
  const amount = parseAmount(text, reading.decimal);
  if (amount === undefined) return err({ reason: 'price-unreadable', value: text.slice(0, 80) });
  const currency = amount.currency ?? (cells.first('currency').trim().toUpperCase() || reading.currency);
  if (currency !== reading.currency) return err({ reason: 'price-currency', value: text.slice(0, 80) });
  return amount.minor > 0 ? ok(amount.minor) : err({ reason: 'price-not-positive', value: text.slice(0, 80) });
}

const withVat = (net: number, rateBps: number): number => roundHalfUp(BigInt(net) * BigInt(10_000 + rateBps), 10_000n);

/** The lower of a usual and a reduced price, where the reduced one is readable; the sale price of an export is what shoppers pay now. */
function reduced(price: number, cells: RowCells, reading: Reading): number {
  const sale = cells.first('salePrice');
  const amount = isGivenValue(sale) ? amountIn(sale, cells, reading) : undefined;
  return amount?.ok === true && amount.value < price ? amount.value : price;
}

/** What a row's variant costs with VAT. A price without VAT is raised by the row's rate, or by the assumed one. */
export function priceOfRow(cells: RowCells, reading: Reading): Result<Priced, PriceRefusal> {
  const vatRateBps = parseRateBps(cells.first('vatRate'));
  const gross = cells.first('price');
  const net = cells.first('netPrice');
  // Exports fill a price they do not use with zero: then the other one counts.
  if (isGivenValue(gross) && !(isGivenValue(net) && /^[0.,\s]+$/.test(gross))) {
    const amount = amountIn(gross, cells, reading);
    if (!amount.ok) return amount;
    const priceMinor = reduced(amount.value, cells, reading);
    return ok({ priceMinor, vatRateBps, remarks: priceMinor < amount.value ? ['sale-price-used'] : [] });
  }
  if (!isGivenValue(net)) return err({ reason: 'price-missing' });
  const amount = amountIn(net, cells, reading);
  if (!amount.ok) return amount;
  const lower = reduced(amount.value, cells, reading);
  const remarks: RowRemark[] = lower < amount.value ? ['sale-price-used'] : [];
  if (vatRateBps === undefined) remarks.push('vat-assumed');
  return ok({ priceMinor: withVat(lower, vatRateBps ?? reading.assumedVatBps), vatRateBps, remarks });
}
