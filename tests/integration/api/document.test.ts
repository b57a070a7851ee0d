import { expect, test } from 'vitest';
import { apiDocument } from '@/app/api/v1/_door/document';
import { isProblemKind } from '@/app/api/v1/_door/problems';
import { readingPage } from '@/app/api/v1/_door/reading-page';
import { endpoints } from '@/app/api/v1/_routes';
import { clientTypes } from '../../support/api-client/client-types';

const document: unknown = JSON.parse(JSON.stringify(apiDocument()));

test('the typed client is the one the document describes', async () => {
  await expect(clientTypes(document)).toMatchFileSnapshot('../../support/api-client/api-types.ts');
});

test('every call has a name of its own, and names its path’s parameters', () => {
  expect(new Set(endpoints.map(({ id }) => id)).size).toBe(endpoints.length);
  for (const { path, params, refuses } of endpoints) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    expect(Object.keys((params as unknown as { shape: object }).shape)).toEqual(named);
    expect(refuses.every(isProblemKind)).toBe(true);
  }
});

test('every reference of the document leads somewhere, and nothing of the converter is left in', () => {
  const text = JSON.stringify(document);
  const schemas = (document as { components: { schemas: object } }).components.schemas;
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) expect(Object.keys(schemas)).toContain(name);
  expect(text).not.toContain('$defs');
  expect(text).not.toContain('readOnly');
});

test('people can read about every call and every problem', () => {
  const page = readingPage();
  for (const { id, refuses } of endpoints) {
    expect(page).toContain(`id="${id}"`);
    for (const kind of refuses) expect(page).toContain(`id="${kind}"`);
  }
});
