import { AwsClient } from 'aws4fetch';
import { invariant } from '@/lib/kernel';
import type { Env } from '../env';
import { contentTypeOf, isFileKey, type Files } from './files';

const PATIENCE_MS = 10_000;

/** Files in an S3-compatible store, addressed by path (`endpoint/bucket/key`), which every such store understands. */
export function s3Files({ endpoint, region, bucket, accessKeyId, secretAccessKey }: NonNullable<Env['s3']>): Files {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 });
  const ask = async (method: 'GET' | 'PUT' | 'DELETE', key: string, body?: Uint8Array<ArrayBuffer>): Promise<Response> => {
    invariant(isFileKey(key), 'a file key has no folders');
    const url = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(bucket)}/${key}`;
    const headers = body === undefined ? {} : { 'content-type': contentTypeOf(key) };
    return client.fetch(url, { method, headers, signal: AbortSignal.timeout(PATIENCE_MS), ...(body !== undefined && { body }) });
  };
  const refused = (what: string, { status }: Response): Error => new Error(`The file store answered ${status} to ${what}.`);
  return {
    async put(key, { bytes }) {
      const answer = await ask('PUT', key, new Uint8Array(bytes));
      await answer.body?.cancel();
      if (!answer.ok) throw refused('a file', answer);
    },
    async get(key) {
      const answer = await ask('GET', key);
      if (answer.ok) return { bytes: new Uint8Array(await answer.arrayBuffer()), contentType: contentTypeOf(key) };
      await answer.body?.cancel();
      if (answer.status === 404) return undefined;
      throw refused('a question', answer);
    },
    async remove(key) {
      const answer = await ask('DELETE', key);
      await answer.body?.cancel();
      if (!answer.ok && answer.status !== 404) throw refused('a removal', answer);
    },
  };
}
