import { sql } from 'drizzle-orm';
import type { Tx } from '@/lib/platform/transaction';

/**
 * Writes the search index anew from the catalogue: one document per published listing, then the list of words for repairs.
 * Title, brand and key attribute, department names in both languages, description and properties weigh A to D.
 */
export async function rebuildSearchDocuments(tx: Pick<Tx, 'execute'>): Promise<void> {
  await tx.execute(sql`delete from search_documents`);
  await tx.execute(sql`
    insert into search_documents (listing_id, category_id, words, vector)
    select l.id, l.category_id,
      concat_ws(' ', l.title, l.brand, l.key_attribute, c.name->>'fr', c.name->>'en', parent.name->>'fr', v.label, v.gtin, properties.words),
      setweight(to_tsvector('fr_unaccent', l.title), 'A')
        || setweight(to_tsvector('fr_unaccent', concat_ws(' ', l.brand, l.key_attribute, v.label)), 'B')
        || setweight(to_tsvector('fr_unaccent', concat_ws(' ', c.name->>'fr', parent.name->>'fr', c.name->>'en', parent.name->>'en')), 'C')
        || setweight(to_tsvector('fr_unaccent', concat_ws(' ', properties.words, p.description, v.gtin)), 'D')
    from listings l
    join variants v on v.id = l.variant_id
    join products p on p.id = v.product_id
    join categories c on c.id = l.category_id
    left join categories parent on parent.id = c.parent_id
    cross join lateral (
      select string_agg(value, ' ') as words from jsonb_each_text(p.attributes || v.attributes)
    ) properties
    where l.is_published`);
  await tx.execute(sql`delete from search_words`);
  await tx.execute(sql`
    insert into search_words (word, documents)
    select word, count(*) from search_documents,
      lateral (select distinct regexp_split_to_table(lower(unaccent(words)), '[^a-z0-9]+') as word) folded
    where length(word) between 3 and 40 and word !~ '^[0-9]+$'
    group by word`);
  await tx.execute(sql`analyze search_documents`);
  await tx.execute(sql`analyze search_words`);
}
