import { desc, eq, sql } from 'drizzle-orm';
import { deliveryZones, orders, people } from '@/db/schema';
import type { Instant, OperatorScope, Result } from '@/lib/kernel';
import { DAY, dateOf, err, metresBetween, minor, ok, plusMs, shownName } from '@/lib/kernel';
import { observed } from '@/lib/platform/log';
import type { Ports } from '@/lib/platform/ports';
import { systemPorts } from '@/lib/platform/ports';
import { reader, withTransaction } from '@/lib/platform/transaction';
import { forgetShopBook, loadShopBook } from '@/lib/shops';
import type { ZoneDraft } from './settings';
import { zoneSlots } from './settings';
import type { ZoneReachView, ZoneView } from './views';

export type ZoneRefusal =
  { readonly kind: 'slots-overlap' } | { readonly kind: 'slot-ends-before-it-begins' } | { readonly kind: 'changed-meanwhile' };

/**
 * Publishes an area with its slots, capacities and prices, at once; the version before stays readable. Without a slot the zone is closed, and
 * shops ride by themselves again. Orders that were promised a slot keep it.
 */
export async function publishZone(
  scope: OperatorScope,
  { slug, from, source, ...draft }: ZoneDraft,
  { clock }: Ports = systemPorts,
): Promise<Result<{ readonly version: number }, ZoneRefusal>> {
  return observed({ useCase: 'publish-zone', actor: scope.kind, ids: { personId: scope.personId } }, async () => {
    const slots = draft.slots.toSorted((a, b) => (a.from < b.from ? -1 : 1));
    if (slots.some((slot) => slot.to <= slot.from)) return err({ kind: 'slot-ends-before-it-begins' });
    if (slots.some((slot, index) => slot.from < (slots[index - 1]?.to ?? ''))) return err({ kind: 'slots-overlap' });
    const published = await withTransaction(async (tx): Promise<Result<{ readonly version: number }, ZoneRefusal>> => {
      await tx.execute(sql`lock table ${deliveryZones} in share row exclusive mode`);
      const [newest] = await tx
        .select()
        .from(deliveryZones)
        .where(eq(deliveryZones.slug, slug))
        .orderBy(desc(deliveryZones.version))
        .limit(1);
      if ((newest?.version ?? 0) !== from) return err({ kind: 'changed-meanwhile' });
      const { name, latitude, longitude, radiusMetres } = draft;
      const figures = { priceMinor: minor(draft.priceMinor), furtherShopMinor: minor(draft.furtherShopMinor) };
      const row = { slug, version: from + 1, name, latitude, longitude, radiusMetres, slots, source, ...figures };
      await tx.insert(deliveryZones).values({ ...row, changedBy: scope.personId, changedAt: clock.now() });
      return ok({ version: from + 1 });
    });
    if (published.ok) forgetShopBook();
    return published;
  });
}

/** The zones as they are, each with its newest version. */
export async function listZones(_scope: OperatorScope): Promise<readonly ZoneView[]> {
  const rows = await reader()
    .selectDistinctOn([deliveryZones.slug], { row: deliveryZones, name: people.name, email: people.email })
    .from(deliveryZones)
    .leftJoin(people, eq(people.id, deliveryZones.changedBy))
    .orderBy(deliveryZones.slug, desc(deliveryZones.version));
  return rows.map(({ row, name, email }) => {
    const slots = zoneSlots.safeParse(row.slots);
    const { changedBy: _by, changedAt, ...zone } = row;
    return { ...zone, slots: slots.success ? slots.data : [], since: changedAt, by: shownName({ name, email }) };
  });
}

/** What an area touches: shops within it that bring things, and doors of the last thirty days. */
export async function zoneReach(
  _scope: OperatorScope,
  area: Pick<ZoneDraft, 'latitude' | 'longitude' | 'radiusMetres'>,
  now: Instant,
): Promise<ZoneReachView> {
  const book = await loadShopBook(now);
  const rows = await reader()
    .select({ latitude: orders.addressLatitude, longitude: orders.addressLongitude })
    .from(orders)
    .where(
      sql`${orders.placedAt} > ${dateOf(plusMs(now, -30 * DAY)).toISOString()}::timestamptz and ${orders.addressLatitude} is not null`,
    );
  const isInside = (latitude: number | null, longitude: number | null) =>
    latitude !== null && longitude !== null && metresBetween(area, { latitude, longitude }) <= area.radiusMetres;
  return {
    shops: book.all().filter((shop) => shop.services.courier).length,
    shopsInside: book.all().filter((shop) => isInside(shop.at.latitude, shop.at.longitude)).length,
    doors: rows.filter((row) => isInside(row.latitude, row.longitude)).length,
    doorsInAll: rows.length,
  };
}
