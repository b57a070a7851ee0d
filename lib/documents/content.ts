import { z } from 'zod';
import type { Minor } from '@/lib/kernel';
import { minor } from '@/lib/kernel';

const amount = z
  .number()
  .int()
  .transform((value): Minor => minor(value));
const count = z.number().int().min(0);
const day = z.iso.date();

const party = z.object({
  name: z.string().min(1),
  street: z.string(),
  postcode: z.string(),
  town: z.string(),
  country: z.string().length(2),
  email: z.string(),
});

/** What stays invoiced of a line once this document is issued; the next credit note starts from it. */
const remaining = z.object({
  lineId: z.string(),
  quantity: count,
  goodsMinor: amount,
  discountMinor: amount,
  deliveryMinor: amount,
  rateBps: count,
});

/**
 * A document as it was issued, whole. Written once, hashed, read back for every rendering: what it says never follows a later change of a
 * shop's name, a rate or a wording. Money in minor units of `currency`.
 */
export const documentContent = z.object({
  number: z.string(),
  kind: z.enum(['invoice', 'credit-note']),
  issuedOn: day,
  suppliedOn: day,
  /** The contract it is about; none where the city invoices a merchant for a period. */
  subOrderNumber: z.string().optional(),
  /** Between businesses: from net amounts, for what was done from one day to another (BG-14). */
  period: z.object({ from: day, to: day }).optional(),
  currency: z.literal('EUR'),
  regime: z.enum(['normal', 'exempt', 'margin']),
  merchant: party.extend({
    tradeName: z.string(),
    legalForm: z.string(),
    capital: z.string().optional(),
    registrationNumber: z.string(),
    register: z.string(),
    vatNumber: z.string().optional(),
    phone: z.string(),
  }),
  buyer: party.extend({ registrationNumber: z.string().optional(), vatNumber: z.string().optional() }),
  lines: z.array(
    z.object({
      lineId: z.string(),
      title: z.string(),
      /** How its amount came about, where the title does not say it. */
      detail: z.string().optional(),
      salesUnit: z.enum(['each', 'gram', 'millimetre']),
      quantity: count,
      goodsMinor: amount,
      goodsNetMinor: amount,
      rateBps: count,
    }),
  ),
  groups: z.array(
    z.object({
      rateBps: count,
      grossMinor: amount,
      netMinor: amount,
      vatMinor: amount,
      discountMinor: amount,
      discountNetMinor: amount,
      deliveryMinor: amount,
      deliveryNetMinor: amount,
    }),
  ),
  totals: z.object({ grossMinor: amount, netMinor: amount, vatMinor: amount }),
  /** Why no VAT is shown, where none is. */
  exemption: z.object({ code: z.string().optional(), reason: z.string() }).optional(),
  mentions: z.array(z.string()),
  preceding: z.object({ number: z.string(), issuedOn: day }).optional(),
  /** Paid by bank transfer, to this account (IBAN); by card where there is none, as in every document of before transfers. */
  transferredTo: z.string().optional(),
  /** Under which mandate it was written in its merchant's name; none where the issuer writes for itself. */
  mandateVersion: z.string().optional(),
  remaining: z.array(remaining),
});

export type DocumentContent = z.output<typeof documentContent>;
export type DocumentParty = DocumentContent['buyer'];
