import { z } from 'zod';
import { env } from '@/lib/platform/env';
import { endpoints } from '../_routes';
import type { Endpoint } from './endpoint';
import type { ProblemKind } from './problems';
import { problemSchema, problems } from './problems';

type Json = Readonly<Record<string, unknown>>;

/** What any call may be answered with besides its own refusals. */
const always: readonly ProblemKind[] = ['too-many-calls', 'invalid-input', 'unexpected'];
const withKey: readonly ProblemKind[] = ['key-missing', 'key-unknown', 'scope-missing'];
const writing: readonly ProblemKind[] = ['idempotency-key-missing', 'idempotency-key-reused', 'call-in-progress', 'body-too-long'];

/** The whole API as OpenAPI 3.1, made from the schemas that the door reads calls with. */
export function apiDocument(): Json {
  const components = componentsOf(endpoints);
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of endpoints) {
    const path = (paths[endpoint.path] ??= {});
    path[endpoint.method.toLowerCase()] = operationOf(endpoint);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Halles',
      version: '1',
      summary: 'Shops’ own systems and shoppers’ own tools, on one city’s marketplace.',
      description: INTRODUCTION,
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: `${env().baseUrl}/api/v1` }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components,
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A key made in the shop’s dashboard.' } },
    },
  };
}

const INTRODUCTION = [
  'Amounts are whole minor units (cents) beside an ISO 4217 currency. Moments are RFC 3339. Ids are opaque.',
  'Every write carries an `Idempotency-Key`; the same key and call again is answered with the first answer, and a refusal frees the key.',
  'Without an API key the Idempotency-Key must be random (16 characters or more): it is the proof that a call is yours.',
  'Lists give `nextCursor`; send it as `cursor` for the next page. Errors are problem+json with a stable `kind`.',
  'Each answer tells what is left of the minute in `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`.',
  'What is not yours is not there: it answers 404.',
].join('\n\n');

function operationOf(endpoint: Endpoint): Json {
  const { method, id, tag, summary, more, needs, status = 200 } = endpoint;
  const isWrite = method !== 'GET';
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(more === undefined ? {} : { description: more }),
    security: needs === 'nobody' ? [] : [{ key: [needs] }],
    ...(needs === 'nobody' ? {} : { 'x-scope': needs }),
    parameters: [
      ...parametersOf('path', endpoint.params),
      ...parametersOf('query', endpoint.query),
      ...(isWrite
        ? [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', pattern: '^[\\w:.-]{8,128}$' } }]
        : []),
    ],
    ...(isWrite ? bodyOf(endpoint) : {}),
    responses: {
      [String(status)]: { description: summary, content: contentOf(endpoint) },
      ...refusalsOf(endpoint),
    },
  };
}

function contentOf(endpoint: Endpoint): Json {
  const { gives } = endpoint;
  if (gives === undefined) return { 'application/json': { schema: answerOf(endpoint) } };
  return { [gives]: { schema: { type: 'string', ...(gives === 'application/zip' && { format: 'binary' }) } } };
}

function bodyOf({ body, line, takesFile }: Endpoint): Json {
  if (takesFile !== undefined)
    return { requestBody: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } } };
  const schema = schemaOf(line ?? body, 'input');
  if (line) return { requestBody: { required: true, content: { 'application/x-ndjson': { schema } } } };
  const isEmpty = Object.keys(propertiesOf(schema)).length === 0 && schema['anyOf'] === undefined && schema['oneOf'] === undefined;
  return isEmpty ? {} : { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

function refusalsOf(endpoint: Endpoint): Json {
  const kinds = [
    ...always,
    ...(endpoint.needs === 'nobody' ? [] : withKey),
    ...(endpoint.method === 'GET' ? [] : writing),
    ...endpoint.refuses,
  ];
  const byStatus = Map.groupBy(new Set(kinds), (kind) => problems[kind][0]);
  const problem = { $ref: '#/components/schemas/Problem' };
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [
      String(status),
      {
        description: some.map((kind) => `\`${kind}\`: ${problems[kind][1]}`).join('\n\n'),
        content: { 'application/problem+json': { schema: problem } },
      },
    ]),
  );
}

function parametersOf(where: 'path' | 'query', schema: z.ZodType): readonly Json[] {
  const read = schemaOf(schema, 'input');
  const required = Array.isArray(read['required']) ? read['required'] : [];
  return Object.entries(propertiesOf(read)).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }));
}

function propertiesOf(schema: Json): Json {
  const { properties } = schema;
  return typeof properties === 'object' && properties !== null ? { ...properties } : {};
}

/** Left in by the converter, of no meaning inside a document. */
const noise = new Set(['$schema', 'readOnly', '~standard']);

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  return plain(z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }));
}

function answerOf({ answer }: Endpoint): Json {
  const id = idOfSchema(answer);
  return id === undefined ? referring(schemaOf(answer, 'output')) : { $ref: `#/components/schemas/${id}` };
}

function idOfSchema(schema: z.ZodType): string | undefined {
  const id = schema.meta()?.id;
  return typeof id === 'string' ? id : undefined;
}

/** Every named answer, and what it is made of, once. */
function componentsOf(all: readonly Endpoint[]): Json {
  const found: Record<string, unknown> = {};
  for (const schema of [problemSchema, ...all.map(({ answer }) => answer)]) {
    const { $defs, ...own } = schemaOf(schema, 'output');
    const id = idOfSchema(schema);
    if (id !== undefined && own['$ref'] === undefined) found[id] = referring(own);
    for (const [name, definition] of Object.entries(typeof $defs === 'object' && $defs !== null ? $defs : {}))
      found[name] ??= referring(definition);
  }
  return found;
}

/** References into the converter's own definitions lead to the document's components. */
function referring(schema: unknown): Json {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $defs: _defs, ...rest } = asObject(JSON.parse(text));
  return rest;
}

function plain(schema: unknown): Json {
  return asObject(JSON.parse(JSON.stringify(schema, (name, value: unknown) => (noise.has(name) ? undefined : value))));
}

const anyObject = z.record(z.string(), z.unknown());

function asObject(value: unknown): Json {
  return anyObject.parse(value);
}
