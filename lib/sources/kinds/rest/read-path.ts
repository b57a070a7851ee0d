/**
 * What stands at a path such as `data.items[0].price`, of own properties only; the whole for an empty path, undefined for nothing there.
 * No expressions: whoever types a path reads, and does nothing else.
 */
export function readPath(value: unknown, path: string): unknown {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '' && step !== '$');
  let at: unknown = value;
  for (const step of steps) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = new Map<string, unknown>(Object.entries(at)).get(step);
  }
  return at;
}

/** Everything at a path in which `[]` means "each of them", as in `images[].url`; a list at its end is each of its own. */
export function readPaths(value: unknown, path: string): readonly unknown[] {
  return path.split('[]').reduce<readonly unknown[]>((found, part) => found.flatMap((one) => readPath(one, part)), [value]);
}
