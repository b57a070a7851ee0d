import { readFileSync } from 'node:fs';
import { readOptions } from './arguments';
import type { Command } from './command';
import { RefusedError, UsageError, complain, sayJson } from './command';
import { judgeHours, parseHoursCase } from './hours-case';

/** `halles hours`: are opening hours read as they must be? */
export const hours: Command = {
  summary: 'Reads opening hours as the shops do, and checks them.',
  usage: [
    'Usage: npm run --silent halles -- hours --eval FILE.jsonl [--failures]',
    '',
    'FILE holds one case (JSON) a line; `-` reads standard input. A case is of a `kind`:',
    '  intervals     each of `values` is open in `intervals` between `from` and `to`, local time of `location`;',
    '                an interval is [from, to, uncertain?, comment?]; hours by the sun may be a minute off, and a',
    '                comment counts when the value itself says it',
    '  next-change   each of `values` next changes after `at` at `expected`, or never ("undefined")',
    '  equal         each of `values` means the same as `other`, or not: `expected` [true] or [false]',
    '  warns         each of `values` can be read, and there is something to remark',
    '  invalid       none of `values` can be read',
    '',
    'Prints {"cases":n,"passed":m}. --failures tells on stderr, a line each, what was expected and what was found.',
    'Needs no database and no network. Exit codes: 0 every case was tried, 1 the file cannot be read, 2 wrong usage.',
  ].join('\n'),
  run: (args) => Promise.resolve(hoursCommand(args)),
};

function hoursCommand(args: readonly string[]): number {
  const options = readOptions(args, { eval: 'text', failures: 'switch', json: 'switch' });
  const file = options.text('eval');
  if (file === undefined || file === '') throw new UsageError('--eval is missing: a file of cases, one a line.');
  let cases = 0;
  let passed = 0;
  for (const [index, line] of linesOf(file).entries()) {
    if (line.trim() === '') continue;
    cases += 1;
    const parsed = parseHoursCase(line);
    const failures = parsed.ok ? judgeHours(parsed.value) : [parsed.error];
    if (failures.length === 0) passed += 1;
    else if (options.has('failures')) for (const failure of failures) complain(`${file}:${index + 1}: ${failure}`);
  }
  sayJson({ cases, passed });
  return 0;
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').split('\n');
  } catch (error) {
    throw new RefusedError(`The file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
