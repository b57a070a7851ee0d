import { and, asc, eq, sql } from 'drizzle-orm';
import { productPictures } from '@/db/schema';
import { getOwnProduct } from '@/lib/catalogue';
import type { OfferId, ProductId, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import type { PhotoRefusal } from '@/lib/platform/files/photos';
import { forgetPhoto, keepPhoto, readPhoto } from '@/lib/platform/files/photos';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { PictureView } from './views';

/** More pictures of one thing nobody looks at. */
export const MOST_PICTURES = 8;

export type PictureRefusal =
  | PhotoRefusal
  | { readonly kind: 'offer-not-found' }
  | { readonly kind: 'no-picture' }
  | { readonly kind: 'too-many-pictures'; readonly most: number };

type Added = Result<{ readonly added: number }, PictureRefusal>;

/** Pictures of a product in their order. */
export async function listPictures(scope: ShopScope, productId: ProductId): Promise<readonly PictureView[]> {
  const rows = await reader()
    .select({ key: productPictures.key, shopId: productPictures.shopId })
    .from(productPictures)
    .where(eq(productPictures.productId, productId))
    .orderBy(asc(productPictures.position), asc(productPictures.key));
  return rows.map(({ key, shopId }) => ({ key, isOwn: shopId === scope.shopId }));
}

/**
 * Keeps pictures of a product the shop sells, small and without what their files told of place and device; behind those that are there.
 * All or none: a picture nobody can read is said, and the others can be sent again. Another shop's product is not there.
 */
export async function addPictures(
  scope: ShopScope,
  { offerId, pictures }: { readonly offerId: OfferId; readonly pictures: readonly Uint8Array[] },
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Added> {
  return observed({ useCase: 'add-pictures', actor: scope.kind, ids: { shopId: scope.shopId, offerId } }, async (): Promise<Added> => {
    const product = await getOwnProduct(scope, offerId, 'fr');
    if (!product) return err({ kind: 'offer-not-found' });
    if (pictures.length === 0) return err({ kind: 'no-picture' });
    const there = await listPictures(scope, product.productId);
    if (there.length + pictures.length > MOST_PICTURES) return err({ kind: 'too-many-pictures', most: MOST_PICTURES });
    const keys: string[] = [];
    for (const bytes of pictures) {
      const kept = await keepPhoto(bytes);
      if (!kept.ok) {
        for (const key of keys) await forgetPhoto(key);
        return kept;
      }
      keys.push(kept.value);
    }
    const of = {
      productId: product.productId,
      shopId: scope.shopId,
      source: 'shop',
      licence: 'Halles-merchant-terms',
      createdAt: clock.now(),
    };
    const last = sql<number>`(select coalesce(max(p.position), 0) from ${productPictures} p where p.product_id = ${product.productId})`;
    await reader()
      .insert(productPictures)
      .values(keys.map((key, index) => ({ key, ...of, position: sql`${last} + ${index + 1}` })));
    return ok({ added: keys.length });
  });
}

const own = (scope: ShopScope, key: string) => and(eq(productPictures.key, key), eq(productPictures.shopId, scope.shopId));

/** Takes a picture back that this shop gave. */
export async function removePicture(scope: ShopScope, key: string): Promise<Result<void, PictureRefusal>> {
  return observed(
    { useCase: 'remove-picture', actor: scope.kind, ids: { shopId: scope.shopId } },
    async (): Promise<Result<void, PictureRefusal>> => {
      const [there] = await reader().select({ key: productPictures.key }).from(productPictures).where(own(scope, key));
      if (there === undefined) return err({ kind: 'no-picture' });
      // The file first: broken off in between, the picture is still there to be taken back again, and no file stays that nobody names.
      await forgetPhoto(key);
      await reader().delete(productPictures).where(own(scope, key));
      return ok(undefined);
    },
  );
}

/** Puts one of the shop's pictures before the others: it stands for the product in every list. */
export async function showFirst(scope: ShopScope, key: string): Promise<Result<void, PictureRefusal>> {
  return observed({ useCase: 'show-picture-first', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx): Promise<Result<void, PictureRefusal>> => {
      const before = sql`(select min(p.position) - 1 from ${productPictures} p where p.product_id = ${productPictures.productId})`;
      const moved = await tx
        .update(productPictures)
        .set({ position: before })
        .where(own(scope, key))
        .returning({ key: productPictures.key });
      return moved.length === 0 ? err({ kind: 'no-picture' }) : ok(undefined);
    }),
  );
}

/** The file of a product's picture; undefined for any other file and for none. */
export async function readPicture(key: string): Promise<{ readonly bytes: Uint8Array; readonly contentType: string } | undefined> {
  const [row] = await reader().select({ key: productPictures.key }).from(productPictures).where(eq(productPictures.key, key));
  return row === undefined ? undefined : readPhoto(row.key);
}
