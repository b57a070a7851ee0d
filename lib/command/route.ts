import { createInterface } from 'node:readline';
import { alternatives, parseCase, solve } from '@/lib/oms';
import type { SolveOptions } from '@/lib/oms';

const help = `Usage: halles route [--alternatives] [--max-nodes N] < CASES > ANSWERS

Reads routing cases from standard input, one JSON object a line, and writes one answer a line in the same order.
A line that is no case is answered {"caseId":…,"status":"refused","error":"…"}; the lines after it are answered as usual.

  --alternatives   the best plan of every goal and the trade-offs, instead of one plan
  --max-nodes N    end each search after N nodes; the answer is then "feasible" with a proven bound, or "unknown"
`;

type Wishes = { readonly wantsAlternatives: boolean; readonly options: SolveOptions };

/**
 * `halles route`: the engine on a pipe. Streams: a line is answered before the next is read; no network, no database.
 * Returns the exit code: 0 when every line was read, 2 for wrong usage.
 */
export async function routeCommand(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    await write(help);
    return 0;
  }
  const wishes = readArguments(args);
  if (typeof wishes === 'string') {
    process.stderr.write(`${wishes} See halles route --help.\n`);
    return 2;
  }
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() !== '') await write(`${JSON.stringify(answerLine(line, wishes))}\n`);
  }
  return 0;
}

function readArguments(args: readonly string[]): Wishes | string {
  let wantsAlternatives = false;
  let options: SolveOptions = {};
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index];
    if (argument === '--alternatives') wantsAlternatives = true;
    else if (argument === '--max-nodes') {
      const maxNodes = Number(args[(index += 1)]);
      if (!Number.isSafeInteger(maxNodes) || maxNodes < 1) return '--max-nodes needs a whole number of at least one.';
      options = { maxNodes };
    } else if (argument !== '--json') return `Unknown argument ${argument}.`;
  }
  return { wantsAlternatives, options };
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
