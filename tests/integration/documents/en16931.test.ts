import * as fc from 'fast-check';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { DocumentContent } from '@/lib/documents';
import { writeXml } from '@/lib/documents';
import { minor } from '@/lib/kernel';
import type { SuppliedLine, VatRegime } from '@/lib/oms';
import { creditNoteAmounts, invoiceAmounts } from '@/lib/oms';
import { readSchematron, validate } from '../../support/schematron';

const rules = (path: string) => readSchematron(fileURLToPath(new URL(`../../support/en16931/${path}`, import.meta.url)));
const schemas = { cii: rules('cii/EN16931-CII-validation.sch'), ubl: rules('ubl/EN16931-UBL-validation.sch') };

const words: Readonly<Record<VatRegime, DocumentContent['exemption']>> = {
  normal: undefined,
  exempt: { reason: 'TVA non applicable, article 293 B du CGI', code: 'VATEX-FR-FRANCHISE' },
  margin: { reason: 'Régime particulier – Biens d’occasion', code: 'VATEX-EU-F' },
};

type Draft = { readonly lines: readonly SuppliedLine[]; readonly left: readonly SuppliedLine[] | undefined; readonly regime: VatRegime };

function drawn({ lines, left, regime }: Draft, index: number): DocumentContent {
  const amounts = left === undefined ? invoiceAmounts(lines, regime) : creditNoteAmounts(lines, left, regime);
  return {
    number: left ? 'HA-000007' : 'HF-000042',
    kind: left ? 'credit-note' : 'invoice',
    regime,
    currency: 'EUR',
    issuedOn: '2026-11-25',
    suppliedOn: '2026-11-24',
    subOrderNumber: 'H-4821-1',
    mandateVersion: '2026-1',
    transferredTo: index % 2 === 0 ? undefined : 'FR7630006000011234567890189',
    merchant: {
      name: 'Morel & Fille',
      tradeName: 'Quincaillerie <Morel>',
      legalForm: 'SARL',
      capital: '8 000 €',
      registrationNumber: '999100017',
      register: 'RCS Grenoble 999 100 017',
      vatNumber: regime === 'exempt' ? undefined : 'FR56999100017',
      street: '12 rue de Bonne',
      postcode: '38000',
      town: 'Grenoble',
      country: 'FR',
      email: 'morel@shop.example',
      phone: '04 65 71 00 01',
    },
    buyer: { name: 'Camille Rolland', email: 'camille@courriel.example', street: '', postcode: '', town: '', country: 'FR' },
    lines: amounts.lines.map((line, index) => ({
      ...line,
      title: `Article ${index + 1}`,
      salesUnit: index % 3 === 2 ? 'gram' : 'each',
    })),
    groups: [...amounts.groups],
    totals: amounts.totals,
    exemption: words[regime],
    mentions: ['Document établi au nom et pour le compte du vendeur.'],
    preceding: left ? { number: 'HF-000042', issuedOn: '2026-11-24' } : undefined,
    remaining: [...(left ?? lines)],
  };
}

const line = fc.record({
  quantity: fc.integer({ min: 1, max: 1_500 }),
  unit: fc.integer({ min: 1, max: 4_999 }),
  discountShare: fc.constantFrom(0, 0, 5, 10, 33),
  deliveryMinor: fc.integer({ min: 0, max: 590 }),
  rateBps: fc.constantFrom(210, 550, 1_000, 2_000),
});
const supply = fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) =>
  lines.map(({ quantity, unit, discountShare, deliveryMinor, rateBps }, index): SuppliedLine => {
    const goods = quantity * unit;
    return {
      lineId: `lin_${index}`,
      quantity,
      rateBps,
      deliveryMinor: minor(deliveryMinor),
      goodsMinor: minor(goods),
      discountMinor: minor(Math.floor((goods * discountShare) / 100)),
    };
  }),
);
const regime = fc.constantFrom<VatRegime>('normal', 'normal', 'exempt', 'margin');
const draft = fc
  .record({ lines: supply, regime, back: fc.option(fc.nat(5), { nil: undefined }) })
  .map(({ lines, regime: of, back }): Draft => {
    if (back === undefined) return { lines, regime: of, left: undefined };
    const returned = back % lines.length;
    const kept = lines.map((one, index) =>
      index === returned
        ? { ...one, quantity: 0, goodsMinor: minor(0), discountMinor: minor(0), ...(lines.length === 1 ? { deliveryMinor: minor(0) } : {}) }
        : one,
    );
    return { lines, regime: of, left: kept };
  });

const RUNS = 60;

test(`${RUNS} invoices and credit notes obey every rule of EN 16931 as CII, and every third of them as UBL`, async () => {
  const documents = fc.sample(draft, { numRuns: RUNS, seed: 16_931 }).map(drawn);
  expect(documents.filter((document) => document.kind === 'credit-note').length).toBeGreaterThan(10);
  expect(new Set(documents.map((document) => document.regime)).size).toBe(3);
  for (const [index, document] of documents.entries()) {
    for (const syntax of index % 3 === 0 ? (['cii', 'ubl'] as const) : (['cii'] as const)) {
      const { violations, tried } = await validate(schemas[syntax], await writeXml(document, syntax));
      expect({ syntax, document: violations.length > 0 ? document : undefined, violations }).toEqual({
        syntax,
        document: undefined,
        violations: [],
      });
      expect(tried).toBeGreaterThan(300);
    }
  }
}, 120_000);

test('the rules notice a total that does not add up', async () => {
  const [document] = fc.sample(draft, { numRuns: 1, seed: 2 }).map(drawn);
  if (!document) throw new Error('a document was drawn');
  const wrong = { ...document, totals: { ...document.totals, netMinor: minor(document.totals.netMinor + 1) } };
  for (const syntax of ['cii', 'ubl'] as const) {
    const { violations } = await validate(schemas[syntax], await writeXml(wrong, syntax));
    const broken = violations.map((violation) => violation.id);
    expect(broken).toContain('BR-CO-13');
  }
});
