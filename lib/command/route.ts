import { once } from 'node:events';
import { alternatives, explain, explainInfeasible, parseCase, solve } from '@/lib/oms';
import type { RoutingAnswer, RoutingCase, SolveOptions } from '@/lib/oms';
import { readOptions } from './arguments';
import type { Command } from './command';
import { complain } from './command';
import { readLines } from './read-lines';
import type { InputLine } from './read-lines';

type Wishes = { readonly wantsAlternatives: boolean; readonly wantsExplanation?: boolean; readonly options: SolveOptions };

/** More than the largest case the engine reads; a longer line is a mistake or an attack. */
const LONGEST_LINE_BYTES = 64 * 2 ** 20;

/** `halles route`: the engine on a pipe. */
export const route: Command = {
  summary: 'Decides who supplies an order: routing cases in, answers out.',
  usage: [
    'Usage: npm run --silent halles -- route [--alternatives] [--explain] [--max-nodes N] < CASES > ANSWERS',
    '',
    'Reads one routing case (JSON) a line and writes one answer a line, in the same order, as they come.',
    'A line that is no case is answered {"caseId":…,"status":"refused","error":"…"}; the lines after it are answered as usual.',
    '',
    '  --alternatives   the best plan of every goal and the trade-offs, instead of one plan',
    '  --explain        adds "explain": what each shop of the plan saves, what each other would cost, why there is no plan;',
    '                   every figure is a search of its own, so this takes many times longer',
    '  --max-nodes N    end each search after N nodes: "feasible" with a proven bound, or "unknown"',
    '',
    'Needs no database and no network. Exit codes: 0 every line was answered, 2 wrong usage.',
  ].join('\n'),
  run: routeCommand,
};

/** Answers the lines of standard input one by one: a line is answered before the next is looked at. */
export async function routeCommand(args: readonly string[]): Promise<number> {
  const read = readOptions(args, { alternatives: 'switch', explain: 'switch', 'max-nodes': 'text', json: 'switch' });
  const maxNodes = read.wholeNumber('max-nodes', 0, 1, Number.MAX_SAFE_INTEGER);
  const wishes: Wishes = {
    wantsAlternatives: read.has('alternatives'),
    wantsExplanation: read.has('explain'),
    options: maxNodes === 0 ? {} : { maxNodes },
  };
  const output = process.stdout;
  let isClosed = false;
  output.on('error', () => (isClosed = true)); // whoever reads has gone away: there is nobody left to answer
  for await (const line of readLines(process.stdin, LONGEST_LINE_BYTES)) {
    if (isClosed) break;
    // Waits while the reader cannot take more: a slow reader must not fill the memory.
    if (!output.write(`${JSON.stringify(answerInput(line, wishes))}\n`)) await once(output, 'drain').catch(() => (isClosed = true));
  }
  return 0;
}

function answerInput(line: InputLine, wishes: Wishes): unknown {
  if (line.kind === 'too-long') return refused(null, `The line is longer than ${LONGEST_LINE_BYTES / 2 ** 20} MB.`);
  return answerLine(line.text, wishes);
}

/** The answer to one line of input, whatever it holds. */
export function answerLine(line: string, wishes: Wishes): unknown {
  if (line.trim() === '') return refused(null, 'The line is empty.');
  const input = parseJson(line);
  if (input === undefined) return refused(null, 'The line is not JSON.');
  const routing = parseCase(input);
  if (!routing.ok) return refused(idOf(input), sentence(routing.error.reason));
  try {
    return answerCase(routing.value, wishes);
  } catch (error) {
    // A bug of the engine must not take the lines after it along; it is said where people look for bugs.
    complain(`The case ${routing.value.id} stopped the engine: ${error instanceof Error ? error.message : String(error)}`);
    return refused(routing.value.id, 'The engine stopped at this case.');
  }
}

function answerCase(routing: RoutingCase, { wantsAlternatives, wantsExplanation, options }: Wishes): unknown {
  if (wantsAlternatives) return { caseId: routing.id, ...alternatives(routing, options) };
  const answer = solve(routing, options);
  return wantsExplanation ? { ...answer, explain: explanationOf(routing, answer, options) } : answer;
}

function explanationOf(routing: RoutingCase, answer: RoutingAnswer, options: SolveOptions): unknown {
  return answer.status === 'infeasible' ? explainInfeasible(routing, options) : explain(routing, answer, options);
}

function refused(caseId: string | null, error: string): unknown {
  return { caseId, status: 'refused', error };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line.trim()); // a byte order mark and the return of other systems' line ends are no part of a case
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
