/** One command of `halles`: what it is for, how it is called, and its work. */
export type Command = {
  readonly summary: string;
  /** Shown by `--help`: usage lines, options, exit codes worth knowing. */
  readonly usage: string;
  /** Does the work and gives the exit code: 0 done, 1 refused. */
  run(args: readonly string[]): Promise<number>;
};

/** The command was called wrongly: exit 2, with the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command cannot do what was asked: exit 1, with this sentence. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** Writes a line of the answer. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a sentence about what went wrong. */
export function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Writes the answer for machines. */
export function sayJson(answer: unknown): void {
  say(JSON.stringify(answer));
}
