import type { z } from 'zod';
import type { Instant, Result } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { Asking, Connector, Query, Said, Settings, SourceCall } from '../connector';
import type { SourceFault } from '../fault';
import { readJson } from '../values';
import { askPatiently, faultOfStatus } from './patience';
import type { Answer, AskLimits, Question } from './exchange';
import { requestPage } from './request-page';

/** What a call takes from the machine. Tests count the waiting instead of doing it. */
type CallPorts = {
  readonly now: () => Instant;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly limits: AskLimits;
};

const AGENT = 'Halles-Connector/1';

/** A clock that differs by less is the same clock: answers travel, and dates are whole seconds. */
const SAME_CLOCK_MS = 2_000;

function addressOf(base: string, path: string, query: Query = {}): string {
  const joined = /^(https?|sftp):\/\//.test(path) ? path : `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  if (!URL.canParse(joined)) return joined;
  const url = new URL(joined);
  // A next page that a source names must stay on the source's own host: keys go with the question.
  if (URL.canParse(base) && (url.host !== new URL(base).host || url.protocol !== new URL(base).protocol)) return 'refused:';
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url.href;
}

function bodyOf({ body, form }: Asking): { readonly text: string; readonly type: string } | undefined {
  if (body !== undefined) return { text: JSON.stringify(body), type: 'application/json' };
  return form === undefined ? undefined : { text: new URLSearchParams(form).toString(), type: 'application/x-www-form-urlencoded' };
}

/** What changes while a call is in use: a token that was renewed, what the source's clock showed last. */
type State = { settings: Settings; skewMs: number };

type Line = {
  readonly connector: Connector;
  readonly ports: CallPorts;
  readonly state: State;
  readonly keep: (renewed: Settings) => Promise<void>;
};

function questionOf({ connector, state, ports }: Line, asking: Asking, isAuthorised: boolean): Question {
  const body = bodyOf(asking);
  return {
    method: asking.method ?? (body === undefined ? 'GET' : 'POST'),
    url: addressOf(asking.baseUrl ?? connector.baseUrl(state.settings), asking.path, asking.query),
    headers: {
      accept: 'application/json',
      'user-agent': AGENT,
      ...(body && { 'content-type': body.type }),
      ...(isAuthorised ? connector.auth.headers(state.settings, ports.now()) : {}),
      ...asking.headers,
    },
    body: body?.text,
    login: isAuthorised ? connector.auth.login?.(state.settings) : undefined,
  };
}

async function askOnce(line: Line, asking: Asking, isAuthorised: boolean): Promise<Result<Answer, SourceFault>> {
  const { ports, state } = line;
  const asked = await requestPage(questionOf(line, asking, isAuthorised), ports.limits);
  if (!asked.ok) return asked;
  const theirs = Date.parse(asked.value.headers['date'] ?? '');
  if (!Number.isNaN(theirs)) state.skewMs = Math.abs(theirs - ports.now()) < SAME_CLOCK_MS ? 0 : theirs - ports.now();
  const fault = faultOfStatus(asked.value, ports.now(), state.skewMs);
  return fault === undefined ? asked : err(fault);
}

const ask = (line: Line, asking: Asking, isAuthorised: boolean): Promise<Result<Answer, SourceFault>> =>
  askPatiently(() => askOnce(line, asking, isAuthorised), line.ports);

/** Renews what has run out, where the source knows such a thing; `keep` is told before anything is asked with it. */
async function renew(line: Line): Promise<Result<undefined, SourceFault>> {
  const renewed = await line.connector.auth.renew?.(callWith(line, false));
  if (renewed === undefined) return ok(undefined);
  if (!renewed.ok) return renewed;
  line.state.settings = { ...line.state.settings, ...renewed.value };
  await line.keep(renewed.value);
  return ok(undefined);
}

async function askAuthorised(line: Line, asking: Asking): Promise<Result<Answer, SourceFault>> {
  const { auth } = line.connector;
  if (auth.renew !== undefined && auth.isStale?.(line.state.settings, line.ports.now()) === true) {
    const renewed = await renew(line);
    if (!renewed.ok) return renewed;
  }
  const asked = await ask(line, asking, true);
  if (asked.ok || asked.error.kind !== 'not-allowed' || asked.error.status !== 401 || auth.renew === undefined) return asked;
  const renewed = await renew(line); // it ran out before its time, or was taken back
  return renewed.ok ? ask(line, asking, true) : renewed;
}

function callWith(line: Line, isAuthorised: boolean): SourceCall {
  const answer = (asking: Asking) => (isAuthorised ? askAuthorised(line, asking) : ask(line, asking, false));
  return {
    get settings() {
      return line.state.settings;
    },
    get now() {
      return line.ports.now();
    },
    skewMs: () => line.state.skewMs,
    renew: () => renew(line),
    async json<T>(schema: z.ZodType<T>, asking: Asking): Promise<Result<Said<T>, SourceFault>> {
      const asked = await answer(asking);
      if (!asked.ok) return asked;
      const read = schema.safeParse(readJson(asked.value.body.toString('utf8')));
      if (read.success) return ok({ value: read.data, headers: asked.value.headers });
      return err({ kind: 'schema-changed', where: whereOf(read.error) });
    },
    async file(asking) {
      const asked = await answer({ ...asking, headers: { accept: '*/*', ...asking.headers } });
      return asked.ok ? ok({ value: asked.value.body, headers: asked.value.headers }) : asked;
    },
    async text(asking) {
      const asked = await answer(asking);
      return asked.ok ? ok({ value: asked.value.body.toString('utf8'), headers: asked.value.headers }) : asked;
    },
  };
}

/**
 * A connector's way out: each question authorised by what is kept, each answer judged. A token that has run out is renewed once and
 * `keep` is told; `settings` are then the new ones for the questions that follow.
 */
export function sourceCall(
  connector: Connector,
  settings: Settings,
  ports: CallPorts,
  { skewMs = 0, keep }: { readonly skewMs?: number; readonly keep: (renewed: Settings) => Promise<void> },
): SourceCall {
  return callWith({ connector, ports, keep, state: { settings, skewMs } }, true);
}

/** The place in an answer where its shape is another one: names of fields, never what was in them. */
export function whereOf(error: z.ZodError): string {
  return (error.issues[0]?.path ?? []).map((part) => (typeof part === 'number' ? '[]' : String(part))).join('.') || 'answer';
}
