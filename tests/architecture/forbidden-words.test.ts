import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryFiles, sourceFiles, textOf } from '../support/source-files';

const words = repositoryFiles().filter(
  (path) =>
    /\.(ts|tsx|mts|cts|cjs|mjs|js|json|md|sql|css|yml|yaml|sh|example|service|svg)$|^(\.ci\/run|NOTICE|Containerfile)$/.test(path) &&
    path !== 'package-lock.json' &&
    !path.startsWith('tests/architecture/'),
);

/** Where `pattern` occurs, as `file:line: text`. */
function occurrences(paths: readonly string[], pattern: RegExp): readonly string[] {
  return paths.flatMap((path) =>
    textOf(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );
}

test('every variable that is read has its line in .env.example, and no other', () => {
  const names = (path: string, pattern: RegExp): readonly string[] => [...textOf(path).matchAll(pattern)].map(([, name = '']) => name);
  const read = names('lib/platform/env.ts', /^ {2}([A-Z][A-Z0-9_]+): /gmu);
  const shown = names('.env.example', /^([A-Z][A-Z0-9_]+)=/gmu);
  expect(shown.toSorted()).toEqual(read.toSorted());
});

describe('the repository stands alone', () => {
  test('nothing leads out of it', () => {
    const leaving = sourceFiles('app', 'components', 'db', 'lib', 'tests').flatMap((path) =>
      [...textOf(path).matchAll(/['"](\.\.?\/[^'"]*)['"]/g)]
        .map((match) => posix.normalize(posix.join(posix.dirname(path), match[1] ?? '')))
        .filter((target) => target.startsWith('..'))
        .map((target) => `${path} → ${target}`),
    );
    expect(leaving).toEqual([]);
    expect(occurrences(words, /\.\.\/shared\b/)).toEqual([]);
  });

  test('no path of one particular machine is written down', () => {
    expect(occurrences(words, /(?<![\w.@*}])\/(home|root|Users|mnt|work)\/[\w.]/)).toEqual([]);
  });

  test('no package registry is named, the lock file included', () => {
    const registries = /\b(registry|npm|packages|mirror)\.[\w.-]+\.(org|com|net|io|dev|internal)\b/i;
    expect(occurrences([...words, 'package-lock.json'], registries)).toEqual([]);
  });
});

describe('one word per thing', () => {
  const code = sourceFiles('app', 'components', 'db', 'lib');

  test('a shop is never called otherwise (schema.org and the payloads of sources keep their own words)', () => {
    const own = code.filter((path) => !/json-ld|schema-org|structured|payload/.test(path));
    expect(occurrences(own, /\b\w*(vendor|seller)\w*\b(?!-)/i).filter((line) => !/bestseller/i.test(line))).toEqual([]);
  });

  test('no file is named after nothing', () => {
    const empty = /(^|\/|-)(utils?|helpers?|manager|service|common|misc|info|types)\.(ts|tsx)$/;
    expect(code.filter((path) => empty.test(path))).toEqual([]);
  });

  test('files are in kebab case', () => {
    const names = code.map((path) => path.split('/').at(-1) ?? '');
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|config))?\.tsx?$/.test(name))).toEqual([]);
  });

  test('what is still to be done names its issue', () => {
    expect(
      occurrences(
        [...code, ...sourceFiles('tests').filter((path) => !path.startsWith('tests/architecture/'))],
        /\b(TODO|FIXME|XXX)\b(?!.*#\d+)/,
      ),
    ).toEqual([]);
  });
});
