import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import type { Instant, ShopScope } from '@/lib/kernel';
import { dateOf } from '@/lib/kernel';
import { exportShop, takeoutFiles } from './export-shop';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const DESCRIPTOR = 0x08074b50;
const END = 0x06054b50;
const VERSION = 20;
/** Sizes come behind the file, and names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;

/** What is only known when a file has gone by: the first three in bytes. */
type Tally = { crc: number; packed: number; size: number };

/** Little-endian numbers of two or four bytes, one after the other. */
const numbers = (...fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer =>
  Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );

/** Day and time as archives write them: two seconds are their smallest step. UTC. */
function stampOf(now: Instant): readonly (readonly [2, number])[] {
  const at = dateOf(now);
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const day = ((at.getUTCFullYear() - 1_980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return [
    [2, time],
    [2, day],
  ];
}

async function* deflated(pieces: AsyncIterable<string>, tally: Tally): AsyncGenerator<Uint8Array> {
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece);
      tally.crc = crc32(bytes, tally.crc);
      tally.size += bytes.length;
      yield bytes;
    }
  }
  const deflate = createDeflateRaw();
  const fed = pipeline(Readable.from(counted()), deflate);
  fed.catch(() => undefined); // the reading below throws the same
  for await (const chunk of deflate) {
    const bytes: Uint8Array = chunk;
    tally.packed += bytes.byteLength;
    yield bytes;
  }
  await fed;
}

const tallyFields = ({ crc, packed, size }: Tally) => [[4, crc], [4, packed], [4, size]] as const; // prettier-ignore

/**
 * Everything a shop owns as one zip archive of its CSV files, in pieces: memory stays flat however much there is.
 * Guarantees: as `exportShop`. A file of four gigabytes or more is more than the format takes; no shop of a street has one.
 */
export async function* zipEverything(scope: ShopScope, now: Instant): AsyncGenerator<Uint8Array> {
  const central: Buffer[] = [];
  let offset = 0;
  for (const file of takeoutFiles) {
    const name = Buffer.from(`${file}.csv`);
    const shared = [[2, FLAGS], [2, DEFLATED], ...stampOf(now)] as const; // prettier-ignore
    const head = numbers([4, LOCAL], [2, VERSION], ...shared, [4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]);
    yield head;
    yield name;
    const tally: Tally = { crc: 0, packed: 0, size: 0 };
    yield* deflated(exportShop(scope, file), tally);
    yield numbers([4, DESCRIPTOR], ...tallyFields(tally));
    central.push(
      numbers([4, CENTRAL], [2, VERSION], [2, VERSION], ...shared, ...tallyFields(tally), [2, name.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), // prettier-ignore
      name,
    );
    offset += head.length + name.length + tally.packed + 16;
  }
  const directory = Buffer.concat(central);
  yield directory;
  const count = takeoutFiles.length;
  yield numbers([4, END], [2, 0], [2, 0], [2, count], [2, count], [4, directory.length], [4, offset], [2, 0]);
}
