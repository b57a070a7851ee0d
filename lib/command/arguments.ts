import { parseArgs } from 'node:util';
import { UsageError } from './command';

type Kind = 'text' | 'switch';

export type Options = {
  /** The words that are no options. */
  readonly words: readonly string[];
  text(name: string): string | undefined;
  required(name: string): string;
  has(name: string): boolean;
  /** A whole number in a range, or the default. */
  wholeNumber(name: string, otherwise: number, from: number, to: number): number;
};

/** Reads the options a command knows; throws a `UsageError` about any other, about a missing value, and about too many words. */
export function readOptions(args: readonly string[], known: Readonly<Record<string, Kind>>, mostWords = 0): Options {
  const options = Object.fromEntries(
    Object.entries(known).map(([name, kind]) => [name, { type: kind === 'text' ? 'string' : 'boolean' } as const]),
  );
  const parsed = parse(args, options);
  if (parsed.positionals.length > mostWords) throw new UsageError(`"${parsed.positionals[mostWords]}" is one word too many.`);
  const text = (name: string): string | undefined => {
    const value = parsed.values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    words: parsed.positionals,
    text,
    required: (name) => {
      const value = text(name);
      if (value === undefined || value === '') throw new UsageError(`--${name} is missing.`);
      return value;
    },
    has: (name) => parsed.values[name] === true,
    wholeNumber: (name, otherwise, from, to) => {
      const value = text(name);
      if (value === undefined) return otherwise;
      const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
      if (!(number >= from && number <= to))
        throw new UsageError(`--${name} must be a whole number from ${from} to ${to}, not "${value}".`);
      return number;
    },
  };
}

function parse(args: readonly string[], options: Record<string, { readonly type: 'string' | 'boolean' }>) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${message.split('. ')[0]}.`.replace('..', '.'));
  }
}

/** An http(s) address without a slash at its end. */
export function readBaseUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new UsageError(`--base-url must be an address such as http://localhost:3000, not "${text}".`);
  }
  return new URL(text).href.replace(/\/+$/, '');
}
