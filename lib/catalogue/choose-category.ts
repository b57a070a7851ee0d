import { eq, sql } from 'drizzle-orm';
import { categories, listings, offers } from '@/db/schema';
import type { CategoryId, ShopId } from '@/lib/kernel';
import { invariant, parseId } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import type { OfferDraft } from './draft-words';
import type { CategorySuggestion, CategoryWords } from './suggest-category';
import { categorySuggester } from './suggest-category';

/** Where things go whose department nobody could tell, until a person moves them. */
export const CATCH_ALL = wellFormed('cat_00000000000000000000000000');
const SURE_ENOUGH = 0.3;

function wellFormed(text: string): CategoryId {
  const id = parseId('category', text);
  invariant(id !== undefined, 'the catch-all has a well-formed id');
  return id;
}

/** Gives each draft a leaf of the tree; by its bar code's sheet first, then by its words, then where this shop mostly sells. */
type ChosenCategory = CategorySuggestion & { readonly legalGates: readonly string[] };
export type CategoryChooser = (draft: OfferDraft, sheetLeaf: string | undefined) => ChosenCategory;

type Node = CategoryWords & { readonly key: string | null; readonly legalGates: readonly string[] };

async function readTree(tx: Reader): Promise<readonly Node[]> {
  const rows = await tx
    .select({
      id: categories.id,
      parentId: categories.parentId,
      name: categories.name,
      key: categories.key,
      slug: categories.slug,
      words: categories.words,
      legalGates: categories.legalGates,
    })
    .from(categories);
  return rows.map(({ id, parentId, name, slug, words, key, legalGates }) => ({
    id,
    parentId,
    key,
    legalGates,
    slug: slug.fr,
    words: `${name.fr} ${name.en} ${words}`,
  }));
}

async function usualOf(tx: Reader, shopId: ShopId): Promise<{ id: CategoryId } | undefined> {
  const [row] = await tx.execute<{ id: CategoryId }>(sql`
    select c.id
    from (select listing_id from ${offers} where shop_id = ${shopId} order by id limit 500) o
    join ${listings} l on l.id = o.listing_id join ${categories} c on c.id = l.category_id
    group by c.id order by count(*) desc, c.id limit 1`);
  return row;
}

/** Makes the leaf "Divers" where there is none: whoever writes what was chosen calls it first, for the choice itself only reads. */
export async function ensureCatchAll(from: Reader): Promise<void> {
  const [there] = await from.select({ id: categories.id }).from(categories).where(eq(categories.id, CATCH_ALL));
  if (there !== undefined) return; // an insert that makes nothing would still have every process read its whole index anew
  const name = { fr: 'Divers', en: 'Miscellaneous' };
  const slug = { fr: 'divers', en: 'miscellaneous' };
  await from
    .insert(categories)
    .values({ id: CATCH_ALL, position: 10_000, name, slug, family: 'maison', glyph: 'panier', vatCategory: 'standard' })
    .onConflictDoNothing();
}

/** The general VAT category of a rate that contradicts the department's: what a till says of its own goods goes first. */
export const generalVatOf = [
  { rate: 2_000, category: 'standard' },
  { rate: 1_000, category: 'prepared_meal_takeaway' },
  { rate: 550, category: 'food_general' },
  { rate: 210, category: 'press' },
] as const;

/** Prepares the choice for some drafts of a shop: one look at the tree and at the shop, and nothing is written. */
export async function categoryChooser(from: Reader, shopId: ShopId): Promise<CategoryChooser> {
  const tree = await readTree(from);
  const byKey = new Map(tree.map((node) => [node.key ?? node.slug, node]));
  const gatesOf = new Map(tree.map((node) => [node.id, node.legalGates]));
  const suggest = categorySuggester(tree);
  const usual = await usualOf(from, shopId);
  const fallback: CategorySuggestion = { categoryId: usual?.id ?? CATCH_ALL, confidence: 0 };
  const choose = (draft: OfferDraft, sheetLeaf: string | undefined): CategorySuggestion => {
    const known = sheetLeaf === undefined ? undefined : byKey.get(sheetLeaf);
    if (known !== undefined) return { categoryId: known.id, confidence: 0.9 };
    const suggested = suggest(draft.title, draft.category ?? '');
    return suggested !== undefined && suggested.confidence >= SURE_ENOUGH ? suggested : fallback;
  };
  return (draft, sheetLeaf) => {
    const chosen = choose(draft, sheetLeaf);
    return { ...chosen, legalGates: gatesOf.get(chosen.categoryId) ?? [] };
  };
}
