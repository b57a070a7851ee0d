import { env } from '@/lib/platform/env';
import { meilisearchEngine } from './meilisearch/meilisearch-adapter';
import { memoryEngine } from './memory-engine';
import type { SearchEngine } from './search-engine';

let chosen: SearchEngine | undefined;

/** The engine this installation is configured for: Meilisearch where one is named, else the index in this process. */
export function currentEngine(): SearchEngine {
  const { meili } = env();
  chosen ??= meili === undefined ? memoryEngine : meilisearchEngine(meili);
  return chosen;
}
