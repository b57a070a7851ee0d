/** Thrown when the program itself is wrong: never for bad input, never for an expected "no". */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** Stops at once when something that must hold does not. `message` states what should have been true. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** Ends a `switch` over a union: a new member without a branch fails to compile. */
export function assertNever(value: never): never {
  throw new InvariantError(`unexpected value ${JSON.stringify(value)}`);
}
