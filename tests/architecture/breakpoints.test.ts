import { expect, test } from 'vitest';
import { sourceFiles, textOf } from '../support/source-files';

/** Tailwind drops a variant of a breakpoint it does not know without a word: the page is then laid out for a phone at every width. */
test('every breakpoint that is used is one of the tokens', () => {
  const known = new Set([...textOf('app/styles/tokens.css').matchAll(/--breakpoint-([a-z0-9]+):\s*\d/gu)].map((match) => match[1]));
  const unknown = sourceFiles('app', 'components').flatMap((path) =>
    [...textOf(path).matchAll(/(?<![\w-])(?:max-)?(xs|sm|md|lg|xl|[2-9]xl):[a-z[-]/gu)]
      .filter((match) => !known.has(match[1]))
      .map((match) => `${path}: ${match[0]}`),
  );
  expect(known.size).toBeGreaterThan(0);
  expect(unknown).toEqual([]);
});
