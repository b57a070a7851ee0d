import { SaxesParser } from 'saxes';

/** What a reader of XML is told, in the order of the file. Names come without their prefix: `g:price` is `price`. */
export type XmlListener = {
  opened(name: string, attributes: Readonly<Record<string, string>>): void;
  text(words: string): void;
  closed(name: string): void;
};

/** The document is broken: what was told before stands. */
export class BrokenXml extends Error {
  override readonly name = 'BrokenXml';
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * A parser to be fed pieces of text. Entities other than the five of XML are not expanded and nothing is ever fetched, so neither a
 * billion laughs nor a foreign file can come in.
 */
export function xmlParser(listener: XmlListener): { write(piece: string): void; close(): void } {
  const parser = new SaxesParser({ xmlns: false });
  let failure: Error | undefined;
  parser.on('error', (error) => {
    failure ??= error;
  });
  parser.on('opentag', (tag) => {
    if (failure === undefined) listener.opened(bare(tag.name), tag.attributes);
  });
  parser.on('text', (words) => {
    if (failure === undefined) listener.text(words);
  });
  parser.on('cdata', (words) => {
    if (failure === undefined) listener.text(words);
  });
  parser.on('closetag', (tag) => {
    if (failure === undefined) listener.closed(bare(tag.name));
  });
  const check = (): void => {
    if (failure !== undefined) throw new BrokenXml(failure.message);
  };
  return {
    write: (piece) => {
      parser.write(piece);
      check();
    },
    close: () => {
      parser.close();
      check();
    },
  };
}
