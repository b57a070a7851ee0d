import { env } from '@/lib/platform/env';
import { logError } from '@/lib/platform/log';
import { fillMeilisearch, followChanges, meilisearchDrift, type MeiliStanding } from './fill';

const LOOK_MS = 400;
/** Long enough that a Meilisearch that is away is not hammered. */
const AWAY_MS = 5_000;
/** The city's words may be as old as in a process that keeps them (`currentSynonyms`). */
const SYNONYMS_MS = 5_000;
const COMPARE_MS = 3_600_000;

/**
 * Keeps a configured Meilisearch as fresh as the database, until the returned function is called: fills it when the process starts, sends changes
 * as they come, compares once an hour and fills it anew when it drifted. Several workers may do so beside each other. Without Meilisearch it
 * does nothing.
 */
export function keepUpMeilisearch(): () => void {
  const { meili } = env();
  if (meili === undefined) return () => {};
  let isStopped = false;
  let standing: MeiliStanding | undefined;
  let comparedAt = performance.now();
  let synonymsAt = comparedAt;
  const look = async (): Promise<void> => {
    if (isStopped) return;
    let waitMs = LOOK_MS;
    try {
      const isDue = performance.now() - comparedAt > COMPARE_MS;
      if (isDue) comparedAt = performance.now();
      if (standing === undefined || (isDue && (await meilisearchDrift(meili)) > 0)) standing = (await fillMeilisearch(meili)).standing;
      else {
        const areSynonymsDue = performance.now() - synonymsAt > SYNONYMS_MS;
        if (areSynonymsDue) synonymsAt = performance.now();
        standing = await followChanges(meili, standing, areSynonymsDue);
      }
    } catch (error) {
      logError('keep up Meilisearch', error);
      waitMs = AWAY_MS;
    }
    setTimeout(() => void look(), waitMs).unref();
  };
  void look();
  return () => {
    isStopped = true;
  };
}
