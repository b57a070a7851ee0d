import { createServer, type Server } from 'node:http';
import sharp from 'sharp';
import type { World, WorldProduct, WorldVariant } from './world';

export type DoubleRequest = {
  readonly method: string;
  /** The host that was meant, for services with addresses of their own. */
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
};

export type DoubleAnswer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** A file instead. */
  readonly file?: Buffer | undefined;
};

export type News =
  | {
      readonly kind: 'count';
      readonly product: WorldProduct;
      readonly variant: WorldVariant;
      readonly quantity: number;
      readonly at: number;
    }
  | { readonly kind: 'deleted'; readonly product: WorldProduct };

/** A faithful stand-in of one source: its addresses, payloads and signatures as its documentation has them. */
export type SourceDouble = {
  readonly kind: string;
  /** Where its documentation is, for whoever checks. */
  readonly documented: string;
  /** What a shop types into the form; `address` is where the double listens. */
  readonly typed: (address: string, world: World) => Readonly<Record<string, string>>;
  readonly isAllowed: (request: DoubleRequest, world: World) => boolean;
  /** Undefined is a 404. */
  readonly answer: (request: DoubleRequest, world: World, address: string) => DoubleAnswer | undefined;
  /** Whether this asks for goods: troubles are made there. */
  readonly asksForGoods: (request: DoubleRequest) => boolean;
  /** The rows of such an answer, and a field no row may lack. */
  readonly rowsOf: (json: unknown) => readonly Record<string, unknown>[];
  readonly needed: string;
  /** Whether it knows that sizes belong together. */
  readonly hasVariants?: false;
  /** It tells everything in one answer: there are no pages to break off between. */
  readonly isWhole?: true;
  /** It keeps one picture of a product and no more. */
  readonly hasOnePicture?: true;
  /** Where its pictures lie, when they lie behind its key and not with everybody's; those that only show when the one before is there, too. */
  readonly keyedPictures?: (
    product: WorldProduct,
    address: string,
  ) => { readonly told: readonly string[]; readonly all: readonly string[] };
  /** The code an offer gets where it is not the variant's own. */
  readonly skuOf?: (product: WorldProduct, variant: WorldVariant) => string;
  readonly message?: (
    news: News,
    about: { readonly id: string; readonly url: string; readonly world: World },
  ) => Readonly<{
    headers: Record<string, string>;
    body: string;
  }>;
};

/** Two small pictures, each its own. */
export const PICTURES = await Promise.all(
  [60, 180].map((mean) =>
    sharp({ create: { width: 48, height: 48, channels: 3, noise: { type: 'gaussian', mean, sigma: 20 } } as never })
      .jpeg({ quality: 100 })
      .toBuffer(),
  ),
);

/** What goes wrong with the next questions for goods, one after the other. */
export type Trouble =
  | { readonly kind: 'throttled'; readonly retryAfter: string }
  | { readonly kind: 'error'; readonly status: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'damaged'; readonly rows: 'one' | 'all' }
  /** The answer waits until this has happened. */
  | { readonly kind: 'meanwhile'; readonly happens: () => Promise<void> }
  | { readonly kind: 'fine' };

export type RunningDouble = {
  readonly address: string;
  readonly host: string;
  readonly requests: DoubleRequest[];
  readonly troubles: Trouble[];
  isDown: boolean;
  /** Leads a service's own address to this double. */
  readonly reroute: (address: string) => string;
  close(): Promise<void>;
};

const text = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value.join(', ') : value);

function damage(double: SourceDouble, json: unknown, rows: 'one' | 'all'): unknown {
  const copy: unknown = structuredClone(json);
  for (const row of double.rowsOf(copy).slice(0, rows === 'one' ? 1 : undefined)) row[double.needed] = { renamed: true };
  return copy;
}

/** Starts a double before a world. A real HTTP server: the connector speaks to it as it would to the source. */
export async function startDouble(double: SourceDouble, world: World): Promise<RunningDouble> {
  const running = { requests: [] as DoubleRequest[], troubles: [] as Trouble[], isDown: false };
  const server: Server = createServer((incoming, outgoing) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => {
      if (running.isDown) return incoming.socket.destroy();
      const url = new URL(incoming.url ?? '/', 'http://double');
      const rerouted = /^\/@([^/]+)(\/.*)$/.exec(url.pathname);
      const request: DoubleRequest = {
        method: incoming.method ?? 'GET',
        host: rerouted?.[1] ?? '',
        path: rerouted?.[2] ?? url.pathname,
        query: url.searchParams,
        headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, text(value)])),
        body: Buffer.concat(pieces).toString('utf8'),
      };
      running.requests.push(request);
      const trouble = double.asksForGoods(request) ? running.troubles.shift() : undefined;
      const base = { date: new Date(world.now()).toUTCString(), 'content-type': 'application/json' };
      const send = ({ status = 200, headers = {}, json, file }: DoubleAnswer): void => {
        if (file !== undefined) return void outgoing.writeHead(status, { ...base, 'content-type': 'image/jpeg' }).end(file);
        const body = json === undefined ? '' : JSON.stringify(json);
        if (trouble?.kind === 'cut') {
          outgoing.writeHead(200, { ...base, 'content-length': String(Buffer.byteLength(body)) });
          outgoing.write(body.slice(0, Math.floor(body.length / 2)), () => incoming.socket.destroy());
          return;
        }
        outgoing.writeHead(status, { ...base, ...headers }).end(body);
      };
      if (request.host === 'pictures.example') return send({ file: PICTURES[request.path.at(-5) === '1' ? 0 : 1] });
      if (trouble?.kind === 'throttled')
        return send({ status: 429, headers: { 'retry-after': trouble.retryAfter }, json: { error: 'slow down' } });
      if (trouble?.kind === 'error') return send({ status: trouble.status, json: { error: 'oops' } });
      if (!double.isAllowed(request, world)) return send({ status: 401, json: { error: 'unauthorized' } });
      const answer = double.answer(request, world, address);
      if (answer === undefined) return send({ status: 404, json: { error: 'not found' } });
      if (trouble?.kind === 'meanwhile') return void trouble.happens().then(() => send(answer));
      return send(trouble?.kind === 'damaged' ? { ...answer, json: damage(double, answer.json, trouble.rows) } : answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the double has a port');
  const host = `127.0.0.1:${bound.port}`;
  const address = `http://${host}`;
  return Object.assign(running, {
    address,
    host,
    reroute: (asked: string) => (asked.startsWith(address) || !asked.startsWith('https://') ? asked : `${address}/@${asked.slice(8)}`),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

/** Which piece of a list a cursor or page number means. */
export function pieceOf<T>(
  rows: readonly T[],
  from: number,
  size: number,
): { readonly rows: readonly T[]; readonly next: number | undefined } {
  const next = from + size;
  return { rows: rows.slice(from, next), next: next < rows.length ? next : undefined };
}

/** The Date a source writes: ISO with milliseconds, in UTC. */
export const isoOf = (at: number): string => new Date(at).toISOString();
