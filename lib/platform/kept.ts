/** How long words may be kept in a process before they are read again (architecture: no more than five seconds). */
const KEPT_MS = 5_000;

/**
 * Keeps the answer of a read for a few seconds, one per key, shared by all requests of the process. For words that are the
 * same for everybody and change rarely; never for prices, stock, promises or anything personal. A failed read is not kept.
 */
export function kept<Value>(
  read: (key: string) => Promise<Value>,
  { milliseconds = KEPT_MS, limit = 500 }: { milliseconds?: number; limit?: number } = {},
): (key?: string) => Promise<Value> {
  const answers = new Map<string, { readonly until: number; readonly value: Promise<Value> }>();
  return (key = '') => {
    const now = performance.now();
    const known = answers.get(key);
    if (known && known.until > now) return known.value;
    const value = read(key);
    if (answers.size >= limit) answers.clear();
    answers.set(key, { until: now + milliseconds, value });
    value.catch(() => answers.delete(key)); // the caller sees the error, the next caller tries again
    return value;
  };
}
