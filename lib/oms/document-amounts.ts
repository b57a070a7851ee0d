import { minor, sumMinor, vatContained } from '@/lib/kernel';
import type { Minor } from '@/lib/kernel';
import { apportion } from './apportion';
import type { VatGroup, VatTotals } from './vat';
import { vatTotals } from './vat';

/** How a merchant's sales are taxed at a date: VAT shown, exempt small business, or VAT on the margin only (ME-16). */
export type VatRegime = 'normal' | 'exempt' | 'margin';

/** What was really supplied of one order line, and what it costs the shopper. Minor units with VAT, one currency, none negative. */
export type SuppliedLine = {
  readonly lineId: string;
  readonly quantity: number;
  /** The goods before any discount. */
  readonly goodsMinor: Minor;
  /** The part of the shop's discounts that falls on this line; never above `goodsMinor`. */
  readonly discountMinor: Minor;
  /** The part of the shop's delivery price that accompanies this line. */
  readonly deliveryMinor: Minor;
  readonly rateBps: number;
};

/** One line of a document: goods before discount, with VAT and without. */
export type DocumentLineAmounts = {
  readonly lineId: string;
  readonly quantity: number;
  readonly goodsMinor: Minor;
  readonly goodsNetMinor: Minor;
  readonly rateBps: number;
};

/** One rate of a document. Guarantees: `netMinor = Σ goods net of its lines − discountNetMinor + deliveryNetMinor`. */
export type DocumentGroup = VatGroup & {
  readonly discountMinor: Minor;
  readonly discountNetMinor: Minor;
  readonly deliveryMinor: Minor;
  readonly deliveryNetMinor: Minor;
};

export type DocumentAmounts = {
  readonly lines: readonly DocumentLineAmounts[];
  readonly groups: readonly DocumentGroup[];
  readonly totals: VatTotals;
};

/**
 * The amounts of an invoice for what was supplied.
 *
 * Guarantees: VAT is rounded half-up once for each rate (never per line); nets of lines, less discounts, plus delivery, sum to the net of
 *   their rate; exempt and margin documents show no VAT.
 * Source: EN 16931 BR-CO-10, BR-CO-13, BR-CO-17; golden cases V1, V3, C1.
 */
export function invoiceAmounts(supplied: readonly SuppliedLine[], regime: VatRegime): DocumentAmounts {
  return amountsBetween(supplied, [], regime);
}

/**
 * The amounts of the credit note that brings what is invoiced from `before` down to `after`.
 *
 * Guarantees: by difference, so that an invoice and all its credit notes sum exactly to an invoice of what is left, VAT included, whatever
 *   the order and number of the steps.
 * Source: golden cases C2, C3. Each line of `after` is in `before` and no larger in any amount; the caller sees to it.
 */
export function creditNoteAmounts(before: readonly SuppliedLine[], after: readonly SuppliedLine[], regime: VatRegime): DocumentAmounts {
  return amountsBetween(before, after, regime);
}

function amountsBetween(before: readonly SuppliedLine[], after: readonly SuppliedLine[], regime: VatRegime): DocumentAmounts {
  const rest = new Map(after.map((line) => [line.lineId, line]));
  const lines = before.map((line) => shrunkBy(line, rest.get(line.lineId), regime));
  const rates = [...new Set(lines.map((line) => line.rateBps))].toSorted((a, b) => a - b);
  const groups = rates.map((rateBps) =>
    groupBetween(
      rateBps,
      lines.filter((line) => line.rateBps === rateBps),
      rateBps === 0 ? minor(0) : grossOf(after, rateBps),
    ),
  );
  const shown = groups.filter(({ group }) => group.grossMinor !== 0 || group.discountMinor !== 0);
  const byLine = new Map(groups.flatMap(({ lines: parts }) => parts.map((part) => [part.lineId, part] as const)));
  return {
    lines: lines.flatMap(({ lineId }) => byLine.get(lineId) ?? []),
    groups: shown.map(({ group }) => group),
    totals: vatTotals(shown.map(({ group }) => group)),
  };
}

/** What a line loses, at the rate the document shows. */
function shrunkBy(line: SuppliedLine, rest: SuppliedLine | undefined, regime: VatRegime): SuppliedLine {
  return {
    lineId: line.lineId,
    quantity: line.quantity - (rest?.quantity ?? 0),
    goodsMinor: minor(line.goodsMinor - (rest?.goodsMinor ?? 0)),
    discountMinor: minor(line.discountMinor - (rest?.discountMinor ?? 0)),
    deliveryMinor: minor(line.deliveryMinor - (rest?.deliveryMinor ?? 0)),
    rateBps: regime === 'normal' ? line.rateBps : 0,
  };
}

function grossOf(lines: readonly SuppliedLine[], rateBps: number): Minor {
  return sumMinor(lines.filter((line) => line.rateBps === rateBps).map(payable));
}

function payable(line: SuppliedLine): Minor {
  return minor(line.goodsMinor - line.discountMinor + line.deliveryMinor);
}

function groupBetween(rateBps: number, lost: readonly SuppliedLine[], remainsMinor: Minor) {
  const grossMinor = sumMinor(lost.map(payable));
  const vatMinor = minor(vatContained(minor(remainsMinor + grossMinor), rateBps) - vatContained(remainsMinor, rateBps));
  const netMinor = minor(grossMinor - vatMinor);
  const discountMinor = sumMinor(lost.map((line) => line.discountMinor));
  const deliveryMinor = sumMinor(lost.map((line) => line.deliveryMinor));
  const discountNetMinor = minor(discountMinor - vatContained(discountMinor, rateBps));
  const supplied = lost.filter((line) => line.quantity > 0 || line.goodsMinor > 0);
  const goods = supplied.map((line) => line.goodsMinor);
  const deliveryOnly = minor(netMinor + discountNetMinor);
  const deliveryNetMinor = sumMinor(goods) > 0 ? minor(deliveryMinor - vatContained(deliveryMinor, rateBps)) : deliveryOnly;
  const shares = apportion(minor(deliveryOnly - deliveryNetMinor), goods);
  const lines = supplied.map(({ lineId, quantity, goodsMinor }, index) => ({
    lineId,
    quantity,
    goodsMinor,
    goodsNetMinor: shares.ok ? (shares.value[index] ?? minor(0)) : minor(0),
    rateBps,
  }));
  return {
    lines,
    group: { rateBps, grossMinor, netMinor, vatMinor, discountMinor, discountNetMinor, deliveryMinor, deliveryNetMinor },
  };
}
