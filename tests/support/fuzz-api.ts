import fc from 'fast-check';
import { z } from 'zod';

type Schema = { readonly [member: string]: unknown };

const operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.string(), schema: z.record(z.string(), z.unknown()) })),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) })) }).optional(),
  responses: z.record(z.string(), z.unknown()),
});

const document = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) });

/** A call made from the document: mostly as it asks, sometimes not at all. */
export type FuzzedCall = {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly known: ReadonlySet<number>;
};

export type Ground = {
  /** Keys that may be sent: right, wrong, of another, none. */
  readonly keys: readonly (string | undefined)[];
  /** Values that exist, by the name of their field: own ones and others'. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
};

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

/** What no schema asks for. */
const nonsense: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    -1,
    0,
    1e308,
    2 ** 53,
    1.5,
    '',
    ' ',
    '\u0000',
    '😀',
    "' or 1=1 --",
    '../../etc/passwd',
    '%00',
    '<script>',
    [],
    {},
    [[]],
  ),
  fc.string({ maxLength: 40, unit: 'binary' }),
  fc.jsonValue({ maxDepth: 2 }),
);

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Values of a schema, and now and then something else in its place. */
export function valuesOf(schema: unknown, name: string, ids: Ground['ids'], depth = 0): fc.Arbitrary<unknown> {
  const fitting = fittingOf(isSchema(schema) ? schema : {}, name, ids, depth);
  return fc.oneof({ weight: 12, arbitrary: fitting }, { weight: 1, arbitrary: nonsense });
}

function fittingOf(schema: Schema, name: string, ids: Ground['ids'], depth: number): fc.Arbitrary<unknown> {
  const known = ids[name];
  if (known && known.length > 0)
    return fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: fc.string() });
  if ('const' in schema) return fc.constant(schema['const']);
  const one = listOf(schema['enum']);
  if (one.length > 0) return fc.constantFrom(...one);
  const choices = [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])];
  if (choices.length > 0) return fc.oneof(...choices.map((choice) => valuesOf(choice, name, ids, depth + 1)));
  const parts = listOf(schema['allOf']);
  if (parts.length > 0)
    return fc
      .tuple(...parts.map((part) => valuesOf(part, name, ids, depth + 1)))
      .map((all) => Object.assign({}, ...all.filter(isSchema)) as unknown);
  switch (schema['type']) {
    case 'string':
      return wordsOf(schema);
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: -2, max: 50 }), fc.integer(), fc.double({ noNaN: true }));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valuesOf(schema['items'], name, ids, depth + 1), { maxLength: 3 });
    case 'object': {
      const properties = isSchema(schema['properties']) ? schema['properties'] : {};
      const fields = Object.fromEntries(Object.entries(properties).map(([field, of]) => [field, valuesOf(of, field, ids, depth + 1)]));
      return fc.record(fields, {
        requiredKeys: listOf(schema['required']).filter(
          (field) => fc.sample(fc.nat(11), 1)[0] !== 0 && typeof field === 'string',
        ) as never[],
      });
    }
    default:
      return nonsense;
  }
}

function wordsOf(schema: Schema): fc.Arbitrary<string> {
  if (schema['format'] === 'date-time')
    return fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }).map((date) => date.toISOString());
  if (schema['format'] === 'email') return fc.emailAddress();
  if (typeof schema['pattern'] === 'string' && schema['format'] === undefined) {
    try {
      return fc.stringMatching(new RegExp(schema['pattern'], 'u'), { size: 'small' });
    } catch {
      return fc.string();
    }
  }
  return fc.string({ maxLength: 30, unit: 'grapheme' });
}

/** Calls of every operation of the document, with keys and ids of `ground`. */
export function fuzzedCalls(given: unknown, ground: Ground): fc.Arbitrary<FuzzedCall> {
  const { paths } = document.parse(given);
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => callOf(path, method.toUpperCase(), one, ground)),
  );
  return fc.oneof(...calls);
}

function callOf(path: string, method: string, one: z.infer<typeof operation>, { keys, ids }: Ground): fc.Arbitrary<FuzzedCall> {
  const fields = (where: string) =>
    fc.record(
      Object.fromEntries(
        one.parameters.filter((parameter) => parameter.in === where).map(({ name, schema }) => [name, valuesOf(schema, name, ids)]),
      ),
      {
        requiredKeys:
          where === 'path' ? one.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name as never) : [],
      },
    );
  const [type, content] = Object.entries(one.requestBody?.content ?? {})[0] ?? [];
  const body =
    content === undefined
      ? fc.constant(undefined)
      : type === 'application/x-ndjson'
        ? fc
            .array(valuesOf(content.schema, '', ids), { maxLength: 5 })
            .map((lines) => lines.map((line) => JSON.stringify(line ?? null)).join('\n'))
        : fc.oneof(
            { weight: 15, arbitrary: valuesOf(content.schema, '', ids).map((value) => JSON.stringify(value ?? null)) },
            { weight: 1, arbitrary: fc.string() },
          );
  const known = new Set(Object.keys(one.responses).map(Number));
  return fc
    .record({
      params: fields('path'),
      query: fields('query'),
      body,
      key: fc.constantFrom(...keys),
      idempotency: fc.oneof({ weight: 9, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.constantFrom('', 'short', 'a'.repeat(200)) }),
    })
    .map((drawn) => {
      const values = drawn.params as Readonly<Record<string, unknown>>;
      const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(text(values[name]).toWellFormed()));
      const query = new URLSearchParams(Object.entries(drawn.query).map(([name, value]) => [name, text(value).toWellFormed()])).toString();
      const isWrite = method !== 'GET';
      return {
        id: one.operationId,
        method,
        path: `/api/v1${address}${query === '' ? '' : `?${query}`}`,
        headers: {
          ...(drawn.key === undefined ? {} : { authorization: `Bearer ${drawn.key}` }),
          ...(isWrite ? { 'idempotency-key': drawn.idempotency, 'content-type': type ?? 'application/json' } : {}),
        },
        body: isWrite ? drawn.body?.toWellFormed() : undefined,
        known,
      };
    });
}
