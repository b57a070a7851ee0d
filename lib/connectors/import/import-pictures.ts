import { and, asc, eq, gt, inArray, isNotNull, ne } from 'drizzle-orm';
import { importItems, imports, offers } from '@/db/schema';
import type { ImportId, OfferId } from '@/lib/kernel';
import { ok } from '@/lib/kernel';
import { wantPictures } from '@/lib/pictures';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';

const PIECE = 1_000;

/** Items of an import that name pictures, in their order. */
function pictured(importId: ImportId, after: number) {
  const { position, sku, offerId, images } = importItems;
  return reader()
    .select({ position, sku, offerId, images })
    .from(importItems)
    .where(and(eq(importItems.importId, importId), gt(position, after), isNotNull(images), ne(importItems.verdict, 'rejected')))
    .orderBy(asc(position))
    .limit(PIECE);
}

/**
 * Writes down which pictures a finished import names, for the worker to fetch. Repeated, it changes nothing. Gives how many wait.
 * Offers the import made are found by the shop's code, which is unique in the shop.
 */
export async function wantImportPictures(importId: ImportId, { clock }: Pick<Ports, 'clock'> = systemPorts): Promise<number> {
  const [row] = await reader().select({ state: imports.state, shopId: imports.shopId }).from(imports).where(eq(imports.id, importId));
  if (row?.state !== 'done') return 0;
  let wanted = 0;
  for (let after = 0; ;) {
    const items = await pictured(importId, after);
    const last = items.at(-1);
    if (last === undefined) return wanted;
    after = last.position;
    const skus = items.flatMap(({ offerId, sku }) => (offerId === null && sku !== null ? [sku] : []));
    const made = skus.length === 0 ? [] : await reader().select({ id: offers.id, sku: offers.merchantSku }).from(offers).where(and(eq(offers.shopId, row.shopId), inArray(offers.merchantSku, skus))); // prettier-ignore
    const bySku = new Map<string, OfferId>(made.map(({ id, sku }) => [sku, id]));
    const wishes = items.flatMap(({ offerId, sku, images }) => {
      const of = offerId ?? bySku.get(sku ?? '');
      return of === undefined || images === null ? [] : [{ offerId: of, addresses: images }];
    });
    const origin = { shopId: row.shopId, origin: importId };
    const written = await withTransaction(async (tx) => ok(await wantPictures(tx, origin, wishes, clock.now())));
    wanted += written.ok ? written.value : 0;
  }
}
