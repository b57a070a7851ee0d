import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderFiles, isFileKey, s3Files, type Files } from '@/lib/platform/files';
import { token } from '@/lib/platform/ids';

/** A store that answers as S3 does and refuses what is not signed, or not addressed, as S3 wants it. */
const kept = new Map<string, Buffer>();
const complaints: string[] = [];
const store = createServer((request, response) => {
  const signature =
    /^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/fr-par\/s3\/aws4_request, SignedHeaders=[\w;-]*host[\w;-]*, Signature=[0-9a-f]{64}$/;
  if (!signature.test(request.headers.authorization ?? '')) complaints.push(`unsigned ${request.method}`);
  if (!/^\/bucket\/[\w-]+\.webp$/.test(request.url ?? '')) complaints.push(`path ${request.url}`);
  if (request.headers['x-amz-date'] === undefined) complaints.push('no date');
  const key = request.url ?? '';
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    if (request.method === 'PUT') kept.set(key, Buffer.concat(parts));
    const body = kept.get(key);
    if (request.method === 'DELETE') kept.delete(key);
    if (request.method === 'GET' && body === undefined) return response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    return response.writeHead(request.method === 'DELETE' ? 204 : 200).end(request.method === 'GET' ? body : undefined);
  });
});
const folder = mkdtempSync(join(tmpdir(), 'halles-files-'));
const engines: Record<string, Files> = { folder: folderFiles(folder) };

beforeAll(async () => {
  await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve));
  const address = store.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const credentials = { region: 'fr-par', bucket: 'bucket', accessKeyId: 'key', secretAccessKey: 'secret' };
  engines['store'] = s3Files({ endpoint: `http://127.0.0.1:${port}`, ...credentials });
});

afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

describe.each(['folder', 'store'])('files in a %s', (name) => {
  const files = (): Files => {
    const found = engines[name];
    if (!found) throw new Error(name);
    return found;
  };

  test('what was put is there as it was, until it is removed; removing again changes nothing', async () => {
    const key = `${token()}.webp`;
    expect(await files().get(key)).toBeUndefined();
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, at) => at % 251));
    await files().put(key, { bytes, contentType: 'image/webp' });
    const found = await files().get(key);
    expect(found?.contentType).toBe('image/webp');
    expect(Buffer.from(found?.bytes ?? []).equals(bytes)).toBe(true);
    await files().remove(key);
    await files().remove(key);
    expect(await files().get(key)).toBeUndefined();
  });

  test('a key that is a path is a bug, not a file', async () => {
    for (const key of ['../../etc/passwd.webp', 'a/b.webp', '', `${'a'.repeat(30)}.exe`]) {
      expect(isFileKey(key)).toBe(false);
      await expect(files().get(key)).rejects.toThrow();
    }
  });
});

test('the store was asked as it wants to be asked', () => {
  expect(complaints).toEqual([]);
});
