import { spawn } from 'node:child_process';

/**
 * `npm run check`: everything that needs neither a database nor a build, two at a time.
 * What passes is one line; what fails shows its whole output.
 */
const suites = ['--project', 'architecture', '--project', 'kernel', '--project', 'oms'];
const steps: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ['tests', 'vitest', ['run', '--config', 'tests/config/vitest.config.ts', ...suites]],
  ['types', 'npm', ['run', '--silent', 'check:types']],
  ['lint', 'oxlint', ['-c', 'tests/config/oxlint.json', '--type-aware', '--ignore-pattern', 'tests/architecture/planted', '--format=unix']],
  [
    'imports',
    'depcruise',
    ['--config', 'tests/config/dependency-cruiser.cjs', '--output-type', 'err-long', 'app', 'components', 'db', 'lib'],
  ],
  [
    'format',
    'prettier',
    ['--config', 'tests/config/prettier.json', '--ignore-path', 'tests/config/prettier-ignore', '--check', '--log-level=warn', '.'],
  ],
];

type Outcome = { readonly name: string; readonly passed: boolean; readonly output: string; readonly seconds: string };

function run([name, command, args]: (typeof steps)[number]): Promise<Outcome> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
      shell: process.platform === 'win32',
    });
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.stderr.on('data', (piece: Buffer) => pieces.push(piece));
    const end = (passed: boolean): void =>
      resolve({ name, passed, output: Buffer.concat(pieces).toString(), seconds: ((performance.now() - startedAt) / 1000).toFixed(1) });
    child.once('error', (error) => {
      pieces.push(Buffer.from(error.message));
      end(false);
    });
    child.once('close', (code) => end(code === 0));
  });
}

/** What the suites say about themselves, for the caller that adds up the totals. */
function countOf(output: string): string {
  return /Tests\s+(.*?)\s*\(\d+\)/.exec(output)?.[1] ?? '';
}

const queue = [...steps];
const failed: string[] = [];
async function work(): Promise<void> {
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    const { name, passed, output, seconds } = await run(step);
    process.stdout.write(
      `${passed ? 'ok  ' : 'FAIL'}  ${name.padEnd(8)} ${seconds.padStart(5)} s  ${name === 'tests' ? countOf(output) : ''}\n`,
    );
    if (!passed) {
      failed.push(name);
      process.stdout.write(`${output.trim().replaceAll(/^/gm, '      ')}\n`);
    }
  }
}

await Promise.all([work(), work()]);
process.stdout.write(failed.length === 0 ? 'check passed\n' : `check failed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
