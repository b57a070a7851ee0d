import { eq, inArray } from 'drizzle-orm';
import { categories, listings, orderLines, products, variants } from '@/db/schema';
import type { SubOrderId } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { lineOwed } from './owed';
import type { PickLineView } from './views';

/** Lines of sub-orders as screens show them, with what draws their tile; by sub-order. */
export async function listLineViews(
  from: Reader,
  subOrderIds: readonly SubOrderId[],
): Promise<ReadonlyMap<SubOrderId, readonly PickLineView[]>> {
  if (subOrderIds.length === 0) return new Map();
  const rows = await from
    .select({ line: orderLines, productId: products.id, glyph: products.glyph, family: categories.family, categoryGlyph: categories.glyph })
    .from(orderLines)
    .leftJoin(listings, eq(listings.id, orderLines.listingId))
    .leftJoin(variants, eq(variants.id, listings.variantId))
    .leftJoin(products, eq(products.id, variants.productId))
    .leftJoin(categories, eq(categories.id, products.categoryId))
    .where(inArray(orderLines.subOrderId, [...subOrderIds]))
    .orderBy(orderLines.shelf, orderLines.id);
  const views = new Map<SubOrderId, PickLineView[]>();
  for (const row of rows) {
    const lines = views.get(row.line.subOrderId) ?? [];
    lines.push(lineView(row));
    views.set(row.line.subOrderId, lines);
  }
  return views;
}

type Row = {
  readonly line: typeof orderLines.$inferSelect;
  readonly productId: string | null;
  readonly glyph: string | null;
  readonly family: string | null;
  readonly categoryGlyph: string | null;
};

function lineView({ line, productId, glyph, family, categoryGlyph }: Row): PickLineView {
  return {
    lineId: line.id,
    listingId: line.listingId,
    title: line.title,
    keyAttribute: line.keyAttribute ?? undefined,
    shelf: line.shelf ?? undefined,
    quantity: line.quantity,
    pickedQuantity: line.pickedQuantity ?? undefined,
    refusedQuantity: line.refusedQuantity,
    salesUnit: line.salesUnit,
    totalMinor: line.totalMinor,
    owedMinor: lineOwed(line),
    minimumAge: line.minimumAge ?? undefined,
    productId: productId ?? line.listingId,
    family: family ?? 'epicerie',
    glyph: glyph || categoryGlyph || '',
  };
}
