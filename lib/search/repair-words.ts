import { sql } from 'drizzle-orm';
import { reader } from '@/lib/platform/transaction';
import { wordsOf } from './fold';

/** A query in the database's own language, and what was read instead of words nobody here uses. */
export type RepairedQuery = {
  /** Every word, each with what may stand for it; empty when nothing searchable was asked. */
  readonly all: string;
  /** Any of the words: the net for when all together find nothing. */
  readonly any: string;
  /** The words understood, when they differ from those typed. */
  readonly said: string | undefined;
};

type WordRow = { readonly word: string; readonly known: boolean; readonly empty: boolean; readonly near: readonly string[] | null };

/** Only letters and digits are left of a word, so quoting it is enough. */
const term = (word: string, starts: boolean) => `'${word}'${starts ? ':*' : ''}`;

function alternatives(row: WordRow): string {
  if (row.known) return term(row.word, false);
  const near = row.near ?? [];
  const terms = near.length > 0 ? near.map((word) => term(word, false)) : [term(row.word, true)];
  return terms.length === 1 ? (terms[0] ?? '') : `(${terms.join(' | ')})`;
}

/**
 * Turns typed words into a full-text query. A word that no document knows, in any inflection, is replaced by the up to five
 * most similar known ones; failing these it may be the beginning of one. Stop words fall out.
 */
export async function repairWords(query: string): Promise<RepairedQuery> {
  const words = wordsOf(query);
  if (words.length === 0) return { all: '', any: '', said: undefined };
  const rows = await reader().execute<WordRow>(sql`
    select q.word, numnode(plainto_tsquery('fr_unaccent', q.word)) = 0 as empty,
      exists (select 1 from search_documents d where d.vector @@ plainto_tsquery('fr_unaccent', q.word)) as known,
      (select array_agg(w.word) from (
        select s.word from search_words s
        where s.word % q.word and similarity(s.word, q.word) >= 0.35
        order by similarity(s.word, q.word) desc, s.documents desc, s.word limit 5) w) as near
    from jsonb_array_elements_text(${JSON.stringify(words)}::jsonb) with ordinality as q(word, place)
    order by q.place`);
  const meant = [...rows].filter((row) => !row.empty);
  const said = meant.map((row) => (row.known ? row.word : (row.near?.[0] ?? row.word))).join(' ');
  const isRepaired = meant.some((row) => !row.known && (row.near?.length ?? 0) > 0);
  return {
    all: meant.map(alternatives).join(' & '),
    any: meant.map(alternatives).join(' | '),
    said: isRepaired ? said : undefined,
  };
}
