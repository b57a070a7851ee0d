import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { root, sourceFiles } from '../support/source-files';

const cruise = z.object({
  modules: z.array(z.object({ source: z.string(), dependencies: z.array(z.unknown()) })),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string(), severity: z.string() }) })),
  }),
});

/** Runs the checker the way `npm run check` does; its exit code counts violations, so that the output is what we read. */
function cruised(folders: readonly string[], cruisedRoot = ''): z.infer<typeof cruise> {
  const program = `${root}node_modules/dependency-cruiser/bin/dependency-cruiser.mjs`;
  const args = [program, '--config', 'tests/config/dependency-cruiser.cjs', '--output-type', 'json', ...folders];
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 1e9, env: { ...process.env, HALLES_CRUISED_ROOT: cruisedRoot } } as const;
  return cruise.parse(JSON.parse(spawnSync(process.execPath, args, options).stdout));
}

const planted = 'tests/architecture/planted/';
const rules: readonly { name: string; comment: string }[] = createRequire(import.meta.url)('../config/dependency-cruiser.cjs').forbidden;

const violations: readonly (readonly [rule: string, file: string])[] = [
  ['no-cycles', 'lib/checkout/chicken.ts'],
  ['kernel-imports-nothing', 'lib/kernel/reads-the-engine.ts'],
  ['engine-is-pure', 'lib/oms/asks-the-database.ts'],
  ['engine-is-pure', 'lib/oms/asks-a-package.ts'],
  ['platform-knows-no-capability', 'lib/platform/knows-a-capability.ts'],
  ['capability-by-its-door', 'lib/checkout/comes-by-the-window.ts'],
  ['lib-knows-no-screen', 'lib/basket/shows-a-page.ts'],
  ['app-by-the-door', 'app/opens-the-database.tsx'],
  ['app-by-the-door', 'app/opens-a-drawer.tsx'],
  ['app-by-the-door', 'app/talks-to-drizzle.tsx'],
  ['components-only-show', 'components/decides.tsx'],
  ['db-holds-tables', 'db/behaves.ts'],
  ['imports-resolve', 'lib/checkout/imports-nothing-real.ts'],
];

describe('the planted violations', () => {
  const found = cruised(
    ['app', 'components', 'db', 'lib'].map((room) => planted + room),
    planted,
  ).summary.violations;

  test.each(violations)('%s fires on %s', (rule, file) => {
    expect(found.filter((violation) => violation.from === planted + file).map((violation) => violation.rule.name)).toContain(rule);
  });

  test('every rule has a planted violation and says what to do instead', () => {
    expect(new Set(violations.map(([rule]) => rule))).toEqual(new Set(rules.map(({ name }) => name)));
    expect(rules.filter(({ comment }) => comment.length < 20)).toEqual([]);
  });

  test('what is allowed stays allowed', () => {
    expect(found.filter(({ from }) => from.endsWith('components/shows.tsx'))).toEqual([]);
  });
});

describe('the repository', () => {
  const result = cruised(['app', 'components', 'db', 'lib']);

  test('keeps the import rules', () => {
    expect(result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });

  test('was read: as many modules as source files, and their imports', () => {
    const sources = sourceFiles('app', 'components', 'db', 'lib');
    const seen = new Set(result.modules.map(({ source }) => source));
    expect(sources.filter((path) => !seen.has(path))).toEqual([]);
    expect(result.modules.reduce((sum, module) => sum + module.dependencies.length, 0)).toBeGreaterThan(sources.length);
  });
});
