import type { Instant, Result } from '@/lib/kernel';
import { err, instant, MINUTE, plusMs } from '@/lib/kernel';
import type { SourceFault } from '../fault';
import type { Answer } from './exchange';

/** How often a question is asked when the other end stumbles, and the pause before each further time, in milliseconds. */
const PAUSES_MS = [500, 2_000] as const;

/** A wait that is asked for and not longer than this is sat out; a longer one ends the round, and the next begins then. */
export const LONGEST_WAIT_MS = 5_000;

/** `Retry-After` as seconds or as a date (RFC 9110, 10.2.3); a minute when a 429 says nothing. */
export function retryAfter(answer: Pick<Answer, 'headers'>, now: Instant, skewMs: number): Instant {
  const said = answer.headers['retry-after']?.trim() ?? '';
  if (/^\d{1,6}(\.\d+)?$/.test(said)) return plusMs(now, Math.ceil(Number(said) * 1_000));
  const date = Date.parse(said);
  // A date is told by their clock, which may be wrong; never sooner than now.
  return Number.isNaN(date) ? plusMs(now, MINUTE) : instant(Math.max(now, date - skewMs));
}

/** What a status means for whoever asked; undefined when it is an answer. */
export function faultOfStatus({ status, headers }: Answer, now: Instant, skewMs: number): SourceFault | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return { kind: 'moved', to: hostOf(headers['location']) };
  if (status === 401 || status === 403) return { kind: 'not-allowed', status };
  if (status === 404 || status === 410) return { kind: 'not-found' };
  if (status === 429) return { kind: 'asked-to-wait', until: retryAfter({ headers }, now, skewMs) };
  if (status === 503 && headers['retry-after'] !== undefined) {
    return { kind: 'asked-to-wait', until: retryAfter({ headers }, now, skewMs) };
  }
  return status >= 500 ? { kind: 'server-error', status } : { kind: 'refused', status };
}

const hostOf = (location: string | undefined): string => (location !== undefined && URL.canParse(location) ? new URL(location).host : '');

/** Whether asking again at once may help. */
export const isPassing = ({ kind }: SourceFault): boolean => kind === 'server-error' || kind === 'timed-out' || kind === 'unreachable';

/**
 * Asks, and asks again where that may help: after a stumble with growing pauses, after a short wait the other end asked for. Any other
 * "no" is final for this round.
 */
export async function askPatiently<T>(
  ask: () => Promise<Result<T, SourceFault>>,
  { now, wait }: { readonly now: () => Instant; readonly wait: (milliseconds: number) => Promise<void> },
): Promise<Result<T, SourceFault>> {
  let stumbles = 0;
  let waits = 0;
  for (;;) {
    const asked = await ask();
    if (asked.ok) return asked;
    const { error } = asked;
    if (error.kind === 'asked-to-wait' && error.until - now() <= LONGEST_WAIT_MS && waits < 3) {
      waits += 1;
      await wait(Math.max(1, error.until - now()));
      continue;
    }
    const pause = isPassing(error) ? PAUSES_MS[stumbles] : undefined;
    if (pause === undefined) return err(error);
    stumbles += 1;
    await wait(pause);
  }
}
