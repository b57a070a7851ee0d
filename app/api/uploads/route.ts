import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import Busboy from '@fastify/busboy';
import { cookies } from 'next/headers';
import { say } from '@/app/_actions/said';
import { explainImport } from '@/app/_text/explain-import';
import { MOST_FILE_BYTES, checkImport, stageImport } from '@/lib/connectors';
import { SESSION_COOKIE, currentSession, shopScope } from '@/lib/identity';
import type { Locale } from '@/lib/kernel';
import { env } from '@/lib/platform/env';
import { logError } from '@/lib/platform/log';

export const dynamic = 'force-dynamic';

type Received = { readonly fileName: string; readonly isCut: boolean; readonly bytes: number };

/**
 * A shop's product file: `POST /api/uploads?shop=<slug>`, a form with one field `file`. The body is written to disk as it comes and read
 * from there row by row, so that memory does not grow with the file. The answer leads to the import's page, or back with a sentence.
 */
export async function POST(request: Request): Promise<Response> {
  const slug = new URL(request.url).searchParams.get('shop') ?? '';
  if (!isSameOrigin(request)) return new Response(null, { status: 403 });
  const session = await currentSession((await cookies()).get(SESSION_COOKIE)?.value);
  const access = await shopScope(session, slug, 'manager');
  if (!session || !access.ok || request.body === null) return new Response(null, { status: 404 });
  const page = `/merchant/${slug}/stock/import`;
  const locale = session.locale;
  try {
    return await withFolder(async (folder) => {
      const path = join(folder, 'file');
      const received = await receive(request, path);
      if (received === undefined || received.bytes === 0) return back(page, explainImport(locale, { kind: 'file-empty' }));
      if (received.isCut) return back(page, explainImport(locale, { kind: 'file-too-large', mostBytes: MOST_FILE_BYTES }));
      const staged = await stageImport(access.value.scope, { path, fileName: received.fileName });
      if (!staged.ok) return back(page, explainImport(locale, staged.error));
      await checkImport(access.value.scope, { importId: staged.value });
      return seeOther(`${page}/${staged.value}`);
    });
  } catch (error) {
    logError('upload', error);
    return back(page, apology(locale));
  }
}

const apology = (locale: Locale): string => explainImport(locale, { kind: 'failed' });

/** A page of another site may send a form here with the person's cookies: it may not. */
function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get('origin');
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  return origin !== null && URL.canParse(origin) && new URL(origin).host === host;
}

async function withFolder(work: (folder: string) => Promise<Response>): Promise<Response> {
  const uploads = join(env().dataFolder, 'uploads');
  await mkdir(uploads, { recursive: true });
  const folder = await mkdtemp(join(uploads, 'file-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes the first file of a form to disk; what is more than the largest allowed is not written. */
async function receive(request: Request, path: string): Promise<Received | undefined> {
  const type = request.headers.get('content-type') ?? '';
  if (request.body === null || !type.startsWith('multipart/form-data')) return undefined;
  const form = Busboy({ headers: { 'content-type': type }, limits: { files: 1, fileSize: MOST_FILE_BYTES, fields: 5, fieldSize: 10_000 } });
  let received: Promise<Received> | undefined;
  form.on('file', (_name, stream, fileName) => {
    received = pipeline(stream, createWriteStream(path)).then(() => ({ fileName, isCut: stream.truncated, bytes: stream.bytesRead }));
  });
  await pipeline(Readable.from(request.body), form);
  return received;
}

const seeOther = (path: string): Response => new Response(null, { status: 303, headers: { location: path } });

async function back(page: string, sentence: string): Promise<Response> {
  await say({ kind: 'bad', text: sentence });
  return seeOther(page);
}
