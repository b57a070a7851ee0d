import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { decodedText } from './encoding';
import type { TextEncoding } from './encoding';
import type { NamedRecord } from './records';
import { longestList, recordsOf } from './records';
import type { FileRefusal, FileWarning, SourceRow, Table } from './table';
import { MOST_COLUMNS } from './table';

/** A document is held whole in memory: larger lists come as one object a line. */
const MOST_DOCUMENT = 48_000_000;
const LONGEST_LINE = 4_000_000;

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined; // the caller decides what a broken document or line means
  }
}

const cellsOf = (record: NamedRecord, header: readonly string[]): readonly string[] => header.map((name) => record.get(name) ?? '');

function headerOf(records: Iterable<NamedRecord>): readonly string[] {
  const names = new Set<string>();
  for (const record of records) for (const name of record.keys()) if (names.size < MOST_COLUMNS) names.add(name);
  return [...names];
}

async function* ndjsonRecords(path: string, encoding: TextEncoding, warnings: Set<FileWarning>): AsyncGenerator<NamedRecord> {
  const lines = createInterface({
    input: Readable.from(decodedText(path, encoding, () => warnings.add('zero-bytes'))),
    crlfDelay: Infinity,
  });
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const read = line.length > LONGEST_LINE ? undefined : parsed(line);
    const records = read === undefined ? [] : recordsOf(read.value);
    if (records.length === 0) yield new Map(); // an unreadable line is a row without anything, refused like one
    yield* records;
  }
}

async function openNdjson(path: string, encoding: TextEncoding): Promise<Table> {
  const warnings = new Set<FileWarning>(encoding.hasGarbled ? ['garbled-characters'] : []);
  const names = new Set<string>();
  for await (const record of ndjsonRecords(path, encoding, warnings)) {
    for (const name of record.keys()) if (names.size < MOST_COLUMNS) names.add(name);
  }
  const header = [...names];
  return {
    format: 'ndjson',
    encoding: encoding.name,
    separator: null,
    header,
    warnings,
    close: () => undefined,
    rows: async function* (): AsyncGenerator<SourceRow> {
      let row = 0;
      for await (const record of ndjsonRecords(path, encoding, warnings)) yield { row: ++row, cells: cellsOf(record, header) };
    },
  };
}

/** Opens JSON: one document with a list somewhere in it, or one object a line. Rows are numbered from 1, there is no heading. */
export async function openJson(path: string, encoding: TextEncoding, bytes: number): Promise<Table | FileRefusal> {
  if (bytes > MOST_DOCUMENT) return openNdjson(path, encoding);
  const warnings = new Set<FileWarning>(encoding.hasGarbled ? ['garbled-characters'] : []);
  let text = '';
  for await (const piece of decodedText(path, encoding, () => warnings.add('zero-bytes'))) text += piece;
  const document = parsed(text);
  if (document === undefined) {
    const isLines = text.split('\n', 20).some((line) => /^\s*\{.*\}\s*$/.test(line));
    return isLines ? openNdjson(path, encoding) : { kind: 'file-not-readable' };
  }
  const records = longestList(document.value).flatMap(recordsOf);
  if (records.length === 0) return { kind: 'file-empty' };
  const header = headerOf(records);
  return {
    format: 'json',
    encoding: encoding.name,
    separator: null,
    header,
    warnings,
    close: () => undefined,
    rows: async function* (): AsyncGenerator<SourceRow> {
      for (const [index, record] of records.entries()) yield { row: index + 1, cells: cellsOf(record, header) };
    },
  };
}
