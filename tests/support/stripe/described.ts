import { z } from 'zod';
import described from './requests.json' with { type: 'json' };

type Schema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: unknown;
  readonly [key: string]: unknown;
};

/** The version the published description is of; the adapters pin the same. */
export const describedVersion: string = described.version;

const operations = new Map(
  Object.entries(described.operations as Readonly<Record<string, Schema>>).map(([name, schema]) => {
    const [method = '', path = ''] = name.split(' ');
    const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    return [name, { method, pattern, schema, parser: z.fromJSONSchema(schema as never) }] as const;
  }),
);

/**
 * What is wrong with a request by the published description of the API: an unknown operation, a parameter that is not there, a value that is
 * none. `form` is the body of a POST, the query of a GET.
 */
export function problemsOf(method: string, path: string, form: URLSearchParams): readonly string[] {
  const operation = [...operations.values()].find((one) => one.method === method && one.pattern.test(path));
  if (!operation) return [`${method} ${path} is not described`];
  const read = operation.parser.safeParse(typed(nested(form), operation.schema));
  return read.success ? [] : read.error.issues.map((issue) => `${method} ${path}: ${issue.path.join('.')} ${issue.message}`);
}

/** `a[b][0]=c` as an object. */
function nested(form: URLSearchParams): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [name, value] of form) {
    const keys = name.split(/[[\]]+/).filter((key) => key !== '');
    let at = root;
    keys.slice(0, -1).forEach((key) => (at = (at[key] ??= {}) as Record<string, unknown>));
    at[keys.at(-1) ?? ''] = value;
  }
  return root;
}

/** Texts of a form as what the description says they are; what does not fit stays a text and is found out. */
function typed(value: unknown, schema: Schema | undefined): unknown {
  if (!schema) return value;
  if (schema.anyOf) return schema.anyOf.map((one) => typed(value, one)).find((one) => one !== value) ?? value;
  if (typeof value === 'string') {
    if ((schema.type === 'integer' || schema.type === 'number') && /^-?\d+$/.test(value)) return Number(value);
    return schema.type === 'boolean' && /^(true|false)$/.test(value) ? value === 'true' : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (schema.type === 'array') return Object.values(value).map((one) => typed(one, schema.items));
  if (schema.type !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, typed(one, schema.properties?.[key])]));
}
