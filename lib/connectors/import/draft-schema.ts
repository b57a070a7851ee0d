import { z } from 'zod';
import type { GtinSheet, OfferDraft } from '@/lib/catalogue';

const text = z.string().optional();

/** A draft as it was written into the database by a check, read back: what JSON dropped is undefined again. */
const draftSchema = z.object({
  productKey: z.string(),
  title: z.string(),
  label: text,
  options: z.array(z.object({ name: z.string(), value: z.string() })),
  brand: text,
  description: text,
  category: text,
  gtin: text,
  sku: z.string(),
  priceMinor: z.number().int().positive(),
  vatRateBps: z.number().int().optional(),
  weightGrams: z.number().int().optional(),
  netContent: z.object({ amount: z.number().int(), unit: z.enum(['g', 'ml', 'mm']) }).optional(),
  isActive: z.boolean(),
  condition: z.enum(['new', 'used', 'refurbished']),
  manufacturer: z.object({ name: z.string(), address: z.string(), email: z.string() }).optional(),
  attributes: z.record(z.string(), z.string()),
  shelf: text,
  sheet: z
    .object({
      gtin: z.string(),
      title: z.string(),
      leaf: text,
      netContent: z.object({ amount: z.number().int(), unit: z.enum(['g', 'ml']) }).optional(),
      source: z.string(),
      licence: z.string(),
    })
    .optional(),
});

/** A draft and, where its bar code is known, the sheet of open data. */
export type StoredDraft = OfferDraft & { readonly sheet: GtinSheet | undefined };

/** Undefined for what no version of the program wrote. */
export function readDraft(stored: unknown): StoredDraft | undefined {
  const read = draftSchema.safeParse(stored);
  if (!read.success) return undefined;
  const { label, brand, description, category, gtin, vatRateBps, weightGrams, netContent, manufacturer, shelf, sheet, ...rest } = read.data;
  const known = sheet && { ...sheet, leaf: sheet.leaf, netContent: sheet.netContent };
  return { ...rest, label, brand, description, category, gtin, vatRateBps, weightGrams, netContent, manufacturer, shelf, sheet: known };
}
