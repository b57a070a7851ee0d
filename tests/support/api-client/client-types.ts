import { z } from 'zod';
import { typeText } from '@/app/api/v1/_door/type-text';

const operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.string(), required: z.boolean(), schema: z.unknown() })),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) }).optional(),
  responses: z.record(z.string(), z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })).optional() })),
});

const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

/** The program text of a client's types: what each operation takes and answers, made from the document alone. */
export function clientTypes(given: unknown): string {
  const { paths, components } = document.parse(given);
  const named = Object.entries(components.schemas).map(([name, schema]) => `export type ${name} = ${typeText(schema)};`);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ path, method: method.toUpperCase(), one })),
  );
  const types = operations.map(
    ({ one }) => `  /** ${one.summary}. */\n  readonly ${one.operationId}: { ${callText(one)} readonly answer: ${answerText(one)} };`,
  );
  const places = operations.map(
    ({ path, method, one }) =>
      `  ${one.operationId}: { method: '${method}', path: '${path}'${isLines(one) ? ', isLines: true' : isFile(one) ? ', isFile: true' : ''} },`,
  );
  return [
    '/* Generated from /api/v1/openapi.json by the test of the document (`vitest -u` writes it anew). */\n/* oxlint-disable max-lines */',
    ...named,
    `export type Operations = {\n${types.join('\n')}\n};`,
    `export const places = {\n${places.join('\n')}\n} as const;`,
    '',
  ].join('\n\n');
}

type Operation = z.infer<typeof operation>;

function callText(one: Operation): string {
  const part = (name: string, where: string) => {
    const some = one.parameters.filter((parameter) => parameter.in === where);
    if (some.length === 0) return '';
    const fields = some
      .map((parameter) => `readonly ${parameter.name}${parameter.required ? '' : '?'}: ${typeText(parameter.schema)};`)
      .join(' ');
    return `readonly ${name}${some.some(({ required }) => required) ? '' : '?'}: { ${fields} };`;
  };
  const [body] = Object.values(one.requestBody?.content ?? {});
  const bodyText =
    body === undefined
      ? ''
      : isLines(one)
        ? 'readonly body: string;'
        : isFile(one)
          ? 'readonly body: Uint8Array<ArrayBuffer>;'
          : `readonly body: ${typeText(body.schema)};`;
  return [part('params', 'path'), part('query', 'query'), bodyText].filter((text) => text !== '').join(' ');
}

function isLines(one: Operation): boolean {
  return Object.keys(one.requestBody?.content ?? {}).includes('application/x-ndjson');
}

function isFile(one: Operation): boolean {
  return Object.keys(one.requestBody?.content ?? {}).includes('application/octet-stream');
}

function answerText(one: Operation): string {
  const good = Object.entries(one.responses).find(([status]) => status.startsWith('2'))?.[1];
  const [content] = Object.values(good?.content ?? {});
  return typeText(content?.schema);
}
