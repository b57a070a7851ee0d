import { expect, test } from 'vitest';
import results from '@/lib/sources/contract-results.json' with { type: 'json' };
import { connectors } from '@/lib/sources';
import { DOCUMENT, fullTable, inputsDigest, shortTable, withTable, type ContractResults } from '../support/connector-table';
import { sourceFiles, textOf } from '../support/source-files';
import { doubles } from '../support/sources/doubles';

const found = results as ContractResults;

test('the table of connectors was made from the connectors, doubles and contract of now: else npm run connectors', () => {
  expect(found.inputs).toBe(inputsDigest());
});

test('the document and the README show that table and nothing else', () => {
  expect(textOf(DOCUMENT)).toBe(withTable(textOf(DOCUMENT), fullTable(found)));
  expect(textOf('README.md')).toBe(withTable(textOf('README.md'), shortTable(found)));
});

test('every folder of a connector is one, every one has a double, and no scenario is left unproved', () => {
  const folders = [...new Set(sourceFiles('lib').flatMap((path) => /^lib\/sources\/kinds\/([^/]+)\//.exec(path)?.[1] ?? []))];
  const kinds = connectors.map(({ kind }) => kind).toSorted();
  expect(folders.toSorted()).toEqual(kinds);
  expect(doubles.map(({ kind }) => kind).toSorted()).toEqual(kinds);
  expect(Object.values(found.connectors).flatMap((one) => Object.values(one))).not.toContain('not-tested');
});
