import { createReadStream } from 'node:fs';

/** How the bytes of a text file become letters; `bomBytes` are skipped. */
export type TextEncoding = { readonly name: string; readonly bomBytes: number; readonly hasGarbled: boolean };

const found = (name: string, bomBytes = 0, hasGarbled = false): TextEncoding => ({ name, bomBytes, hasGarbled });

function byMark(head: Buffer): TextEncoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return found('utf-8', 3);
  if (head[0] === 0xff && head[1] === 0xfe) return found('utf-16le', 2);
  if (head[0] === 0xfe && head[1] === 0xff) return found('utf-16be', 2);
  return undefined;
}

/** UTF-16 without its mark: western text has a zero in nearly every second byte, always on the same side. */
function byZeros(head: Buffer): TextEncoding | undefined {
  const zeros = [0, 0];
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const pairs = head.length / 2;
  if (odd > pairs * 0.4 && even < pairs * 0.05) return found('utf-16le');
  if (even > pairs * 0.4 && odd < pairs * 0.05) return found('utf-16be');
  return undefined;
}

/** Counts, over a whole file, of well-formed UTF-8 signs beyond ASCII, of bytes that break it, and of every high byte. */
class ByteCensus {
  good = 0;
  bad = 0;
  readonly high = new Uint32Array(256);
  private awaited = 0;

  add(bytes: Buffer): void {
    for (const byte of bytes) {
      if (byte >= 0x80) this.high[byte] = (this.high[byte] ?? 0) + 1;
      if (this.awaited > 0) this.follow(byte);
      else if (byte >= 0x80) this.begin(byte);
    }
  }

  private follow(byte: number): void {
    if (byte >= 0x80 && byte < 0xc0) {
      this.awaited--;
      if (this.awaited === 0) this.good++;
      return;
    }
    this.bad++;
    this.awaited = 0;
    if (byte >= 0x80) this.begin(byte);
  }

  private begin(byte: number): void {
    if (byte >= 0xc2 && byte < 0xe0) this.awaited = 1;
    else if (byte >= 0xe0 && byte < 0xf0) this.awaited = 2;
    else if (byte >= 0xf0 && byte < 0xf5) this.awaited = 3;
    else this.bad++;
  }
}

/** é è ê à ç ô ù ü ö ä ñ of the old Macintosh sit where Windows has signs that text hardly uses. */
const MAC_LETTERS = [0x8e, 0x8f, 0x90, 0x88, 0x8d, 0x99, 0x9d, 0x9f, 0x9a, 0x8a, 0x96];
const WINDOWS_LETTERS = [0xe9, 0xe8, 0xea, 0xe0, 0xe7, 0xf4, 0xf9, 0xfc, 0xf6, 0xe4, 0xf1];

function byLetters({ high }: ByteCensus): TextEncoding {
  const sum = (bytes: readonly number[]): number => bytes.reduce((total, byte) => total + (high[byte] ?? 0), 0);
  if (sum(MAC_LETTERS) > 2 * sum(WINDOWS_LETTERS)) return found('macintosh');
  const hasControls = high.subarray(0x80, 0xa0).some((count) => count > 0);
  return found(!hasControls && (high[0xa4] ?? 0) > 0 ? 'iso-8859-15' : 'windows-1252');
}

/**
 * Guesses the encoding of a text file from all its bytes. A few broken bytes do not turn a UTF-8 file into another one: they are
 * shown as the replacement sign and reported.
 */
export async function guessEncoding(path: string, head: Buffer): Promise<TextEncoding> {
  const certain = byMark(head) ?? byZeros(head);
  if (certain !== undefined) return certain;
  const census = new ByteCensus();
  for await (const piece of createReadStream(path)) census.add(Buffer.from(piece));
  if (census.bad === 0) return found('utf-8');
  return census.good >= 4 * census.bad ? found('utf-8', 0, true) : byLetters(census);
}

/** The letters of a file, piece by piece; zero bytes, which no text has, are left out and told to `onZero`. */
export async function* decodedText(path: string, encoding: TextEncoding, onZero: () => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding.name);
  for await (const piece of createReadStream(path, { start: encoding.bomBytes, highWaterMark: 262_144 })) {
    yield withoutZeros(decoder.decode(Buffer.from(piece), { stream: true }), onZero);
  }
  const rest = decoder.decode();
  if (rest !== '') yield withoutZeros(rest, onZero);
}

function withoutZeros(text: string, onZero: () => void): string {
  if (!text.includes('\0')) return text;
  onZero();
  return text.replaceAll('\0', '');
}
