const PARENT_MS = 500;

/**
 * Resolves with the first signal that asks this process to end; later ones are ignored while it tidies up. The end of the parent counts
 * as one: npm passes a SIGTERM to its shell only, and a demo that was killed must not leave its worker behind.
 */
export function untilAskedToStop(): Promise<NodeJS.Signals> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
    setInterval(() => {
      if (process.ppid !== parent) resolve('SIGHUP');
    }, PARENT_MS).unref();
  });
}
