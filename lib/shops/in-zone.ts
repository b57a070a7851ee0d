/**
 * Runs `work` with the clock of the process in `timeZone`, for a library that only knows the process's own clock.
 *
 * Guarantees: whatever zone the process has, it has it again afterwards, also when `work` throws; nothing else runs in between, because
 * `work` is synchronous. In a worker thread the variable is a copy without effect: there `work` sees the process's zone.
 */
export function inZone<T>(timeZone: string, work: () => T): T {
  const before = process.env['TZ'];
  if (before === timeZone) return work();
  process.env['TZ'] = timeZone;
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  }
}
