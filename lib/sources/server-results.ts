import { z } from 'zod';
import results from './server-results.json' with { type: 'json' };

const seen = z.record(z.string(), z.object({ version: z.string(), date: z.iso.date(), checks: z.number().int() }));

/** The real server a connector was run against last: its version, the day, how many checks passed. Written by `npm run test:servers`. */
export function serverOf(kind: string): { readonly version: string; readonly date: string; readonly checks: number } | undefined {
  return seen.parse(results)[kind];
}
