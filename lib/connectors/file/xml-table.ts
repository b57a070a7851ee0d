import { decodedText } from './encoding';
import type { TextEncoding } from './encoding';
import type { FileRefusal, FileWarning, SourceRow, Table } from './table';
import { LONGEST_CELL, MOST_COLUMNS } from './table';
import { BrokenXml, xmlParser } from './xml-events';
import type { XmlListener } from './xml-events';

const DEEPEST = 40;
/** Elements that lists of products are made of, in the languages of feeds. */
const usual = /^(item|entry|product|produit|produkt|prodotto|producto|article|artikel|articolo|articulo|offer|offre|variant|row|record)$/i;

/** Feeds it with the file's text; what stands before the first tag (blank lines, a mark) is skipped. */
async function feed(path: string, encoding: TextEncoding, listener: XmlListener, warnings: Set<FileWarning>): Promise<void> {
  for await (const _ of fedPieces(path, encoding, listener, warnings));
}

async function* fedPieces(path: string, encoding: TextEncoding, listener: XmlListener, warnings: Set<FileWarning>): AsyncGenerator<void> {
  const parser = xmlParser(listener);
  let isFirst = true;
  try {
    for await (const piece of decodedText(path, encoding, () => warnings.add('zero-bytes'))) {
      parser.write(isFirst ? piece.replace(/^[^<]*/, '') : piece);
      isFirst = false;
      yield;
    }
    parser.close();
  } catch (error) {
    if (!(error instanceof BrokenXml)) throw error;
    warnings.add('broken-end');
  }
}

/** Counts elements by their path, to find the one that repeats and has fields below it. */
class PathCounter implements XmlListener {
  private readonly path: string[] = [];
  private readonly counts = new Map<string, { times: number; hasFields: boolean; depth: number; name: string }>();

  opened(name: string, attributes: Readonly<Record<string, string>>): void {
    const parent = this.counts.get(this.path.join('/'));
    if (parent !== undefined) parent.hasFields = true;
    this.path.push(name);
    if (this.path.length > DEEPEST) throw new BrokenXml('too deep');
    const key = this.path.join('/');
    const count = this.counts.get(key) ?? { times: 0, hasFields: false, depth: this.path.length, name };
    count.times++;
    count.hasFields ||= Object.keys(attributes).length > 2;
    this.counts.set(key, count);
  }

  text(): void {}

  closed(): void {
    this.path.pop();
  }

  /** Path of the records: a usual name first, then the most frequent, then the outermost. */
  best(): string | undefined {
    const candidates = [...this.counts].filter(([, { hasFields, depth }]) => hasFields && depth > 1);
    const score = ({ times, name, depth }: { times: number; name: string; depth: number }): number =>
      Math.min(times, 1_000_000) * (usual.test(name) ? 1_000 : 1) - depth * 0.01 + (usual.test(name) ? 500 : 0);
    const ranked = candidates.toSorted(([, a], [, b]) => score(b) - score(a));
    const outer = ranked.find(([, { name }]) => usual.test(name)) ?? ranked[0];
    return outer?.[0];
  }
}

/** Gathers the fields of each record. A field that comes several times is joined; deeper ones have their path as a name. */
class RecordCollector implements XmlListener {
  ready: Map<string, string>[] = [];
  private readonly path: string[] = [];
  private record: Map<string, string> | undefined;
  private words = '';

  constructor(private readonly recordPath: string) {}

  private field(): string {
    return this.path.slice(this.recordPath.split('/').length).join('.');
  }

  private put(name: string, value: string): void {
    const text = value.trim();
    if (this.record === undefined || text === '' || name === '') return;
    if (this.record.size >= MOST_COLUMNS && !this.record.has(name)) return;
    const before = this.record.get(name);
    this.record.set(name, (before === undefined ? text : `${before}, ${text}`).slice(0, LONGEST_CELL + 1));
  }

  opened(name: string, attributes: Readonly<Record<string, string>>): void {
    this.path.push(name);
    if (this.path.length > DEEPEST) throw new BrokenXml('too deep');
    if (this.path.join('/') === this.recordPath) this.record = new Map();
    if (this.record === undefined) return;
    this.words = '';
    const field = this.field();
    for (const [key, value] of Object.entries(attributes)) {
      if (!key.startsWith('xml')) this.put(field === '' ? key : `${field}@${key}`, value);
    }
  }

  text(words: string): void {
    if (this.record !== undefined && this.words.length <= LONGEST_CELL) this.words += words;
  }

  closed(): void {
    if (this.record !== undefined) {
      this.put(this.field(), this.words);
      this.words = '';
      if (this.path.join('/') === this.recordPath) {
        this.ready.push(this.record);
        this.record = undefined;
      }
    }
    this.path.pop();
  }
}

async function* recordsAt(path: string, encoding: TextEncoding, recordPath: string, warnings: Set<FileWarning>) {
  const collector = new RecordCollector(recordPath);
  for await (const _ of fedPieces(path, encoding, collector, warnings)) {
    yield* collector.ready;
    collector.ready = [];
  }
  yield* collector.ready;
}

/** Opens XML, read twice: to find the element that repeats and its fields, then row by row. */
export async function openXml(path: string, encoding: TextEncoding): Promise<Table | FileRefusal> {
  const warnings = new Set<FileWarning>(encoding.hasGarbled ? ['garbled-characters'] : []);
  const counter = new PathCounter();
  await feed(path, encoding, counter, warnings);
  const recordPath = counter.best();
  if (recordPath === undefined) return { kind: warnings.has('broken-end') ? 'file-not-readable' : 'file-empty' };
  const names = new Set<string>();
  for await (const record of recordsAt(path, encoding, recordPath, warnings)) {
    for (const name of record.keys()) if (names.size < MOST_COLUMNS) names.add(name);
  }
  const header = [...names];
  return {
    format: 'xml',
    encoding: encoding.name,
    separator: null,
    header,
    warnings,
    close: () => undefined,
    rows: async function* (): AsyncGenerator<SourceRow> {
      let row = 0;
      for await (const record of recordsAt(path, encoding, recordPath, warnings)) {
        yield { row: ++row, cells: header.map((name) => record.get(name) ?? '') };
      }
    },
  };
}
