/** What is left of a caller's minute. `resetSeconds` until it begins anew. */
export type Allowance = {
  readonly isAllowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
};

const WINDOW_MS = 60_000;
const REMEMBERED = 20_000;

type Minute = { readonly startedAt: number; used: number };

const minutes = new Map<string, Minute>();

/**
 * Counts a call of `caller` against `limit` a minute, in this process: with several web processes each has its own count. Time comes from
 * a clock that never goes back. The oldest callers are forgotten when there are too many to remember.
 */
export function useAllowance(caller: string, limit: number, nowMs: number = performance.now()): Allowance {
  const known = minutes.get(caller);
  const minute = known && nowMs - known.startedAt < WINDOW_MS ? known : { startedAt: nowMs, used: 0 };
  if (minute !== known) {
    minutes.delete(caller);
    minutes.set(caller, minute);
    const oldest = minutes.size > REMEMBERED ? minutes.keys().next() : undefined;
    if (oldest && !oldest.done) minutes.delete(oldest.value);
  }
  minute.used += 1;
  return {
    isAllowed: minute.used <= limit,
    limit,
    remaining: Math.max(0, limit - minute.used),
    resetSeconds: Math.max(1, Math.ceil((minute.startedAt + WINDOW_MS - nowMs) / 1_000)),
  };
}
