import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { onlyTo, publicAddressOf } from '@/lib/platform/public-address';

/** How the other end answered: a status, or why there was none. */
export type Posted = { readonly status: number } | { readonly error: 'address-not-allowed' | 'timed-out' | 'unreachable' };

const WAIT_MS = 10_000;

/**
 * Posts a message and reads no more than the status. The name is looked up once and the call goes to that very address, so that it cannot
 * lead elsewhere after it was judged; redirects are not followed.
 */
export async function postMessage(
  address: string,
  message: { readonly body: string | Uint8Array; readonly headers: Readonly<Record<string, string>> },
  { allowPrivate }: { readonly allowPrivate: boolean },
): Promise<Posted> {
  const url = new URL(address);
  const fixed = allowPrivate ? undefined : await publicAddressOf(url.hostname);
  if (!allowPrivate && fixed === undefined) return { error: 'address-not-allowed' };
  return new Promise((resolve) => {
    const post = url.protocol === 'https:' ? requestHttps : requestHttp;
    const sent = post(
      url,
      {
        method: 'POST',
        headers: { ...message.headers, 'content-length': Buffer.byteLength(message.body) },
        timeout: WAIT_MS,
        ...(fixed !== undefined && { lookup: onlyTo(fixed) }),
      },
      (answer) => {
        answer.resume(); // what it says besides is not read
        resolve({ status: answer.statusCode ?? 0 });
      },
    );
    sent.setTimeout(WAIT_MS, () => {
      resolve({ error: 'timed-out' });
      sent.destroy();
    });
    sent.on('error', () => resolve({ error: 'unreachable' }));
    sent.end(message.body);
  });
}
