import { z } from 'zod';
import { closingPeriods } from '@/db/schema';
import { minor } from '@/lib/kernel';

const amount = z
  .number()
  .int()
  .transform((value) => minor(value));
const count = z.number().int().min(0);
const day = z.iso.date();

/** Sums over documents and over the ledger. Minor units; credit notes are taken off net, VAT and gross, and told apart. */
export const closingTotals = z.object({
  invoices: count,
  creditNotes: count,
  invoicedMinor: amount,
  creditedMinor: amount,
  netMinor: amount,
  vatMinor: amount,
  grossMinor: amount,
  /** What shoppers, issuers and the city paid the merchant for goods, less what went back; the city's fee and its VAT; what was sent to the bank. */
  paidMinor: amount,
  feeMinor: amount,
  feeVatMinor: amount,
  sentMinor: amount,
});
export type ClosingTotals = z.output<typeof closingTotals>;

/** A period as it was closed, whole. Written once, hashed. */
export const closingContent = z.object({
  period: z.enum(closingPeriods),
  /** Both included, on the clock of the city. */
  startsOn: day,
  endsOn: day,
  merchant: z.object({ legalName: z.string(), registrationNumber: z.string() }),
  totals: closingTotals,
  rates: z.array(z.object({ rateBps: count, netMinor: amount, vatMinor: amount, grossMinor: amount })),
  /** The totals of all closings of its kind so far, this one included. */
  perpetual: closingTotals,
  /** Where the series of documents stood at its end. */
  series: z.array(z.object({ kind: z.string(), lastNumber: z.string(), lastHash: z.string() })),
});
export type ClosingContent = z.output<typeof closingContent>;
