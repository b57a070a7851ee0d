/** A line of input, or that there was one too long to be kept. */
export type InputLine = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'too-long' };

const NEWLINE = 0x0a;

/**
 * Splits a stream of bytes into lines. Guarantees: never holds more than one line and one piece of input; of a line longer than
 * `mostBytes` nothing is kept but the fact. A last line without its newline counts, an empty end does not.
 */
export async function* readLines(input: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<InputLine> {
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  const keep = (piece: Uint8Array): void => {
    bytes += piece.length;
    if (bytes <= mostBytes) pieces.push(piece);
    else pieces = [];
  };
  const finish = (): InputLine => {
    const line: InputLine = bytes > mostBytes ? { kind: 'too-long' } : { kind: 'line', text: Buffer.concat(pieces).toString('utf8') };
    pieces = [];
    bytes = 0;
    return line;
  };
  for await (const chunk of input) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      keep(chunk.subarray(from, end));
      yield finish();
      from = end + 1;
    }
    // A copy: the rest of the piece must not keep all of it in memory.
    if (from < chunk.length) keep(chunk.slice(from));
  }
  if (bytes > 0) yield finish();
}
