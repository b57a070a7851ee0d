import type { Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { Allowance, Machine } from '@/lib/machines';
import { claimWrite, openKey, useAllowance } from '@/lib/machines';
import { env } from '@/lib/platform/env';
import { logError, withRequestId } from '@/lib/platform/log';
import type { Endpoint, Outcome, RawCall, Refusal } from './endpoint';
import { find } from './find-endpoint';
import { problemBody, statusOf } from './problems';
import { readBody } from './read-body';

type Told = { readonly requestId: string; readonly headers: Record<string, string> };

const plausibleRequestId = /^[\w-]{8,64}$/;

/** The one door of the public API: who → how often → what → the use-case → the answer, or a problem that names the field. */
export async function serve(request: Request): Promise<Response> {
  const given = request.headers.get('x-request-id');
  const requestId = given !== null && plausibleRequestId.test(given) ? given : crypto.randomUUID();
  const told: Told = {
    requestId,
    headers: { 'x-request-id': requestId, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  };
  return withRequestId(requestId, async () => {
    try {
      return await answer(request, told);
    } catch (error) {
      logError('api', error);
      return problem({ kind: 'unexpected' }, told);
    }
  });
}

async function answer(request: Request, told: Told): Promise<Response> {
  const url = new URL(request.url);
  const found = find(request.method, url.pathname);
  if (!found.ok) return problem(found.error, told);
  const { endpoint, params } = found.value;

  const who = await whoCalls(request, endpoint);
  const machine = who.ok ? who.value : undefined;
  const allowance = allow(request, machine);
  tellAllowance(allowance, told);
  if (!allowance.isAllowed) return problem({ kind: 'too-many-calls' }, told);
  if (!who.ok) return problem(who.error, told);

  const body = await readBody(request, endpoint);
  if (!body.ok) return problem(body.error, told);
  const call: RawCall = { params, query: Object.fromEntries(url.searchParams), body: body.value.read };
  if (request.method === 'GET') return respond(await endpoint.serve({ machine, key: '', sender: senderOf(request) }, call), endpoint, told);
  return write({ request, endpoint, machine, call, text: body.value.text, path: url.pathname }, told);
}

type Write = {
  readonly request: Request;
  readonly endpoint: Endpoint;
  readonly machine: Machine | undefined;
  readonly call: RawCall;
  readonly text: string;
  readonly path: string;
};

/** A write happens once per key, and is answered alike however often it is asked. */
async function write({ request, endpoint, machine, call, text, path }: Write, told: Told): Promise<Response> {
  const key = request.headers.get('idempotency-key') ?? '';
  const caller = machine?.keyId ?? `guest:${path.slice('/api/v1/'.length).slice(0, 100)}`;
  const work = (): Promise<Outcome> => endpoint.serve({ machine, key, sender: senderOf(request) }, call);
  if (endpoint.claimsItself) {
    if (!/^[\w:.-]{8,128}$/.test(key)) return problem({ kind: 'idempotency-key-missing' }, told);
    return respond(await work(), endpoint, told);
  }
  const claimed = await claimWrite({ caller, key, call: [request.method, path, text] }, async () => {
    const outcome = await work();
    return outcome.ok ? { status: endpoint.status ?? 200, body: outcome.value ?? null } : refused(outcome.error, told);
  });
  if (!claimed.ok) return problem(claimed.error, told);
  const { status, body, wasKept } = claimed.value;
  if (wasKept) told.headers['idempotent-replayed'] = 'true';
  return json(status, body, told);
}

function refused(error: Refusal, { requestId }: Told) {
  return { status: statusOf(error.kind), body: problemBody(error, requestId) };
}

async function whoCalls(request: Request, endpoint: Endpoint): Promise<Result<Machine | undefined, Refusal>> {
  const header = request.headers.get('authorization');
  if (endpoint.needs === 'nobody' && header === null) return ok(undefined);
  const bearer = /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1];
  if (bearer === undefined) return endpoint.needs === 'nobody' ? ok(undefined) : err({ kind: 'key-missing' });
  const machine = await openKey(bearer);
  if (!machine) return err({ kind: 'key-unknown' });
  if (endpoint.needs !== 'nobody' && !machine.scopes.includes(endpoint.needs)) return err({ kind: 'scope-missing', needs: endpoint.needs });
  return ok(machine);
}

function allow(request: Request, machine: Machine | undefined): Allowance {
  const { callsPerKey, callsPerAddress } = env().api;
  if (machine) return useAllowance(machine.keyId, callsPerKey);
  return useAllowance(senderOf(request), callsPerAddress);
}

function senderOf(request: Request): string {
  return request.headers.get('x-forwarded-for')?.split(',')[0]?.trim().slice(0, 64) ?? 'here';
}

function tellAllowance({ limit, remaining, resetSeconds, isAllowed }: Allowance, { headers }: Told): void {
  headers['ratelimit-limit'] = String(limit);
  headers['ratelimit-remaining'] = String(remaining);
  headers['ratelimit-reset'] = String(resetSeconds);
  if (!isAllowed) headers['retry-after'] = String(resetSeconds);
}

function respond(outcome: Outcome, endpoint: Endpoint, told: Told): Response {
  if (outcome.ok && outcome.value instanceof ReadableStream)
    return new Response(outcome.value, { headers: { ...told.headers, 'content-type': endpoint.gives ?? 'application/octet-stream' } });
  return outcome.ok ? json(endpoint.status ?? 200, outcome.value ?? null, told) : problem(outcome.error, told);
}

function problem(error: Refusal, told: Told): Response {
  const { status, body } = refused(error, told);
  if (status === 401) told.headers['www-authenticate'] = 'Bearer realm="Halles"';
  if (error.kind === 'method-not-allowed' && 'allow' in error) told.headers['allow'] = String(error.allow);
  return json(status, body, told);
}

function json(status: number, body: unknown, { headers }: Told): Response {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  return new Response(JSON.stringify(body), { status, headers: { ...headers, 'content-type': type } });
}
