import { eq } from 'drizzle-orm';
import { listings, variants } from '@/db/schema';
import { categoryChooser, emptyDraft, readGtinSheets } from '@/lib/catalogue';
import type { CategoryId, ShopScope } from '@/lib/kernel';
import { parseGtin } from '@/lib/kernel';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader } from '@/lib/platform/transaction';

/** A department with how sure we are of it, 0 to 1; 0 is where this shop mostly sells. */
type DepartmentSuggestion = { readonly categoryId: CategoryId; readonly confidence: number };

/** The department a title belongs to, by the bar code's sheet first, then by its words, then by what the shop mostly sells. */
export async function suggestDepartment(scope: ShopScope, title: string, leaf?: string): Promise<DepartmentSuggestion> {
  const choose = await categoryChooser(reader(), scope.shopId);
  return choose({ ...emptyDraft, title }, leaf);
}

/** What is known of a bar code before the shop says anything. `commons`: it has a page, others may sell on it. */
export type CodeSheet = {
  readonly gtin: string;
  readonly known: 'commons' | 'open-data' | 'nobody';
  readonly title: string;
  readonly content: { readonly amount: number; readonly unit: 'g' | 'ml' | 'mm' } | undefined;
  /** Whose words these are, and under which licence. */
  readonly source: { readonly source: string; readonly licence: string } | undefined;
  readonly department: DepartmentSuggestion | undefined;
};

/** Looks a bar code up in the commons and in the bundled open data. Undefined for what is no bar code. */
export async function lookUpSheet(
  scope: ShopScope,
  text: string,
  ports: Pick<Ports, 'clock'> = systemPorts,
): Promise<CodeSheet | undefined> {
  const gtin = parseGtin(text);
  if (gtin === undefined) return undefined;
  const [page] = await reader()
    .select({ title: listings.title, categoryId: listings.categoryId, amount: variants.netQuantity, unit: variants.netUnit })
    .from(variants)
    .innerJoin(listings, eq(listings.variantId, variants.id))
    .where(eq(variants.gtin, gtin))
    .limit(1);
  const sheet = page === undefined ? (await readGtinSheets([gtin], ports)).get(gtin) : undefined;
  if (page) {
    const content = page.amount === null || page.unit === null ? undefined : { amount: page.amount, unit: page.unit };
    return {
      gtin,
      known: 'commons',
      title: page.title,
      content,
      source: undefined,
      department: { categoryId: page.categoryId, confidence: 1 },
    };
  }
  if (!sheet) return { gtin, known: 'nobody', title: '', content: undefined, source: undefined, department: undefined };
  const department = await suggestDepartment(scope, sheet.title, sheet.leaf);
  const { title, netContent, source, licence } = sheet;
  return { gtin, known: 'open-data', title, content: netContent, source: { source, licence }, department };
}
