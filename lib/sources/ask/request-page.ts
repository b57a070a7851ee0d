import type { IncomingMessage } from 'node:http';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { isWebhookUrl, publicAddressOf } from '@/lib/platform/public-address';
import type { SourceFault } from '../fault';
import type { Answer, AskLimits, Question } from './exchange';
import { fetchBySftp } from './fetch-sftp';

type Asked = Result<Answer, SourceFault>;

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
 * Asks once. The name is looked up once and the call goes to that very address, so that it cannot lead elsewhere after it was judged;
 * redirects are not followed; the whole exchange takes `waitMs` at most.
 */
export async function requestPage(asked: Question, limits: AskLimits): Promise<Asked> {
  const { allowPrivate, waitMs, mostBytes, reroute } = limits;
  if (asked.login !== undefined && asked.url.startsWith('sftp://')) return fetchBySftp(asked.url, asked.login, limits);
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
        ...(fixed === undefined
          ? {}
          : {
              lookup: (_name, options, found) =>
                options.all ? found(null, [{ address: fixed, family: isIP(fixed) }]) : found(null, fixed, isIP(fixed)),
            }),
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
