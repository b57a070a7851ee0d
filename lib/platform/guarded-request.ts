import type { IncomingMessage } from 'node:http';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { isWebhookUrl, onlyTo, publicAddressOf } from './public-address';

/** What another machine is asked. The body is text that is ready to be sent. */
export type GuardedQuestion = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
};

/** What it answered, whatever the status. */
export type GuardedAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export type GuardedLimits = {
  readonly allowPrivate: boolean;
  readonly waitMs: number;
  readonly mostBytes: number;
  /** Tests lead the addresses of services to their doubles. */
  readonly reroute?: (address: string) => string;
};

/** Why there is no answer. `address-not-allowed`: it leads into a private network, or is no HTTPS address. */
export type GuardedFault = { readonly kind: 'unreachable' | 'timed-out' | 'address-not-allowed' | 'too-large' };

type Asked = Result<GuardedAnswer, GuardedFault>;

function headersOf(answer: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(answer.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const])),
  );
}

/** Reads an answer, no further than is allowed. */
function readAnswer(answer: IncomingMessage, mostBytes: number, give: (asked: Asked) => void): void {
  const pieces: Buffer[] = [];
  let bytes = 0;
  answer.on('data', (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > mostBytes) {
      give(err({ kind: 'too-large' }));
      answer.destroy();
    } else pieces.push(piece);
  });
  answer.on('end', () => give(ok({ status: answer.statusCode ?? 0, headers: headersOf(answer), body: Buffer.concat(pieces) })));
  answer.on('error', () => give(err({ kind: 'unreachable' })));
  answer.on('aborted', () => give(err({ kind: 'unreachable' })));
}

/**
 * Asks an address that a stranger gave, once. The name is looked up once and the call goes to that very address, so that it cannot lead
 * elsewhere after it was judged; redirects are not followed; from then on the whole exchange takes `waitMs` at most.
 */
export async function guardedRequest(asked: GuardedQuestion, limits: GuardedLimits): Promise<Asked> {
  const { allowPrivate, waitMs, mostBytes, reroute } = limits;
  const question = reroute === undefined ? asked : { ...asked, url: reroute(asked.url) };
  if (!isWebhookUrl(question.url, allowPrivate)) return err({ kind: 'address-not-allowed' });
  const url = new URL(question.url);
  const fixed = allowPrivate ? undefined : await publicAddressOf(url.hostname);
  if (!allowPrivate && fixed === undefined) return err({ kind: 'address-not-allowed' });
  return new Promise<Asked>((resolve) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const body = question.body === undefined ? undefined : Buffer.from(question.body);
    const sent = send(
      url,
      {
        method: question.method,
        headers: { ...question.headers, ...(body && { 'content-length': body.length }) },
        ...(fixed !== undefined && { lookup: onlyTo(fixed) }),
      },
      (answer) => readAnswer(answer, mostBytes, give),
    );
    // One clock for everything: a server that drips a byte a second must not hold a worker.
    const clock = setTimeout(() => {
      give(err({ kind: 'timed-out' }));
      sent.destroy();
    }, waitMs);
    function give(outcome: Asked): void {
      clearTimeout(clock);
      resolve(outcome);
    }
    sent.on('error', () => give(err({ kind: 'unreachable' })));
    sent.end(body);
  });
}
