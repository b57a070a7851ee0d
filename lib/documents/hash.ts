import { createHash } from 'node:crypto';

/** What the first document of a series names as the one before it. */
export const GENESIS_HASH = '0'.repeat(64);

/**
 * The seal of a document: SHA-256 over the seal before it and what the document says, keys in code-unit order so that storage may
 * reorder them. Guarantees: changing, removing or inserting any document of a series changes every later seal.
 */
export function sealOf(previousHash: string, content: unknown): string {
  return createHash('sha256')
    .update(`${previousHash}\n${JSON.stringify(sorted(content))}`)
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, held]) => [key, sorted(held)]));
}
