import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { currentPerson } from '@/app/_data/person';

/** ZXing's reader as it was published: what reads bar codes in browsers that cannot. Asked for only when a camera is on. */
const FILE = join(process.cwd(), 'node_modules', 'zxing-wasm', 'dist', 'reader', 'zxing_reader.wasm');

let read: Promise<Uint8Array<ArrayBuffer>> | undefined;

export async function GET(): Promise<Response> {
  if (!(await currentPerson())) return new Response(null, { status: 404 });
  read ??= readFile(FILE).then((bytes) => new Uint8Array(bytes));
  return new Response(await read, { headers: { 'content-type': 'application/wasm', 'cache-control': 'private, max-age=604800' } });
}
