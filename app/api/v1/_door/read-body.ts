import { createHash } from 'node:crypto';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { Endpoint, Refusal } from './endpoint';

/** A call's body is a few lines of JSON; a bulk of ten thousand stock lines has its own limit. */
const MOST_BYTES = 256 * 1024;
const MOST_BYTES_OF_LINES = 8 * 1024 * 1024;

/** A zero byte, which JSON may name and no text of the database can hold; a written backslash before it is none. */
const ZERO = /(?<!\\)(?:\\\\)*\\u0000/;

type Read = { readonly read: unknown; readonly text: string };

/** The body, as far as the call has one. No body counts as an empty object. */
export async function readBody(request: Request, endpoint: Endpoint): Promise<Result<Read, Refusal>> {
  if (request.method === 'GET') return ok({ read: {}, text: '' });
  if (endpoint.takesFile !== undefined) return readFile(request, endpoint.takesFile);
  const most = endpoint.isLines ? MOST_BYTES_OF_LINES : MOST_BYTES;
  if (Number(request.headers.get('content-length') ?? 0) > most) return err({ kind: 'body-too-long', mostBytes: most });
  const text = await request.text();
  if (text.length > most) return err({ kind: 'body-too-long', mostBytes: most });
  if (text.trim() === '') return ok({ read: endpoint.isLines ? '' : {}, text: '' });
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  const takes = endpoint.isLines ? 'application/x-ndjson' : 'application/json';
  if (type !== takes) return err({ kind: 'type-not-supported', takes });
  if (endpoint.isLines) return ok({ read: text, text });
  const read = jsonOf(text);
  return read === undefined ? err({ kind: 'body-unreadable' }) : ok({ read, text });
}

/** What a JSON text holds; undefined when it is none, or one of its texts holds a zero byte. */
export function jsonOf(text: string): unknown {
  if (ZERO.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A file, no further than is allowed; it is known again by its digest, whatever key it comes under. */
async function readFile(request: Request, mostBytes: number): Promise<Result<Read, Refusal>> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of request.body ?? []) {
    bytes += piece.byteLength;
    if (bytes > mostBytes) return err({ kind: 'body-too-long', mostBytes });
    pieces.push(piece);
  }
  const file = Buffer.concat(pieces);
  return ok({ read: file, text: createHash('sha256').update(file).digest('base64url') });
}
