import { createInterface } from 'node:readline';
import { alternatives, parseCase, solve } from '@/lib/oms';
import type { SolveOptions } from '@/lib/oms';
import { readOptions } from './arguments';
import type { Command } from './command';

type Wishes = { readonly wantsAlternatives: boolean; readonly options: SolveOptions };

/** `halles route`: the engine on a pipe. */
export const route: Command = {
  summary: 'Decides who supplies an order: routing cases in, answers out.',
  usage: [
    'Usage: npm run --silent halles -- route [--alternatives] [--max-nodes N] < CASES > ANSWERS',
    '',
    'Reads one routing case (JSON) a line and writes one answer a line, in the same order, as they come.',
    'A line that is no case is answered {"caseId":…,"status":"refused","error":"…"}; the lines after it are answered as usual.',
    '',
    '  --alternatives   the best plan of every goal and the trade-offs, instead of one plan',
    '  --max-nodes N    end each search after N nodes: "feasible" with a proven bound, or "unknown"',
    '',
    'Needs no database and no network. Exit codes: 0 every line was answered, 2 wrong usage.',
  ].join('\n'),
  run: routeCommand,
};

/** Answers the lines of standard input one by one: a line is answered before the next is looked at. */
export async function routeCommand(args: readonly string[]): Promise<number> {
  const options = readOptions(args, { alternatives: 'switch', 'max-nodes': 'text', json: 'switch' });
  const maxNodes = options.wholeNumber('max-nodes', 0, 1, Number.MAX_SAFE_INTEGER);
  const wishes = { wantsAlternatives: options.has('alternatives'), options: maxNodes === 0 ? {} : { maxNodes } };
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() !== '') await write(`${JSON.stringify(answerLine(line, wishes))}\n`);
  }
  return 0;
}

/** The answer to one line of input, whatever it holds. */
export function answerLine(line: string, { wantsAlternatives, options }: Wishes): unknown {
  const input = parseJson(line);
  if (input === undefined) return { caseId: null, status: 'refused', error: 'The line is not JSON.' };
  const routing = parseCase(input);
  if (!routing.ok) return { caseId: idOf(input), status: 'refused', error: sentence(routing.error.reason) };
  if (wantsAlternatives) return { caseId: routing.value.id, ...alternatives(routing.value, options) };
  return solve(routing.value, options);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // the caller answers for the line; `undefined` is no JSON value
  }
}

function idOf(input: unknown): string | null {
  return typeof input === 'object' && input !== null && 'id' in input && typeof input.id === 'string' ? input.id.slice(0, 200) : null;
}

function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

/** Writes and waits until the reader can take more: a slow reader must not fill the memory. */
function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
