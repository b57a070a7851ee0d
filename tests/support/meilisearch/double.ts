import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { document, federated, field, query, settings, type Document } from './requests';
import { Refused, search, searchTogether, type Index } from './search';

/**
 * A server that speaks the part of Meilisearch's API that we use, and refuses everything else: unknown paths, unknown keys, filters it cannot read,
 * filters and sorts on attributes that the settings do not allow. Words are matched by their beginnings, accents aside; no typos.
 */
export type MeilisearchDouble = {
  readonly host: string;
  readonly apiKey: string;
  /** Requests that were refused: there must be none. */
  readonly refused: readonly string[];
  /** What `GET /indexes` would list. */
  indexes(): readonly string[];
  /** What an index keeps of a document, to be put out of step. */
  documentsOf(uid: string): Map<string, Document>;
  stop(): Promise<void>;
};

/** Starts the double on a free port. */
export async function startMeilisearchDouble(): Promise<MeilisearchDouble> {
  const apiKey = 'a key of the tests';
  const indexes = new Map<string, Index>();
  const refused: string[] = [];
  let tasks = 0;

  const existing = (uid: string): Index => {
    const index = indexes.get(uid);
    if (!index) throw new Refused(`index_not_found: ${uid}`);
    return index;
  };
  const task = (type: string) => ({
    taskUid: (tasks += 1),
    indexUid: null,
    status: 'enqueued',
    type,
    enqueuedAt: new Date().toISOString(),
  });

  const routes: readonly (readonly [method: string, path: RegExp, answer: (body: unknown, uid: string, url: URL) => unknown])[] = [
    [
      'POST',
      /^\/indexes$/,
      (body) => {
        const { uid } = z.strictObject({ uid: z.string().regex(/^[a-zA-Z0-9_-]+$/), primaryKey: z.literal('id') }).parse(body);
        if (indexes.has(uid)) throw new Refused('index_already_exists');
        indexes.set(uid, { documents: new Map(), settings: undefined });
        return task('indexCreation');
      },
    ],
    [
      'GET',
      /^\/indexes$/,
      () => ({
        results: [...indexes.keys()].map((uid) => ({ uid, primaryKey: 'id', createdAt: new Date(), updatedAt: new Date() })),
        offset: 0,
        limit: 1_000,
        total: indexes.size,
      }),
    ],
    [
      'DELETE',
      /^\/indexes\/([\w-]+)$/,
      (_, uid) => {
        existing(uid);
        indexes.delete(uid);
        return task('indexDeletion');
      },
    ],
    [
      'PATCH',
      /^\/indexes\/([\w-]+)\/settings$/,
      (body, uid) => {
        existing(uid).settings = settings.parse(body);
        return task('settingsUpdate');
      },
    ],
    [
      'POST',
      /^\/indexes\/([\w-]+)\/documents$/,
      (body, uid) => {
        for (const one of z.array(document).min(1).parse(body)) existing(uid).documents.set(one.id, one);
        return task('documentAdditionOrUpdate');
      },
    ],
    [
      'POST',
      /^\/indexes\/([\w-]+)\/documents\/delete-batch$/,
      (body, uid) => {
        for (const id of z.array(z.string()).min(1).parse(body)) existing(uid).documents.delete(id);
        return task('documentDeletion');
      },
    ],
    [
      'GET',
      /^\/indexes\/([\w-]+)\/documents$/,
      (_, uid, { searchParams }) => {
        const fields = z.array(field).parse(searchParams.get('fields')?.split(','));
        const [offset, limit] = [Number(searchParams.get('offset')), Number(searchParams.get('limit'))];
        const { documents, settings: kept } = existing(uid);
        const shown = fields.filter((name) => kept?.displayedAttributes.includes(name) ?? true);
        const results = [...documents.values()]
          .slice(offset, offset + limit)
          .map((one) => Object.fromEntries(shown.map((name) => [name, one[name]])));
        return { results, offset, limit, total: documents.size };
      },
    ],
    [
      'POST',
      /^\/swap-indexes$/,
      (body) => {
        for (const {
          indexes: [a, b],
        } of z.array(z.strictObject({ indexes: z.tuple([z.string(), z.string()]), rename: z.literal(false) })).parse(body)) {
          const [left, right] = [existing(a), existing(b)];
          indexes.set(a, right);
          indexes.set(b, left);
        }
        return task('indexSwap');
      },
    ],
    ['GET', /^\/tasks\/(\d+)$/, (_, uid) => ({ ...task('any'), taskUid: undefined, uid: Number(uid), status: 'succeeded', error: null })],
    [
      'POST',
      /^\/multi-search$/,
      (body) =>
        typeof body === 'object' && body !== null && 'federation' in body
          ? searchTogether(existing, federated.parse(body))
          : {
              results: z
                .strictObject({ queries: z.array(query).min(1) })
                .parse(body)
                .queries.map((one) => search(existing(one.indexUid), one)),
            },
    ],
  ];

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://double');
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    try {
      if (request.headers.authorization !== `Bearer ${apiKey}`) throw new Refused('missing_authorization_header');
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      const text = Buffer.concat(pieces).toString();
      const found = routes.find(([method, path]) => method === request.method && path.test(url.pathname));
      if (!found) throw new Refused(`no such route: ${request.method} ${url.pathname}`);
      const [, path, act] = found;
      send(
        request.method === 'GET' || url.pathname.endsWith('search') ? 200 : 202,
        act(text === '' ? undefined : JSON.parse(text), path.exec(url.pathname)?.[1] ?? '', url),
      );
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const isMissing = message.startsWith('index_not_found');
      if (!isMissing) refused.push(`${request.method} ${url.pathname}: ${message}`);
      send(isMissing ? 404 : 400, { message, code: isMissing ? 'index_not_found' : 'bad_request', type: 'invalid_request', link: '' });
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `http://127.0.0.1:${port}`,
    apiKey,
    refused,
    indexes: () => [...indexes.keys()],
    documentsOf: (uid) => existing(uid).documents,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
