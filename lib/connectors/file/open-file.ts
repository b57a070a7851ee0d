import { open, stat } from 'node:fs/promises';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { openCsv } from './csv-table';
import { guessEncoding } from './encoding';
import { openJson } from './json-table';
import type { FileRefusal, Table } from './table';
import { openXlsx } from './xlsx-table';
import { openXml } from './xml-table';
import { openZip } from './zip';

/** Largest file that is taken. */
export const MOST_FILE_BYTES = 200_000_000;
const HEAD = 65_536;

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(HEAD);
    const { bytesRead } = await file.read(head, 0, HEAD, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const begins = (head: Buffer, ...bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);

function binaryKind(head: Buffer): 'xls' | 'pdf' | 'image' | 'binary' | undefined {
  if (begins(head, 0xd0, 0xcf, 0x11, 0xe0)) return 'xls';
  if (begins(head, 0x25, 0x50, 0x44, 0x46)) return 'pdf';
  if (begins(head, 0x89, 0x50, 0x4e, 0x47) || begins(head, 0xff, 0xd8, 0xff) || begins(head, 0x47, 0x49, 0x46, 0x38)) return 'image';
  const controls = head.reduce((count, byte) => count + (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) ? 1 : 0), 0);
  const zeros = head.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  return controls - zeros > head.length * 0.1 ? 'binary' : undefined;
}

async function openArchive(path: string): Promise<Table | FileRefusal> {
  const archive = await openZip(path).catch(() => undefined); // a cut or damaged archive has no list of contents
  if (archive === undefined) return { kind: 'file-not-readable' };
  if (!archive.entries.has('xl/workbook.xml')) {
    archive.close();
    return { kind: 'file-kind-unknown', looksLike: 'zip' };
  }
  const table = await openXlsx(archive).catch((): FileRefusal => ({ kind: 'file-not-readable' }));
  if ('kind' in table) archive.close();
  return table;
}

async function openText(path: string, head: Buffer, bytes: number): Promise<Table | FileRefusal> {
  const encoding = await guessEncoding(path, head);
  const start = new TextDecoder(encoding.name).decode(head.subarray(encoding.bomBytes)).trimStart();
  if (start.startsWith('<') && /^<(\?xml|!--|!doctype|[a-z_][\w:.-]*[\s>/])/i.test(start)) return openXml(path, encoding);
  if (/^[[{]/.test(start)) {
    const table = await openJson(path, encoding, bytes);
    if (!('kind' in table) || table.kind !== 'file-not-readable') return table;
    return /^[[{]\s*["{\]}]/.test(start) ? table : openCsv(path, encoding);
  }
  return openCsv(path, encoding);
}

/**
 * Opens a file of any kind as a table, by its content and never by its name. The file is read from disk as rows are taken; memory stays
 * flat but for JSON documents and the shared texts of a workbook, which have limits.
 */
export async function openFile(path: string): Promise<Result<Table, FileRefusal>> {
  const { size } = await stat(path);
  if (size === 0) return err({ kind: 'file-empty' });
  if (size > MOST_FILE_BYTES) return err({ kind: 'file-too-large', mostBytes: MOST_FILE_BYTES });
  const head = await headOf(path);
  const isZip = begins(head, 0x50, 0x4b, 0x03, 0x04);
  const looksLike = isZip ? undefined : binaryKind(head);
  if (looksLike !== undefined) return err({ kind: 'file-kind-unknown', looksLike });
  const table = isZip ? await openArchive(path) : await openText(path, head, size);
  return 'kind' in table ? err(table) : ok(table);
}
