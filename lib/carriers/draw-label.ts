import { join } from 'node:path';
import bwip from 'bwip-js/node';
import PDFDocument from 'pdfkit';
import type { LabelFacts } from './make-shipment';

const FONTS = 'node_modules/@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin';
const fontFile = (weight: 400 | 700) => join(process.cwd(), `${FONTS}-${weight}-normal.woff`);

const MILLIMETRE = 72 / 25.4;
const mm = (count: number): number => count * MILLIMETRE;
const WIDTH = 100;
const HEIGHT = 150;
const MARGIN = 7;

type LabelWords = { readonly from: string; readonly to: string; readonly reference: string; readonly demo: string | undefined };

/** The label of a parcel, 100 × 150 mm: who, to whom, and its code as GS1-128 with the digits below. Black on white. */
export async function drawLabel(label: LabelFacts, words: LabelWords): Promise<Uint8Array> {
  const bars = await bwip.toBuffer({ bcid: 'gs1-128', text: `(00)${label.trackingCode}`, scale: 4, height: 26, includetext: false });
  const pdf = new PDFDocument({
    size: [mm(WIDTH), mm(HEIGHT)],
    margin: mm(MARGIN),
    font: fontFile(400),
    info: { Title: label.reference, Creator: 'Halles' },
  });
  const pieces: Uint8Array[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (piece: Uint8Array) => pieces.push(piece));
    pdf.on('end', () => resolve(Buffer.concat(pieces)));
    pdf.on('error', reject);
  });
  pdf.registerFont('text', fontFile(400)).registerFont('strong', fontFile(700));
  const inner = { width: mm(WIDTH - 2 * MARGIN) };
  pdf.font('text').fontSize(9).text(words.from, inner);
  pdf.font('strong').text(label.from.name, inner).font('text').text(label.from.lines.join(', '), inner);
  rule(pdf);
  pdf.fontSize(10).text(words.to, inner);
  pdf.font('strong').fontSize(18).text(label.to.name, inner);
  pdf.fontSize(14);
  for (const line of label.to.lines) pdf.text(line, inner);
  if (label.to.phone !== undefined) pdf.font('text').fontSize(10).text(label.to.phone, inner);
  rule(pdf);
  pdf.font('text').fontSize(10).text(`${words.reference} ${label.reference}`, inner);
  const top = mm(HEIGHT - MARGIN - 46);
  pdf.image(bars, mm(MARGIN), top, { fit: [inner.width, mm(32)], align: 'center' });
  pdf
    .font('strong')
    .fontSize(11)
    .text(`(00) ${label.trackingCode}`, mm(MARGIN), top + mm(34), { ...inner, align: 'center' });
  if (words.demo !== undefined)
    pdf
      .font('text')
      .fontSize(8)
      .text(words.demo, { ...inner, align: 'center' });
  pdf.end();
  return done;
}

function rule(pdf: PDFKit.PDFDocument): void {
  pdf.moveDown(0.6);
  pdf
    .moveTo(mm(MARGIN), pdf.y)
    .lineTo(mm(WIDTH - MARGIN), pdf.y)
    .lineWidth(0.8)
    .stroke();
  pdf.moveDown(0.6);
}
