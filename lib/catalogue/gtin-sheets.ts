import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { z } from 'zod';

/** What open data knows of a bar code. Every sheet names where its words come from and under which licence they may be shown. */
export type GtinSheet = {
  readonly gtin: string;
  readonly title: string;
  /** Leaf of our tree, by its French slug, where the title tells it. */
  readonly leaf: string | undefined;
  readonly netContent: { readonly amount: number; readonly unit: 'g' | 'ml' } | undefined;
  readonly source: string;
  readonly licence: string;
};

/** Where sheets come from: the bundled book by default, an open service when its address is configured. */
export type GtinSource = (gtins: readonly string[]) => Promise<ReadonlyMap<string, GtinSheet>>;

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

/** Sheets of the wanted GTINs in one unpacked block. */
function* sheetsIn(text: string, wanted: ReadonlySet<string>, { leaves }: Book): Generator<GtinSheet> {
  let gtin = '';
  for (const line of text.split('\n')) {
    const [code = '', leaf = '', title = '', net = ''] = line.split('\t');
    gtin = gtin.slice(0, Number.parseInt(code[0] ?? '0', 16)) + code.slice(1);
    if (wanted.has(gtin))
      yield { gtin, title, leaf: leaf === '' ? undefined : leaves[Number(leaf)], netContent: contentOf(net), ...SOURCE };
  }
}

/**
 * Looks bar codes up in the bundled book of open data (GTIN of 14 digits; see db/seed/README.md). Reads only the blocks that may hold one of
 * them; nothing leaves the machine. Unknown ones are not in the answer.
 */
export const readGtinSheets: GtinSource = async (gtins) => {
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
