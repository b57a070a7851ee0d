import { randomUUID } from 'node:crypto';
import type { Operations, Problem } from './api-types';
import { places } from './api-types';

export type Answer<Body> =
  | { readonly ok: true; readonly status: number; readonly value: Body; readonly headers: Headers }
  | { readonly ok: false; readonly status: number; readonly problem: Problem; readonly headers: Headers };

type Call = { readonly params?: object; readonly query?: object; readonly body?: unknown };
type CallOf<Name extends keyof Operations> = Omit<Operations[Name], 'answer'>;

/** Who sends, where to and with which key; `idempotencyKey` repeats a write. */
export type Sender = {
  readonly send: (request: Request) => Promise<Response>;
  readonly baseUrl?: string;
  readonly key?: string | undefined;
};

/** A client of the public API, typed by its document. */
export function apiClient({ send, baseUrl = 'http://halles.test', key }: Sender) {
  return async <Name extends keyof Operations>(
    name: Name,
    call: CallOf<Name>,
    { idempotencyKey = randomUUID() }: { readonly idempotencyKey?: string } = {},
  ): Promise<Answer<Operations[Name]['answer']>> => {
    const { method, path } = places[name];
    const { params = {}, query = {}, body } = call as Call;
    const address = path.replaceAll(/\{(\w+)\}/g, (_, field: string) =>
      encodeURIComponent(String((params as Record<string, unknown>)[field])),
    );
    const url = new URL(`/api/v1${address}`, baseUrl);
    for (const [field, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(field, String(value));
    const place = places[name];
    const [isLines, isFile] = ['isLines' in place, 'isFile' in place];
    const headers = new Headers({
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(method === 'GET'
        ? {}
        : {
            'idempotency-key': idempotencyKey,
            'content-type': isLines ? 'application/x-ndjson' : isFile ? 'application/octet-stream' : 'application/json',
          }),
    });
    const text = method === 'GET' ? null : isLines ? String(body) : isFile ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body ?? {});
    const response = await send(new Request(url, { method, headers, body: text }));
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const read: unknown = isJson ? await response.json() : await response.text();
    return response.ok
      ? { ok: true, status: response.status, value: read as Operations[Name]['answer'], headers: response.headers }
      : { ok: false, status: response.status, problem: read as Problem, headers: response.headers };
  };
}

export type ApiClient = ReturnType<typeof apiClient>;
