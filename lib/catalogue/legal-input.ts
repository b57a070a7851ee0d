import { z } from 'zod';
import type { LegalFacts } from './complete-products';
import { legalFields } from './legal-gates';

const units: Readonly<Record<string, readonly ['g' | 'ml' | 'mm', number]>> = {
  mg: ['g', 0.001],
  g: ['g', 1],
  kg: ['g', 1_000],
  ml: ['ml', 1],
  cl: ['ml', 10],
  dl: ['ml', 100],
  l: ['ml', 1_000],
  mm: ['mm', 1],
  cm: ['mm', 10],
  m: ['mm', 1_000],
};

/** "250 g", "75 cl", "2 m" as grams, millilitres or millimetres; undefined for anything else, and for nothing or a truckload. */
export function parseContent(text: string): { readonly amount: number; readonly unit: 'g' | 'ml' | 'mm' } | undefined {
  const [, number = '', word = ''] = /^(\d{1,6}(?:[.,]\d{1,3})?)\s*([a-z]{1,2})$/i.exec(text.trim()) ?? [];
  const unit = units[word.toLowerCase()];
  if (unit === undefined) return undefined;
  const amount = Math.round(Number(number.replace(',', '.')) * unit[1]);
  return amount > 0 && amount <= 1_000_000 ? { amount, unit: unit[0] } : undefined;
}

const responsible = z.object({ name: z.string(), address: z.string(), email: z.string() });

/** Facts as they stand in a JSON column. */
export const keptFacts = z.object({
  manufacturer: responsible.optional(),
  responsiblePerson: responsible.optional(),
  warnings: z.string().optional(),
  net: z.object({ amount: z.int().positive(), unit: z.enum(['g', 'ml', 'mm']) }).optional(),
  attributes: z.record(z.string(), z.string()).default({}),
});

const line = z.string().trim().max(2_000, 'too-long').optional().default('');

const plain = legalFields.filter((field) => field !== 'manufacturer' && field !== 'netContent' && field !== 'warnings');

/** The fields of the law in a form, by their own names; a maker in three lines. What is left empty is not said. */
export const legalInput = z
  .object({
    ...Object.fromEntries(plain.map((field) => [field, line] as const)),
    warnings: line,
    netContent: line,
    makerName: line,
    makerAddress: line,
    makerEmail: line,
    responsibleName: line,
    responsibleAddress: line,
    responsibleEmail: line,
  })
  .transform((said, context): LegalFacts => {
    const person = (name: string, address: string, email: string) => (name === '' ? undefined : { name, address, email });
    const net = said.netContent === '' ? undefined : parseContent(said.netContent);
    if (said.netContent !== '' && net === undefined) context.addIssue({ code: 'custom', message: 'content-wrong', path: ['netContent'] });
    const values: Readonly<Record<string, unknown>> = said;
    const attributes = plain.flatMap((field) => {
      const value = values[field];
      return typeof value === 'string' && value !== '' ? [[field, value] as const] : [];
    });
    return {
      manufacturer: person(said.makerName, said.makerAddress, said.makerEmail),
      responsiblePerson: person(said.responsibleName, said.responsibleAddress, said.responsibleEmail),
      warnings: said.warnings === '' ? undefined : said.warnings,
      net,
      attributes: Object.fromEntries(attributes),
    };
  });
