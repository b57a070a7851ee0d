import type { Invoice, InvoiceService } from '@e-invoice-eu/core';
import type { DocumentContent } from './content';
import { toUbl } from './to-ubl';

/** Syntaxes of EN 16931: UN/CEFACT Cross Industry Invoice (which Factur-X embeds) and UBL 2.1. */
export type XmlSyntax = 'cii' | 'ubl';

let service: InvoiceService | undefined;

/** The library is large and only needed when somebody asks for a document: it is read then, once. */
async function invoiceService(): Promise<InvoiceService> {
  if (service) return service;
  const { InvoiceService: Service } = await import('@e-invoice-eu/core');
  const silent = () => {};
  service = new Service({ log: silent, warn: silent, error: silent });
  return service;
}

/** A document as XML in one of the two syntaxes. The same document gives the same bytes. */
export async function writeXml(document: DocumentContent, syntax: XmlSyntax): Promise<string> {
  const written = await (
    await invoiceService()
  ).generate(invoiceOf(document), { format: syntax === 'cii' ? 'CII' : 'UBL', lang: 'fr', noWarnings: true });
  return typeof written === 'string' ? written : new TextDecoder().decode(written);
}

/** The library's type spells out every code list as a union; what we give is validated by its schema while it is written. */
function invoiceOf(document: DocumentContent): Invoice {
  const invoice: unknown = toUbl(document);
  return invoice as Invoice;
}
