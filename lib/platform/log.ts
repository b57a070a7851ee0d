import { AsyncLocalStorage } from 'node:async_hooks';
import pino from 'pino';
import type { Result, Scope } from '@/lib/kernel';

/**
 * One structured line per use-case, on standard error: standard output belongs to the answers of commands.
 * No names, addresses or tokens: a line carries ids, kinds and durations only.
 */
const silent = process.env['VITEST'] !== undefined;

export const log = pino(
  {
    level: process.env['LOG_LEVEL'] ?? (silent ? 'silent' : 'info'),
    base: { process: process.env['HALLES_PROCESS'] ?? 'web' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: [
        '*.email',
        '*.token',
        '*.address',
        '*.password',
        '*.phone',
        '*.cookie',
        '*.authorization',
        'email',
        'token',
        'address',
        'password',
        'phone',
      ],
      censor: '[kept out]',
    },
    serializers: { err: errorFacts },
    mixin: () => {
      const requestId = currentRequestId();
      return requestId === undefined ? {} : { requestId };
    },
  },
  pino.destination({ dest: 2, sync: true }),
);

type ErrorFacts = {
  readonly type: string;
  readonly message: string;
  readonly code?: unknown;
  readonly stack?: string;
  readonly cause?: ErrorFacts;
};

/**
 * What a log may keep of an error. The values of a failed statement are left out: they are what people typed.
 * (Drizzle puts them behind "params:", PostgreSQL into `detail`.)
 */
export function errorFacts(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error' };
  const withoutValues = (text: string): string => text.replace(/\n?params: [\s\S]*?(?=\n\s+at |$)/, '');
  return {
    type: error.name,
    message: withoutValues(error.message),
    ...('code' in error ? { code: error.code } : {}),
    ...(error.stack === undefined ? {} : { stack: withoutValues(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: errorFacts(error.cause) }),
  };
}

const requests = new AsyncLocalStorage<{ readonly requestId: string }>();

/** Runs `work`; every line written meanwhile carries the request's id. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return requests.run({ requestId }, work);
}

/** The id of the request being served, if any. */
export function currentRequestId(): string | undefined {
  return requests.getStore()?.requestId;
}

/** Who acts, as far as a log may know. */
export type ActorKind = Scope['kind'] | 'courier' | 'carrier' | 'nobody';

type UseCaseLine = {
  readonly useCase: string;
  readonly actor: ActorKind;
  readonly ids?: Readonly<Record<string, string | undefined>>;
};

/**
 * Runs a use-case and writes its one line: outcome `ok`, the refusal's kind, or `threw` (the error goes on to the door, which logs its stack).
 */
export async function observed<T, E extends { readonly kind: string }>(
  line: UseCaseLine,
  work: () => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  const startedAt = performance.now();
  const write = (outcome: string): void => {
    log.info({ ...line, outcome, durationMs: Math.round(performance.now() - startedAt) }, line.useCase);
  };
  try {
    const result = await work();
    write(result.ok ? 'ok' : result.error.kind);
    return result;
  } catch (error) {
    write('threw');
    throw error;
  }
}

/** Logs an unexpected error, once, where it is handled. */
export function logError(where: string, error: unknown, ids: Readonly<Record<string, string | undefined>> = {}): void {
  log.error({ err: error, where, ids }, where);
}
