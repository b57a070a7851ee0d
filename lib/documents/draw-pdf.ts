import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import type { DocumentContent } from './content';
import { drawPages } from './pdf-pages';
import { attachFacturX } from './factur-x-adapter';
import { documentTexts } from './printed-words';
import { writeXml } from './en16931-adapter';

const FONTS = 'node_modules/@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin';
const fontFile = (weight: 400 | 700) => join(process.cwd(), `${FONTS}-${weight}-normal.woff`);

/**
 * A document as PDF/A-3 with its CII inside (Factur-X): one file that people and software read.
 * Guarantees: the same document gives the same pages; typefaces are embedded; dates are those of the document.
 */
export async function drawPdf(document: DocumentContent): Promise<Uint8Array> {
  const xml = await writeXml(document, 'cii');
  const words = documentTexts(document);
  const issuedAt = new Date(`${document.issuedOn}T12:00:00Z`);
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: 48, bottom: 64, left: 48, right: 48 },
    bufferPages: true,
    subset: 'PDF/A-3b',
    pdfVersion: '1.7',
    tagged: true,
    lang: 'fr-FR',
    displayTitle: true,
    font: fontFile(400),
    info: { Title: words.heading, Author: document.merchant.name, Creator: 'Halles', Producer: 'Halles', CreationDate: issuedAt },
  });
  const pieces: Uint8Array[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (piece: Uint8Array) => pieces.push(piece));
    pdf.on('end', () => resolve(Buffer.concat(pieces)));
    pdf.on('error', reject);
  });
  pdf.registerFont('text', fontFile(400));
  pdf.registerFont('strong', fontFile(700));
  drawPages(pdf, document, words);
  attachFacturX(pdf, xml, issuedAt);
  pdf.end();
  return done;
}
