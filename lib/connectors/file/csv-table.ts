import { Readable } from 'node:stream';
import type { Options } from 'csv-parse';
import { CsvError, parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import { decodedText } from './encoding';
import type { TextEncoding } from './encoding';
import { headingOf } from './heading';
import type { FileWarning, SourceRow, Table } from './table';
import { MOST_COLUMNS } from './table';

const SEPARATORS = [',', ';', '\t', '|', '^'];
const SAMPLE = 65_536;

const reading = (separator: string, hasQuotes: boolean): Options => ({
  delimiter: separator,
  quote: hasQuotes ? '"' : false,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  trim: separator !== '\t',
  record_delimiter: ['\r\n', '\n', '\r'],
});

/** First records of a sample; the last may be cut in the middle and is not judged. */
function firstRecords(sample: string, separator: string, isWhole: boolean): readonly (readonly string[])[] {
  for (const hasQuotes of [true, false]) {
    try {
      const records: unknown = parseAtOnce(sample, { ...reading(separator, hasQuotes), to: 40 });
      const read = Array.isArray(records) ? records.map((record) => (Array.isArray(record) ? record.map(String) : [])) : [];
      return isWhole || read.length < 2 ? read : read.slice(0, -1);
    } catch {
      // A quote that the sample cuts open: read it again without quotes, only to count columns.
    }
  }
  return [];
}

/** Columns that most records agree on, weighed by how many agree. */
function regularity(records: readonly (readonly string[])[]): number {
  const widths = new Map<number, number>();
  for (const record of records) widths.set(record.length, (widths.get(record.length) ?? 0) + 1);
  const scores = [...widths].map(([width, count]) => (width < 2 ? 0 : (count / records.length) ** 2 * Math.min(width, 12)));
  return Math.max(0, ...scores);
}

/** The separator that cuts the file most evenly; a comma where nothing cuts it (one column). */
function guessSeparator(sample: string, isWhole: boolean): string {
  const said = /^sep=(.)\r?\n/i.exec(sample)?.[1];
  if (said !== undefined) return said;
  const scored = SEPARATORS.map((separator) => ({ separator, score: regularity(firstRecords(sample, separator, isWhole)) }));
  const best = scored.reduce((first, next) => (next.score > first.score ? next : first));
  return best.score > 0 ? best.separator : ',';
}

async function sampleOf(path: string, encoding: TextEncoding): Promise<string> {
  let sample = '';
  for await (const piece of decodedText(path, encoding, () => undefined)) {
    sample += piece;
    if (sample.length >= SAMPLE) return sample.slice(0, SAMPLE);
  }
  return sample;
}

/** Without Excel's own first line ("sep=;"). */
async function* withoutHint(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const piece of pieces) {
    yield isFirst ? piece.replace(/^sep=.\r?\n/i, '') : piece;
    isFirst = false;
  }
}

type Source = { readonly path: string; readonly encoding: TextEncoding; readonly separator: string; readonly warnings: Set<FileWarning> };

/** Physical lines already given, so that a second reading can go on behind them. */
type Progress = { lines: number; records: number };

async function* records(source: Source, hasQuotes: boolean, progress: Progress): AsyncGenerator<readonly string[]> {
  const text = withoutHint(decodedText(source.path, source.encoding, () => source.warnings.add('zero-bytes')));
  const options = { ...reading(source.separator, hasQuotes), info: true, from_line: progress.lines + 1 };
  const parser = Readable.from(text, { objectMode: true }).compose(parse(options));
  for await (const read of parser) {
    const { record, info }: { record: string[]; info: { lines: number } } = read;
    progress.lines = info.lines;
    progress.records++;
    yield record.length > MOST_COLUMNS ? record.slice(0, MOST_COLUMNS) : record;
  }
}

/**
 * All records of the file. A quote that is opened and never closed would swallow everything behind it: from the line it stands on,
 * quotes are then read as letters, and the owner is told.
 */
async function* allRecords(source: Source): AsyncGenerator<readonly string[]> {
  const progress: Progress = { lines: 0, records: 0 };
  try {
    yield* records(source, true, progress);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    source.warnings.add('quote-not-closed');
    yield* records(source, false, { ...progress });
  }
}

/** Opens a text file of separated values. */
export async function openCsv(path: string, encoding: TextEncoding): Promise<Table> {
  const sample = await sampleOf(path, encoding);
  const separator = guessSeparator(sample, sample.length < SAMPLE);
  const warnings = new Set<FileWarning>(encoding.hasGarbled ? ['garbled-characters'] : []);
  const source = { path, encoding, separator, warnings };
  const heading = headingOf(firstRecords(sample.replace(/^sep=.\r?\n/i, ''), separator, sample.length < SAMPLE));
  if (!heading.isGiven) warnings.add('no-heading');
  return {
    format: 'csv',
    encoding: encoding.name,
    separator,
    header: heading.names,
    warnings,
    close: () => undefined,
    rows: async function* (): AsyncGenerator<SourceRow> {
      let row = 0;
      for await (const cells of allRecords(source)) {
        row++;
        if (row > heading.rowsBefore && cells.some((cell) => cell !== '')) yield { row, cells };
      }
    },
  };
}
