import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { CategoryId, ListingId } from '@/lib/kernel';
import { listings } from './catalogue';
import { idColumn, tsvector } from './columns';

/** One document per listing; prices, stock and promises are read live and never kept here. */
export const searchDocuments = pgTable(
  'search_documents',
  {
    listingId: idColumn<ListingId>()
      .primaryKey()
      .references(() => listings.id, { onDelete: 'cascade' }),
    categoryId: idColumn<CategoryId>().notNull(),
    words: text().notNull(),
    vector: tsvector().notNull(),
  },
  (table) => [index('documents_by_vector').using('gin', table.vector), index('documents_in_category').on(table.categoryId)],
);

/** Every folded word of the documents, for repairing what was mistyped. */
export const searchWords = pgTable('search_words', { word: text().primaryKey(), documents: integer().notNull() }, (table) => [
  index('words_by_trigram').using('gin', sql`${table.word} gin_trgm_ops`),
]);
