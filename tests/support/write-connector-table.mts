import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { contractScenarios, type ContractOutcome } from '@/lib/sources/views';
import { DOCUMENT, fullTable, inputsDigest, RESULTS, shortTable, withTable } from './connector-table';
import { doubles } from './sources/doubles';
import { notApplicable } from '../integration/sources/not-applicable';

/**
 * `npm run connectors`: holds every connector to the contract and writes down which scenarios passed, for the page of the city, the
 * document and the README. What did not pass is written down as not passed, and the command fails.
 */
const report = z.object({
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ ancestorTitles: z.array(z.string()), title: z.string(), status: z.string() })) }),
  ),
});

const folder = mkdtempSync(join(tmpdir(), 'halles-connectors-'));
const file = join(folder, 'results.json');
const args = ['run', '--config', 'tests/config/vitest.config.ts', '--project', 'integration', 'tests/integration/sources/contract-'];
spawnSync('vitest', args, { stdio: 'inherit', env: { ...process.env, HALLES_RESULTS: file }, shell: process.platform === 'win32' });
const { testResults } = report.parse(JSON.parse(readFileSync(file, 'utf8')));
rmSync(folder, { recursive: true, force: true });

const passed = new Set(
  testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ ancestorTitles, title, status }) =>
      status === 'passed' ? [`${ancestorTitles[0]} ${title.split(':')[0]}`] : [],
    ),
  ),
);
const outcomeOf = (double: (typeof doubles)[number], scenario: (typeof contractScenarios)[number]): ContractOutcome => {
  if (!passed.has(`${double.kind} ${scenario}`)) return 'not-tested';
  return notApplicable(double).includes(scenario) ? 'not-applicable' : 'passes';
};
const results = {
  inputs: inputsDigest(),
  connectors: Object.fromEntries(
    doubles.map((double) => [
      double.kind,
      Object.fromEntries(contractScenarios.map((scenario) => [scenario, outcomeOf(double, scenario)])),
    ]),
  ),
};
writeFileSync(RESULTS, `${JSON.stringify(results, undefined, 2)}\n`);
writeFileSync(DOCUMENT, withTable(readFileSync(DOCUMENT, 'utf8'), fullTable(results)));
writeFileSync('README.md', withTable(readFileSync('README.md', 'utf8'), shortTable(results)));
const failed = Object.values(results.connectors)
  .flatMap((one) => Object.values(one))
  .filter((outcome) => outcome === 'not-tested').length;
process.stdout.write(`${passed.size} scenarios passed, ${failed} did not; ${RESULTS}, ${DOCUMENT} and README.md are written\n`);
process.exitCode = failed === 0 ? 0 : 1;
