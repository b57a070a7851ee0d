import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentContent, DocumentFormat, InvoiceRefusal, NumberedDocuments } from '@/lib/documents';
import { documentFormats, issueInvoice, listNumberedDocuments, renderDocument } from '@/lib/documents';
import { closeDatabase } from '@/lib/platform/database';
import { readOptions } from './arguments';
import type { Command } from './command';
import { RefusedError, UsageError, complain, sayJson } from './command';

const system = { kind: 'system', process: 'halles invoice' } as const;

export const invoice: Command = {
  summary: 'Writes the invoices and credit notes of an order as PDF (Factur-X) or XML.',
  usage: [
    'Usage: npm run --silent halles -- invoice --order NUMBER --format pdf|cii|ubl [--out FOLDER] [--json]',
    '',
    '  --order    H-4821 (every part of the order), H-4821-1 (one part), or an id',
    '  --format   pdf: PDF/A-3 with the data inside (Factur-X); cii, ubl: EN 16931 in one of its two syntaxes',
    '  --out      where the files go; without it a single document goes to standard output, several into this folder',
    '',
    'An invoice is written once the goods have left the shop, says what was really supplied, and never changes afterwards.',
  ].join('\n'),
  run: async (args) => {
    const options = readOptions(args, { order: 'text', format: 'text', out: 'text', json: 'switch' });
    const name = options.text('order');
    const format = documentFormats.find((one) => one === options.text('format'));
    if (name === undefined) throw new UsageError('--order is missing: give the number of an order, such as H-4821.');
    if (format === undefined) throw new UsageError(`--format must be pdf, cii or ubl, not "${options.text('format') ?? ''}".`);
    try {
      const contents = await collect(name);
      const [only, another] = contents;
      if (only && another === undefined && options.text('out') === undefined && !options.has('json')) await toStandardOutput(only, format);
      else await toFiles(contents, format, options.text('out') ?? '.', options.has('json'));
      return 0;
    } finally {
      await closeDatabase();
    }
  },
};

/** The documents of what the name means; the invoice of a part that has left its shop is written now when nobody did. */
async function collect(name: string): Promise<readonly DocumentContent[]> {
  const parts = await listNumberedDocuments(system, name);
  if (parts.length === 0) throw new RefusedError(`There is no order "${name}".`);
  const complaints: string[] = [];
  for (const part of parts) {
    if (part.documents.length > 0) continue;
    const issued = await issueInvoice(part.subOrderId);
    if (!issued.ok) complaints.push(sentenceOf(part, issued.error));
  }
  const contents = (await listNumberedDocuments(system, name)).flatMap((part) => part.documents);
  if (contents.length === 0) throw new RefusedError(complaints.join('\n'));
  for (const sentence of complaints) complain(sentence);
  return contents;
}

function sentenceOf({ number }: NumberedDocuments, refusal: InvoiceRefusal): string {
  switch (refusal.kind) {
    case 'not-supplied-yet':
      return `${number} has no invoice yet: it is written when the goods are handed over or despatched.`;
    case 'nothing-supplied':
      return `${number} has no invoice: nothing of it was supplied.`;
    case 'no-mandate':
      return `${number} cannot be invoiced: ${refusal.merchant} has no invoicing mandate in force.`;
    case 'no-legal-mention':
      return `${number} cannot be invoiced: the legal mention for "${refusal.occasion}" is not entered for today.`;
  }
}

async function toStandardOutput(content: DocumentContent, format: DocumentFormat): Promise<void> {
  const { bytes } = await renderDocument(content, format);
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

async function toFiles(contents: readonly DocumentContent[], format: DocumentFormat, folder: string, asJson: boolean): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files: { readonly number: string; readonly subOrder: string; readonly file: string }[] = [];
  for (const content of contents) {
    const { bytes, fileName } = await renderDocument(content, format);
    // Numbers repeat from merchant to merchant; the part of the order does not.
    const subOrder = content.subOrderNumber ?? '';
    const file = join(folder, `${subOrder}-${fileName}`);
    await writeFile(file, bytes);
    files.push({ number: content.number, subOrder, file });
    if (!asJson) complain(file);
  }
  if (asJson) sayJson({ ok: true, files });
}
