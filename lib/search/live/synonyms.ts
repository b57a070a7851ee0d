import { asc, eq, sql } from 'drizzle-orm';
import { searchSynonyms } from '@/db/schema';
import { err, ok, type Instant, type OperatorScope, type Result } from '@/lib/kernel';
import { kept } from '@/lib/platform/kept';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { compileSynonyms, parseSynonym, type CompiledSynonyms } from '../engine/synonyms';
import { defaultSynonyms } from '../text/default-synonyms';

let compiled: { readonly key: string; readonly synonyms: CompiledSynonyms } | undefined;

/** All entries that hold now: the built-in ones that the city did not silence, and its own. */
export async function listSynonyms(): Promise<{
  readonly own: readonly string[];
  readonly silenced: readonly string[];
  readonly all: readonly string[];
}> {
  const rows = await reader().select().from(searchSynonyms).orderBy(asc(searchSynonyms.entry));
  const silenced = rows.filter(({ isSilenced }) => isSilenced).map(({ entry }) => entry);
  const own = rows.filter(({ isSilenced }) => !isSilenced).map(({ entry }) => entry);
  return { own, silenced, all: [...defaultSynonyms.filter((entry) => !silenced.includes(entry)), ...own] };
}

/** The entries ready to be asked; at most five seconds old, compiled again only when one changed. */
export const currentSynonyms = kept(async (): Promise<CompiledSynonyms> => {
  const { all } = await listSynonyms();
  const key = all.join('\n');
  if (compiled?.key !== key) compiled = { key, synonyms: compileSynonyms(all.flatMap((entry) => parseSynonym(entry) ?? [])) };
  return compiled.synonyms;
});

const LONGEST_ENTRY = 300;

export type SynonymRefusal = { readonly kind: 'synonym-says-nothing' };

/** Adds an entry of the city: `patate = pomme de terre`, or `charcuterie > saucisson, jambon`. */
export async function addSynonym(_scope: OperatorScope, entry: string, now: Instant): Promise<Result<void, SynonymRefusal>> {
  const bare = entry.trim().replace(/\s+/g, ' ').slice(0, LONGEST_ENTRY);
  if (parseSynonym(bare) === undefined) return err({ kind: 'synonym-says-nothing' });
  return withTransaction(async (tx) => {
    await tx
      .insert(searchSynonyms)
      .values({ entry: bare, isSilenced: false, changedAt: now })
      .onConflictDoUpdate({ target: searchSynonyms.entry, set: { isSilenced: false, changedAt: now } });
    return ok(undefined);
  });
}

/** Takes an entry away: one of the city's own is gone, a built-in one is silenced. */
export async function removeSynonym(_scope: OperatorScope, entry: string, now: Instant): Promise<void> {
  await withTransaction(async (tx) => {
    if (defaultSynonyms.includes(entry)) {
      await tx
        .insert(searchSynonyms)
        .values({ entry, isSilenced: true, changedAt: now })
        .onConflictDoUpdate({ target: searchSynonyms.entry, set: { isSilenced: sql`true`, changedAt: now } });
    } else await tx.delete(searchSynonyms).where(eq(searchSynonyms.entry, entry));
    return ok(undefined);
  });
}
