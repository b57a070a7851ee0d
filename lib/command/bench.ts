import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions } from './arguments';
import type { Command } from './command';
import { RefusedError, UsageError } from './command';

const folder = join('tests', 'bench');

/** Measures that exist in this checkout: each is a program of its own, because measuring needs tools an installation does not. */
function names(): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.bench.ts'))
    .map((file) => file.replace('.bench.ts', ''))
    .toSorted();
}

export const bench: Command = {
  summary: 'Measures this installation, each time beside a floor measured in the same run.',
  usage: [
    'Usage: npm run --silent bench -- NAME [--seconds N] [--clients 1,8,32] [--json]',
    '',
    `  NAME        one of: ${names().join(', ')}`,
    '  --seconds   how long each figure is measured (10 by default)',
    '  --clients   how many clients ask at once',
    '  --rows      of import: how many rows the file has, 100000 by default',
    '  --sizes     of search: how many listings, 55000,500000 by default',
    '',
    'Uses the demo city in production mode: run "npm run demo" once before, and stop it. Absolute figures mean little; compare with the floor.',
  ].join('\n'),
  run: async (args) => {
    const options = readOptions(args, { seconds: 'text', clients: 'text', sizes: 'text', rows: 'text', json: 'switch' }, 1);
    const [name] = options.words;
    options.wholeNumber('seconds', 10, 1, 600);
    if (name === undefined || !names().includes(name)) throw new UsageError(`NAME must be one of: ${names().join(', ')}.`);
    const child = spawn(process.execPath, ['--import', 'tsx', join(folder, `${name}.bench.ts`), ...args.filter((word) => word !== name)], {
      stdio: 'inherit',
    });
    const code = await new Promise<number>((resolve) => child.once('close', (ended) => resolve(ended ?? 1)));
    if (code !== 0) throw new RefusedError(`The measure "${name}" did not come to its end.`);
    return 0;
  },
};
