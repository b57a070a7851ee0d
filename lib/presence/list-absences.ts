import { counterPresence } from '@/db/schema';
import type { Instant, Interval, ShopId } from '@/lib/kernel';
import { reader } from '@/lib/platform/transaction';
import { absentSince } from './presence-rules';

type OpenShop = { readonly id: ShopId; readonly openings: readonly Interval[] };

/** Shops whose counter is known and before nobody's eyes, with since when. One statement. */
export async function listAbsences(shops: readonly OpenShop[], now: Instant): Promise<ReadonlyMap<ShopId, Instant>> {
  const rows = await reader()
    .select({ shopId: counterPresence.shopId, seenAt: counterPresence.seenAt, isKeptOpen: counterPresence.isKeptOpen })
    .from(counterPresence);
  const known = new Map(rows.map((row) => [row.shopId, row]));
  return new Map(
    shops.flatMap((shop) => {
      const since = absentSince(known.get(shop.id), shop.openings, now);
      return since === undefined ? [] : [[shop.id, since] as const];
    }),
  );
}
