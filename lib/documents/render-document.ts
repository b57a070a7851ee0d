import { texts } from '@/lib/texts';
import type { DocumentContent } from './content';
import { drawPdf } from './draw-pdf';
import type { DocumentFormat } from './views';
import { writeXml } from './en16931-adapter';

export type RenderedDocument = { readonly bytes: Uint8Array; readonly contentType: string; readonly fileName: string };

/** A document as a file. Deterministic in what it says: rendering is not issuing, and may be repeated for ever. */
export async function renderDocument(content: DocumentContent, format: DocumentFormat): Promise<RenderedDocument> {
  const name = texts('fr', 'documents')(`fileName.${content.kind}`, { number: content.number });
  if (format === 'pdf') return { bytes: await drawPdf(content), contentType: 'application/pdf', fileName: `${name}.pdf` };
  const xml = await writeXml(content, format);
  return { bytes: new TextEncoder().encode(xml), contentType: 'application/xml; charset=utf-8', fileName: `${name}.${format}.xml` };
}
