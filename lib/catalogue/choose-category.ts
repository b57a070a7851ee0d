import { sql } from 'drizzle-orm';
import { categories, listings, offers } from '@/db/schema';
import type { CategoryId, ShopId } from '@/lib/kernel';
import { invariant, parseId } from '@/lib/kernel';
import type { Tx } from '@/lib/platform/transaction';
import type { OfferDraft } from './draft-words';
import type { CategorySuggestion, CategoryWords } from './suggest-category';
import { categorySuggester } from './suggest-category';

/** Where things go whose department nobody could tell, until a person moves them. */
const CATCH_ALL = 'cat_00000000000000000000000000';
const SURE_ENOUGH = 0.3;

/** Gives each draft a leaf of the tree; by its bar code's sheet first, then by its words, then where this shop mostly sells. */
export type CategoryChooser = (draft: OfferDraft, sheetLeaf: string | undefined) => CategorySuggestion;

async function readTree(tx: Tx): Promise<readonly CategoryWords[]> {
  const rows = await tx
    .select({
      id: categories.id,
      parentId: categories.parentId,
      name: categories.name,
      slug: categories.slug,
      vatCategory: categories.vatCategory,
    })
    .from(categories);
  return rows.map(({ id, parentId, name, slug, vatCategory }) => ({
    id,
    parentId,
    slug: slug.fr,
    words: `${name.fr} ${name.en}`,
    vatCategory,
  }));
}

async function usualOf(tx: Tx, shopId: ShopId): Promise<{ id: CategoryId; vat: string } | undefined> {
  const [row] = await tx.execute<{ id: CategoryId; vat: string }>(sql`
    select c.id, c.vat_category as vat
    from (select listing_id from ${offers} where shop_id = ${shopId} order by id limit 500) o
    join ${listings} l on l.id = o.listing_id join ${categories} c on c.id = l.category_id
    group by c.id order by count(*) desc, c.id limit 1`);
  return row;
}

/** The leaf "Divers", made when it is first needed. */
async function catchAll(tx: Tx): Promise<CategoryId> {
  const id = parseId('category', CATCH_ALL);
  invariant(id !== undefined, 'the catch-all has a well-formed id');
  const name = { fr: 'Divers', en: 'Miscellaneous' };
  const slug = { fr: 'divers', en: 'miscellaneous' };
  await tx
    .insert(categories)
    .values({ id, position: 10_000, name, slug, family: 'maison', glyph: 'panier', vatCategory: 'standard' })
    .onConflictDoNothing();
  return id;
}

/** The general VAT category of a rate that contradicts the department's: what a till says of its own goods goes first. */
const generalOf: Readonly<Record<number, string>> = {
  2_000: 'standard',
  1_000: 'prepared_meal_takeaway',
  550: 'food_general',
  210: 'press',
};

/** Prepares the choice for a piece of an import: one look at the tree and at the shop. */
export async function categoryChooser(tx: Tx, shopId: ShopId, rateOf: ReadonlyMap<string, number>): Promise<CategoryChooser> {
  const tree = await readTree(tx);
  const bySlug = new Map(tree.map((node) => [node.slug, node]));
  const suggest = categorySuggester(tree);
  const usual = await usualOf(tx, shopId);
  const fallback: CategorySuggestion = {
    categoryId: usual?.id ?? (await catchAll(tx)),
    vatCategory: usual?.vat ?? 'standard',
    confidence: 0,
  };
  return (draft, sheetLeaf) => {
    const known = sheetLeaf === undefined ? undefined : bySlug.get(sheetLeaf);
    const suggested = suggest(draft.title, draft.category ?? '');
    const chosen =
      known !== undefined
        ? { categoryId: known.id, vatCategory: known.vatCategory, confidence: 0.9 }
        : suggested !== undefined && suggested.confidence >= SURE_ENOUGH
          ? suggested
          : fallback;
    const own = draft.vatRateBps;
    const agrees = own === undefined || rateOf.get(chosen.vatCategory) === own;
    return agrees ? chosen : { ...chosen, vatCategory: generalOf[own] ?? chosen.vatCategory };
  };
}
