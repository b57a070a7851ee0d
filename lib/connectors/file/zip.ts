import type { Readable } from 'node:stream';
import { open } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';

/** One file inside an archive. */
export type ZipEntry = { readonly name: string; readonly bytes: number; read(): Promise<Readable> };

/** An archive opened from disk; `close` gives the file back. */
export type ZipArchive = { readonly entries: ReadonlyMap<string, ZipEntry>; close(): void };

const MOST_ENTRIES = 2_000;

function opened(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) => (error ? reject(error) : resolve(zip)));
  });
}

function stream(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, readable) => (error ? reject(error) : resolve(readable)));
  });
}

/**
 * Lists an archive without unpacking it. What an entry says of its size is checked while it is read (yauzl ends the stream with an error
 * when more comes out than was said), so a caller that adds up `bytes` first cannot be bombed.
 */
export async function openZip(path: string): Promise<ZipArchive> {
  const zip = await opened(path);
  const entries = new Map<string, ZipEntry>();
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('entry', (entry: Entry) => {
        entries.set(entry.fileName.replace(/^\//, ''), {
          name: entry.fileName,
          bytes: entry.uncompressedSize,
          read: () => stream(zip, entry),
        });
        if (entries.size > MOST_ENTRIES) reject(new Error('the archive holds too many files'));
        else zip.readEntry();
      });
      zip.once('end', resolve);
      zip.once('error', reject);
      zip.readEntry();
    });
  } catch (error) {
    zip.close();
    throw error;
  }
  return { entries, close: () => zip.close() };
}
