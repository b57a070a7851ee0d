import type { DocumentContent } from './content';
import type { PrintedWords } from './printed-words';
import { printable } from './printed-words';

type Pdf = PDFKit.PDFDocument;

/** Points. Columns of the table: item, quantity, rate, amount. */
const COLUMNS = [
  { x: 48, width: 270, align: 'left' },
  { x: 322, width: 70, align: 'right' },
  { x: 396, width: 50, align: 'right' },
  { x: 450, width: 97, align: 'right' },
] as const;
const LEFT = 48;
const RIGHT = 547;
const INK = '#12343f';
const SOFT = '#5b6f76';
const RULE = '#d6dcda';
const FOOT = 64;

/** Draws all pages of a document: black on white, one type size for reading, numbers in columns. */
export function drawPages(pdf: Pdf, document: DocumentContent, words: PrintedWords): void {
  pdf.fillColor(INK);
  drawHead(pdf, document, words);
  drawItems(pdf, words);
  drawSums(pdf, words);
  drawNotes(pdf, words);
  numberPages(pdf, words);
}

function write(pdf: Pdf, text: string, x: number, y: number, options: PDFKit.Mixins.TextOptions = {}): number {
  pdf.text(printable(text), x, y, { lineGap: 2, ...options });
  return pdf.y;
}

function drawHead(pdf: Pdf, document: DocumentContent, words: PrintedWords): void {
  pdf.font('strong').fontSize(11);
  write(pdf, document.merchant.tradeName, LEFT, 48, { width: 280 });
  pdf.fontSize(20);
  write(pdf, words.heading, LEFT, 70, { width: 330 });
  let y = 48;
  for (const [label, value] of words.dates) {
    pdf.font('text').fontSize(8.5).fillColor(SOFT);
    write(pdf, label, 380, y, { width: 167, align: 'right' });
    pdf.font('strong').fontSize(10).fillColor(INK);
    y = write(pdf, value, 380, pdf.y, { width: 167, align: 'right' }) + 3;
  }
  if (words.corrects !== undefined) {
    pdf.font('text').fontSize(10);
    write(pdf, words.corrects, LEFT, 100, { width: 320 });
  }
  const top = Math.max(y, 130) + 14;
  const left = drawParty(pdf, words.merchant, LEFT, top);
  const right = drawParty(pdf, words.buyer, 322, top);
  pdf.y = Math.max(left, right) + 18;
}

function drawParty(pdf: Pdf, party: PrintedWords['buyer'], x: number, top: number): number {
  pdf.font('text').fontSize(8.5).fillColor(SOFT);
  let y = write(pdf, party.title, x, top, { width: 225 });
  pdf.fillColor(INK).fontSize(10);
  for (const [index, line] of party.lines.entries()) {
    pdf.font(index === 0 ? 'strong' : 'text');
    y = write(pdf, line, x, y, { width: 225 });
  }
  return y;
}

/** Room for `height` more points; a new page where there is none. */
function makeRoom(pdf: Pdf, height: number): void {
  if (pdf.y + height > pdf.page.height - FOOT - 12) pdf.addPage();
}

function drawRow(pdf: Pdf, cells: readonly [string, string, string, string]): void {
  const top = pdf.y;
  let bottom = top;
  for (const [index, cell] of cells.entries()) {
    const column = COLUMNS[index];
    if (column === undefined || cell === '') continue;
    bottom = Math.max(bottom, write(pdf, cell, column.x, top, { width: column.width, align: column.align }));
  }
  pdf.y = bottom;
}

function rule(pdf: Pdf): void {
  pdf
    .moveTo(LEFT, pdf.y + 2)
    .lineTo(RIGHT, pdf.y + 2)
    .lineWidth(0.6)
    .stroke(RULE);
  pdf.y += 8;
}

function drawItems(pdf: Pdf, { columns, items }: PrintedWords): void {
  pdf.font('text').fontSize(8.5).fillColor(SOFT);
  drawRow(pdf, columns);
  rule(pdf);
  pdf.fillColor(INK).fontSize(10);
  for (const item of items) {
    makeRoom(pdf, pdf.heightOfString(printable(item[0]), { width: COLUMNS[0].width }) + 10);
    drawRow(pdf, item);
    rule(pdf);
  }
}

function drawSums(pdf: Pdf, { sums, paid }: PrintedWords): void {
  makeRoom(pdf, sums.length * 17 + 30);
  pdf.y += 4;
  for (const { label, amount, isTotal } of sums) {
    const top = pdf.y;
    pdf.font(isTotal ? 'strong' : 'text').fontSize(isTotal ? 12 : 10);
    write(pdf, label, 250, top, { width: 196, align: 'right' });
    pdf.y = Math.max(write(pdf, amount, 450, top, { width: 97, align: 'right' }), pdf.y) + 2;
  }
  pdf.font('text').fontSize(10);
  pdf.y = write(pdf, paid, 250, pdf.y + 4, { width: 297, align: 'right' }) + 14;
}

function drawNotes(pdf: Pdf, { notes }: PrintedWords): void {
  pdf.font('text').fontSize(8.5).fillColor(SOFT);
  for (const note of notes) {
    makeRoom(pdf, pdf.heightOfString(printable(note), { width: RIGHT - LEFT }) + 4);
    write(pdf, note, LEFT, pdf.y, { width: RIGHT - LEFT });
  }
  pdf.fillColor(INK);
}

function numberPages(pdf: Pdf, words: PrintedWords): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page);
    pdf.page.margins.bottom = 0; // the foot is below the margin; the library would else begin a page for it
    pdf.font('text').fontSize(8.5).fillColor(SOFT);
    write(pdf, `${words.heading} · ${words.page(page - start + 1, count)}`, LEFT, pdf.page.height - 40, {
      width: RIGHT - LEFT,
      align: 'center',
      lineBreak: false,
    });
  }
}
