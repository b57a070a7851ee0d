import { headingOf } from './heading';
import type { FileRefusal, FileWarning, SourceRow, Table } from './table';
import { LONGEST_CELL, MOST_COLUMNS } from './table';
import { BrokenXml, xmlParser } from './xml-events';
import type { XmlListener } from './xml-events';
import type { ZipArchive, ZipEntry } from './zip';

const MOST_SHEET_BYTES = 600_000_000;
const MOST_STRING_BYTES = 100_000_000;

async function parseEntry(entry: ZipEntry, listener: XmlListener): Promise<void> {
  const parser = xmlParser(listener);
  const decoder = new TextDecoder();
  for await (const piece of await entry.read()) parser.write(decoder.decode(piece, { stream: true }));
  parser.close();
}

/** Texts that cells point at by number. Runs of formatted text are joined; phonetic hints are left out. */
async function sharedStrings(archive: ZipArchive): Promise<readonly string[]> {
  const entry = archive.entries.get('xl/sharedStrings.xml');
  if (entry === undefined) return [];
  const strings: string[] = [];
  let text: string | undefined;
  let isPhonetic = false;
  let isText = false;
  await parseEntry(entry, {
    opened: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') isPhonetic = true;
      isText = name === 't';
    },
    text: (words) => {
      if (isText && !isPhonetic && text !== undefined && text.length <= LONGEST_CELL) text += words;
    },
    closed: (name) => {
      isText = false;
      if (name === 'rPh') isPhonetic = false;
      if (name === 'si' && text !== undefined) strings.push(text);
    },
  });
  return strings;
}

type Sheet = { readonly path: string; readonly isHidden: boolean };

/** The sheets in the order of their tabs. */
async function sheetsOf(archive: ZipArchive): Promise<readonly Sheet[]> {
  const [book, links] = [archive.entries.get('xl/workbook.xml'), archive.entries.get('xl/_rels/workbook.xml.rels')];
  const ignore = { text: () => undefined, closed: () => undefined };
  const targets = new Map<string, string>();
  if (links !== undefined) {
    await parseEntry(links, {
      ...ignore,
      opened: (name, { Id = '', Target = '' }) => {
        if (name === 'Relationship') targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
      },
    });
  }
  const sheets: Sheet[] = [];
  if (book !== undefined) {
    await parseEntry(book, {
      ...ignore,
      opened: (name, attributes) => {
        const path = targets.get(attributes['r:id'] ?? '');
        if (name === 'sheet' && path !== undefined) sheets.push({ path, isHidden: (attributes['state'] ?? 'visible') !== 'visible' });
      },
    });
  }
  return sheets.filter(({ path }) => archive.entries.has(path));
}

/** Place of a cell from its name: A1 is 0, AA1 is 26. */
function columnOf(reference: string): number {
  let column = 0;
  for (const sign of reference) {
    if (sign < 'A' || sign > 'Z') break;
    column = column * 26 + sign.charCodeAt(0) - 64;
  }
  return column - 1;
}

/** A figure as a person would read it: `19.899999999999999` is 19.9, `3.017620422003E12` is an EAN. */
function figure(text: string): string {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  if (Number.isSafeInteger(value)) return value.toLocaleString('en', { useGrouping: false });
  return String(Number(value.toPrecision(15)));
}

function cellText(kind: string, raw: string, strings: readonly string[]): string {
  switch (kind) {
    case 's':
      return strings[Number(raw)] ?? '';
    case 'b':
      return raw === '1' ? 'true' : 'false';
    case 'e':
      return '';
    case 'str':
    case 'inlineStr':
      return raw;
    default:
      return raw === '' ? '' : figure(raw);
  }
}

/** Hears a sheet and keeps the rows that are whole until they are taken. */
class RowCollector implements XmlListener {
  ready: SourceRow[] = [];
  private cells: string[] = [];
  private row = 0;
  private column = -1;
  private kind = '';
  private raw = '';
  private isValue = false;

  constructor(private readonly strings: readonly string[]) {}

  opened(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      this.row = Number(attributes['r'] ?? this.row + 1);
      this.cells = [];
      this.column = -1;
    } else if (name === 'c') {
      this.column = attributes['r'] === undefined ? this.column + 1 : columnOf(attributes['r']);
      this.kind = attributes['t'] ?? 'n';
      this.raw = '';
    }
    this.isValue = name === 'v' || name === 't';
  }

  text(words: string): void {
    if (this.isValue && this.raw.length <= LONGEST_CELL) this.raw += words;
  }

  closed(name: string): void {
    this.isValue = false;
    if (name === 'c' && this.column >= 0 && this.column < MOST_COLUMNS) {
      while (this.cells.length < this.column) this.cells.push('');
      this.cells[this.column] = cellText(this.kind, this.raw, this.strings).trim();
    }
    if (name === 'row' && this.cells.some((cell) => cell !== '')) this.ready.push({ row: this.row, cells: this.cells });
  }

  take(): readonly SourceRow[] {
    const rows = this.ready;
    this.ready = [];
    return rows;
  }
}

async function* sheetRows(entry: ZipEntry, strings: readonly string[], warnings: Set<FileWarning>): AsyncGenerator<SourceRow> {
  const collector = new RowCollector(strings);
  const parser = xmlParser(collector);
  const decoder = new TextDecoder();
  try {
    for await (const piece of await entry.read()) {
      parser.write(decoder.decode(piece, { stream: true }));
      yield* collector.take();
    }
    parser.close();
  } catch (error) {
    if (!isBrokenFile(error)) throw error;
    warnings.add('broken-end');
  }
  yield* collector.take();
}

/** A damaged archive or document: what was read before the damage is still good. */
function isBrokenFile(error: unknown): boolean {
  return error instanceof BrokenXml || (error instanceof Error && !(error instanceof TypeError) && !(error instanceof RangeError));
}

async function firstRows(rows: AsyncIterable<SourceRow>, most: number): Promise<readonly SourceRow[]> {
  const first: SourceRow[] = [];
  for await (const row of rows) if (first.push(row) >= most) break;
  return first;
}

/** Opens a workbook: the first visible sheet that holds more than a heading. */
export async function openXlsx(archive: ZipArchive): Promise<Table | FileRefusal> {
  const sizes = [...archive.entries.values()].filter(({ name }) => /xl\/worksheets\//.test(name));
  const stringBytes = archive.entries.get('xl/sharedStrings.xml')?.bytes ?? 0;
  if (stringBytes > MOST_STRING_BYTES || sizes.some(({ bytes }) => bytes > MOST_SHEET_BYTES)) {
    return { kind: 'file-too-large', mostBytes: MOST_SHEET_BYTES };
  }
  const sheets = (await sheetsOf(archive)).filter(({ isHidden }) => !isHidden);
  const strings = await sharedStrings(archive);
  const warnings = new Set<FileWarning>(sheets.length > 1 ? ['other-sheets'] : []);
  for (const { path } of sheets) {
    const entry = archive.entries.get(path);
    if (entry === undefined) continue;
    const first = await firstRows(sheetRows(entry, strings, warnings), 40);
    if (first.length < 2) continue;
    const heading = headingOf(first.map(({ cells }) => cells));
    const lastBefore = heading.rowsBefore === 0 ? 0 : (first[heading.rowsBefore - 1]?.row ?? 0);
    if (!heading.isGiven) warnings.add('no-heading');
    return {
      format: 'xlsx',
      encoding: null,
      separator: null,
      header: heading.names,
      warnings,
      close: () => archive.close(),
      rows: async function* () {
        for await (const row of sheetRows(entry, strings, warnings)) if (row.row > lastBefore) yield row;
      },
    };
  }
  return { kind: 'file-empty' };
}
