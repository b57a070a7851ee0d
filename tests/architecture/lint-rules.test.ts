import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { root } from '../support/source-files';

const planted = 'tests/architecture/planted/lint/';

/** One planted file per rule: a rule that stays silent about its own file is switched off, misspelt or unable to parse. */
const violations: readonly (readonly [rule: string, file: string])[] = [
  ['no-restricted-properties', 'lib/oms/reads-the-clock.ts'],
  ['no-restricted-properties', 'lib/oms/rolls-dice.ts'],
  ['no-restricted-globals', 'lib/oms/reads-the-environment.ts'],
  ['no-console', 'lib/checkout/prints.ts'],
  ['no-explicit-any', 'lib/checkout/believes-anything.ts'],
  ['no-non-null-assertion', 'lib/checkout/insists.ts'],
  ['consistent-type-assertions', 'lib/checkout/declares-it-so.ts'],
  ['no-floating-promises', 'lib/checkout/forgets-a-promise.ts'],
  ['switch-exhaustiveness-check', 'lib/checkout/forgets-a-case.ts'],
  ['max-lines', 'lib/checkout/goes-on-and-on.ts'],
  ['max-lines-per-function', 'lib/checkout/does-too-much.ts'],
  ['max-lines-per-function', 'components/shows-too-much.tsx'],
];

describe('the planted bad habits', () => {
  const program = `${root}node_modules/oxlint/bin/oxlint`;
  const args = [program, '-c', 'tests/config/oxlint.json', '--type-aware', '--format=unix', planted];
  const complaints = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).stdout.split('\n');

  test.each(violations)('%s fires on %s', (rule, file) => {
    expect(complaints.filter((line) => line.includes(file) && line.includes(`(${rule})`))).not.toEqual([]);
  });
});
