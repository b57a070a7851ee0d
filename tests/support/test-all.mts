import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { buildApp } from '../../lib/command/demo/build';
import { startCityServer } from './city';

/**
 * `npm test`: everything there is, one suite after the other, ending with one line of totals. A suite that cannot even start counts
 * as a failure; none is skipped because an earlier one failed.
 */
type Count = { readonly passed: number; readonly failed: number };
type Suite = { readonly name: string; readonly command: string; readonly args: readonly string[] };

const results = 'tests/.results';
const vitest = (project: string): Suite => ({
  name: project,
  command: 'vitest',
  args: ['run', '--config', 'tests/config/vitest.config.ts', '--project', project],
});
const playwright = (name: string, config: string): Suite => ({
  name,
  command: 'playwright',
  args: ['test', '--config', `tests/config/${config}.config.ts`],
});
/** One after the other; those of one row beside each other, where neither minds a busy machine: each has a city of its own. */
const rows: readonly (readonly Suite[])[] = [
  [vitest('integration')],
  [playwright('e2e', 'playwright')],
  [playwright('looks', 'looks'), vitest('system')],
];

function run({ name, command, args }: Suite, say: (text: string) => void): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    let output = '';
    const environment = {
      ...process.env,
      HALLES_RESULTS: `${process.cwd()}/${results}/${name}.json`,
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
    };
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env: environment, shell: process.platform === 'win32' });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      say(text);
    });
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Vitest and Playwright each write a report of their own shape; without one the suite did not run. */
function countIn(name: string): Count {
  const file = `${results}/${name}.json`;
  if (!existsSync(file)) return { passed: 0, failed: 0 };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  if (report.stats !== undefined)
    return { passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky + report.errors.length };
  const unread = report.testResults.filter(
    (one: { status: string; assertionResults: unknown[] }) => one.status === 'failed' && one.assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + unread.length };
}

const clock = (since: number): string => `${Math.round((performance.now() - since) / 1000)} s`;
const startedAt = performance.now();
const counts: Count[] = [];

const aloud = (text: string): void => void process.stdout.write(text);

async function suite(one: Suite, more: (output: string) => Count = () => ({ passed: 0, failed: 0 }), say = aloud): Promise<void> {
  say(`\n== ${one.name}\n`);
  const since = performance.now();
  const { code, output } = await run(one, say);
  const [tests, steps] = [countIn(one.name), more(output)];
  const failed = tests.failed + steps.failed;
  const count = { passed: tests.passed + steps.passed, failed: code !== 0 && failed === 0 ? 1 : failed };
  counts.push(count);
  say(`== ${one.name}: ${count.passed} passed, ${count.failed} failed, ${clock(since)}\n`);
}

/** The first of a row is heard while it runs, the others when they end. */
async function row([first, ...others]: readonly Suite[]): Promise<void> {
  const kept: string[] = [];
  const quiet = others.map(async (one) => {
    const said: string[] = [];
    await suite(one, undefined, (text) => void said.push(text));
    kept.push(...said);
  });
  await Promise.all([first && suite(first), ...quiet]);
  aloud(kept.join(''));
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

await suite({ name: 'check', command: process.execPath, args: ['--import', 'tsx', 'tests/support/check.mts'] }, (output) => ({
  passed: [...output.matchAll(/^ok {4}(?!tests)/gm)].length,
  failed: [...output.matchAll(/^FAIL {2}(?!tests)/gm)].length,
}));

process.stdout.write('\n== build\n');
try {
  const progress = {
    step: (text: string) => process.stdout.write(`   ${text}\n`),
    done: (text = 'done') => process.stdout.write(`   ${text}\n`),
  };
  await buildApp(progress, { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }, new AbortController().signal);
  counts.push({ passed: 1, failed: 0 });
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  counts.push({ passed: 0, failed: 1 });
}

const server = await startCityServer(); // else the suite that ends first would take it from the one beside it
for (const one of rows) await row(one);
if (!server.found) await server.stop();

const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.stdout.write(`\nTook ${clock(startedAt)}.\nTotal: ${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
