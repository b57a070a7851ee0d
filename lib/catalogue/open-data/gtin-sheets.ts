import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { z } from 'zod';
import { env } from '@/lib/platform/env';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import type { GtinSheet, GtinSource } from './gtin-sheet';
import { readOnlineSheets } from './online-sheets';

const FILE = join(process.cwd(), 'db', 'seed', 'data', 'gtin-book.bin');
const SOURCE = { source: 'Open Food Facts', licence: 'ODbL-1.0' } as const;

const unpack = promisify(brotliDecompress);
const indexSchema = z.object({ leaves: z.array(z.string()), blocks: z.array(z.tuple([z.string(), z.number(), z.number()])) });

type Book = {
  readonly leaves: readonly string[];
  readonly blocks: readonly (readonly [first: string, offset: number, length: number])[];
  readonly start: number;
};

async function readPart(offset: number, length: number): Promise<Buffer> {
  const file = await open(FILE, 'r');
  try {
    const part = Buffer.alloc(length);
    await file.read(part, 0, length, offset);
    return part;
  } finally {
    await file.close();
  }
}

let opened: Promise<Book> | undefined;

/** The index of the book, read once a process (a few kilobytes). */
function openBook(): Promise<Book> {
  opened ??= (async () => {
    const length = (await readPart(0, 4)).readUInt32BE();
    const { leaves, blocks } = indexSchema.parse(JSON.parse((await unpack(await readPart(4, length))).toString('utf8')));
    return { leaves, blocks, start: 4 + length };
  })();
  return opened;
}

/** Number of the block a GTIN would stand in. */
function blockOf({ blocks }: Book, gtin: string): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((blocks[middle]?.[0] ?? '') <= gtin) low = middle;
    else high = middle - 1;
  }
  return low;
}

function contentOf(text: string): GtinSheet['netContent'] {
  const match = /^(\d+)(g|ml)$/.exec(text);
  return match?.[1] === undefined ? undefined : { amount: Number(match[1]), unit: match[2] === 'ml' ? 'ml' : 'g' };
}

function sheetOf(gtin: string, [leaf = '', title = '', net = '']: readonly string[], leaves: readonly string[]): GtinSheet {
  return { gtin, title, leaf: leaf === '' ? undefined : leaves[Number(leaf)], netContent: contentOf(net), ...SOURCE };
}

/** Sheets of the wanted GTINs in one unpacked block. */
function* sheetsIn(text: string, wanted: ReadonlySet<string>, { leaves }: Book): Generator<GtinSheet> {
  let gtin = '';
  for (const line of text.split('\n')) {
    const [code = '', ...words] = line.split('\t');
    gtin = gtin.slice(0, Number.parseInt(code[0] ?? '0', 16)) + code.slice(1);
    if (wanted.has(gtin)) yield sheetOf(gtin, words, leaves);
  }
}

/**
 * Looks bar codes up in the bundled book of open data (GTIN of 14 digits; see db/seed/README.md). Reads only the blocks that may hold one of
 * them; nothing leaves the machine. Unknown ones are not in the answer.
 */
const readBook: GtinSource = async (gtins) => {
  const found = new Map<string, GtinSheet>();
  if (gtins.length === 0) return found;
  const book = await openBook();
  const byBlock = new Map<number, Set<string>>();
  for (const gtin of gtins) {
    const block = blockOf(book, gtin);
    byBlock.set(block, (byBlock.get(block) ?? new Set()).add(gtin));
  }
  for (const [block, wanted] of byBlock) {
    const [, offset = 0, length = 0] = book.blocks[block] ?? [];
    const text = (await unpack(await readPart(book.start + offset, length))).toString('utf8');
    for (const sheet of sheetsIn(text, wanted, book)) found.set(sheet.gtin, sheet);
  }
  return found;
};

/** What the book does not know, as an open service does, where one is configured. */
async function withService(found: ReadonlyMap<string, GtinSheet>, gtins: readonly string[], how: Parameters<typeof readOnlineSheets>[2]) {
  const service = env().gtinService;
  const missing = gtins.filter((gtin) => !found.has(gtin));
  if (service === undefined || missing.length === 0) return found;
  return new Map([...found, ...(await readOnlineSheets(service, missing, how))]);
}

/** Looks bar codes up in the bundled book, and asks the configured service about a few that are not in it. Never within a transaction. */
export async function readGtinSheets(
  gtins: readonly string[],
  ports: Pick<Ports, 'clock'> = systemPorts,
): Promise<ReadonlyMap<string, GtinSheet>> {
  return withService(await readBook(gtins), gtins, { isPatient: true, ports });
}

/** Above this many bar codes it is quicker to unpack the whole book once than the same blocks again and again. */
const MANY = 1_500;

/**
 * The same for a file of any length, a piece at a time: once many were asked for, the book is held whole and compact (about 30 megabytes)
 * for as long as the returned function is. Of the service only what it answered before: nobody is asked about thousands.
 */
export function bulkGtinSheets(ports: Pick<Ports, 'clock'> = systemPorts): GtinSource {
  const how = { isPatient: false, ports };
  let asked = 0;
  let whole: Promise<WholeBook> | undefined;
  return async (gtins) => {
    asked += gtins.length;
    if (asked < MANY) return withService(await readBook(gtins), gtins, how);
    whole ??= readWholeBook();
    const book = await whole;
    return withService(new Map(gtins.flatMap((gtin) => entriesOf(book, gtin))), gtins, how);
  };
}

type WholeBook = {
  /** Bar codes in ascending order, and where the line of each begins in its block. */
  readonly codes: Float64Array;
  readonly starts: Uint32Array;
  readonly blockOf: Uint16Array;
  readonly blocks: readonly Buffer[];
  readonly leaves: readonly string[];
};

const NEW_LINE = 10;
const ZERO = 48;
const LETTER_A = 97;

/** No block has more lines than this. */
const MOST_LINES = 2_048;

async function readWholeBook(): Promise<WholeBook> {
  const book = await openBook();
  const most = book.blocks.length * MOST_LINES;
  const [codes, starts, blockOf] = [new Float64Array(most), new Uint32Array(most), new Uint16Array(most)];
  const blocks: Buffer[] = [];
  let lines = 0;
  for (const [index, [, offset, length]] of book.blocks.entries()) {
    const block = await unpack(await readPart(book.start + offset, length));
    blocks.push(block);
    const upTo = new Float64Array(15); // the number that the first digits of the last code make, for each count of them
    for (let at = 0; at < block.length && lines < most; at = block.indexOf(NEW_LINE, at) + 1 || block.length) {
      const first = block[at] ?? ZERO;
      const shared = first < LETTER_A ? first - ZERO : first - LETTER_A + 10;
      for (let digit = shared; digit < 14; digit++)
        upTo[digit + 1] = (upTo[digit] ?? 0) * 10 + (block[at + 1 + digit - shared] ?? ZERO) - ZERO;
      codes[lines] = upTo[14] ?? 0;
      starts[lines] = at + 16 - shared; // behind the code and its tab
      blockOf[lines] = index;
      lines++;
    }
  }
  return { codes: codes.slice(0, lines), starts: starts.slice(0, lines), blockOf: blockOf.slice(0, lines), blocks, leaves: book.leaves };
}

/** The place of a bar code in the book, or -1. */
function placeOf({ codes }: WholeBook, code: number): number {
  let [low, high] = [0, codes.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const met = codes[middle] ?? 0;
    if (met === code) return middle;
    if (met < code) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function entriesOf(book: WholeBook, gtin: string): readonly (readonly [string, GtinSheet])[] {
  const place = placeOf(book, Number(gtin));
  const block = place < 0 ? undefined : book.blocks[book.blockOf[place] ?? 0];
  if (block === undefined) return [];
  const start = book.starts[place] ?? 0;
  const end = block.indexOf(NEW_LINE, start);
  return [[gtin, sheetOf(gtin, block.toString('utf8', start, end < 0 ? block.length : end).split('\t'), book.leaves)]];
}
