type Schema = { readonly [member: string]: unknown };

/** A JSON Schema as the type it describes, in the words of TypeScript: for people, and for the generated client. */
export function typeText(schema: unknown, indent = ''): string {
  if (!isSchema(schema)) return 'unknown';
  const reference = schema['$ref'];
  if (typeof reference === 'string') return reference.slice(reference.lastIndexOf('/') + 1);
  if ('const' in schema) return JSON.stringify(schema['const']);
  const one = listOf(schema['enum']).map((value) => JSON.stringify(value));
  if (one.length > 0) return one.join(' | ');
  const choices = [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])].map((choice) => typeText(choice, indent));
  if (choices.length > 0) return [...new Set(choices)].join(' | ');
  const parts = listOf(schema['allOf']).map((part) => `(${typeText(part, indent)})`);
  return parts.length > 0 ? parts.join(' & ') : typeOf(schema, indent);
}

function typeOf(schema: Schema, indent: string): string {
  switch (schema['type']) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array': {
      const item = typeText(schema['items'], indent);
      return /[|\s]/.test(item) ? `readonly (${item})[]` : `readonly ${item}[]`;
    }
    case 'object':
      return objectText(schema, indent);
    default:
      return 'unknown';
  }
}

function objectText(schema: Schema, indent: string): string {
  const properties = isSchema(schema['properties']) ? Object.entries(schema['properties']) : [];
  const more = schema['additionalProperties'];
  const isOpen = isSchema(more);
  if (properties.length === 0) return isOpen ? `Readonly<Record<string, ${typeText(more, indent)}>>` : '{}';
  const required = listOf(schema['required']);
  const deeper = `${indent}  `;
  const lines = properties.map(
    ([name, property]) =>
      `${deeper}readonly ${/^[\w$]+$/.test(name) ? name : JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeText(property, deeper)};`,
  );
  const rest = isOpen && Object.keys(more).length === 0 ? [`${deeper}readonly [member: string]: unknown;`] : [];
  return `{\n${[...lines, ...rest].join('\n')}\n${indent}}`;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
