import { and, eq, sql } from 'drizzle-orm';
import { pictureWishes } from '@/db/schema';
import type { ConnectionId, ImportId, Result, ShopScope } from '@/lib/kernel';
import { err, ok } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import type { PictureProgress } from './views';
import { announcePictures } from './pictures-queue';

/** How the pictures stand that one import or connection of the shop named; another shop's has none. */
export async function getPictureProgress(scope: ShopScope, origin: ImportId | ConnectionId): Promise<PictureProgress> {
  const rows = await reader()
    .select({
      state: pictureWishes.state,
      reason: sql<string | null>`case when ${pictureWishes.state} = 'failed' then ${pictureWishes.reason} end`,
      count: sql<number>`count(*)::int`,
      address: sql<string>`min(${pictureWishes.address})`,
    })
    .from(pictureWishes)
    .where(and(eq(pictureWishes.origin, origin), eq(pictureWishes.shopId, scope.shopId)))
    .groupBy(sql`1, 2`)
    .orderBy(sql`3 desc, 2`);
  const of = (state: string): number => rows.filter((row) => row.state === state).reduce((sum, { count }) => sum + count, 0);
  const failed = rows.flatMap(({ state, reason, count, address }) =>
    state === 'failed' ? [{ reason: reason ?? '', count, address }] : [],
  );
  return { waiting: of('waiting'), kept: of('kept'), spared: of('spared'), failed };
}

/** Fetches again what failed of one import or connection of the shop, at once. */
export async function retryPictures(
  scope: ShopScope,
  origin: ImportId | ConnectionId,
  { clock }: Pick<Ports, 'clock'> = systemPorts,
): Promise<Result<{ readonly again: number }, { readonly kind: 'no-picture' }>> {
  return observed({ useCase: 'retry-pictures', actor: scope.kind, ids: { shopId: scope.shopId } }, () =>
    withTransaction(async (tx) => {
      const again = await tx
        .update(pictureWishes)
        .set({ state: 'waiting', attempts: 0, nextTryAt: clock.now() })
        .where(and(eq(pictureWishes.origin, origin), eq(pictureWishes.shopId, scope.shopId), eq(pictureWishes.state, 'failed')))
        .returning({ digest: pictureWishes.digest });
      if (again.length === 0) return err({ kind: 'no-picture' } as const);
      await announcePictures(tx);
      return ok({ again: again.length });
    }),
  );
}
