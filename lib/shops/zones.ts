import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { deliveryZones, orders, subOrders } from '@/db/schema';
import type { Instant } from '@/lib/kernel';
import { DAY, dateOf, instant, metresBetween, plusMs } from '@/lib/kernel';
import { wallTimeAt } from './local-time';
import type { CourierZone } from './views';

const read = z.object({
  zones: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      latitude: z.number(),
      longitude: z.number(),
      radiusMetres: z.number(),
      priceMinor: z.number(),
      furtherShopMinor: z.number(),
      slots: z.array(z.object({ from: z.string(), to: z.string(), stops: z.number() })),
    }),
  ),
  doors: z.array(z.object({ at: z.number(), latitude: z.number(), longitude: z.number(), count: z.number() })),
});

/** The city's zones as they are and the doors already promised, which count once an order: two columns that `zonesOf` reads. */
export function zonesAndDoors(now: Instant): SQL {
  return sql`(select coalesce(json_agg(z), '[]') from (
      select distinct on (slug) slug, name, latitude, longitude, radius_metres as "radiusMetres", price_minor as "priceMinor",
        further_shop_minor as "furtherShopMinor", slots from ${deliveryZones} order by slug, version desc) z) as zones,
    (select coalesce(json_agg(d), '[]') from (
      select extract(epoch from p.promised_from) * 1000 as at, o.address_latitude as latitude, o.address_longitude as longitude,
        count(distinct o.id)::int as count
      from ${subOrders} p join ${orders} o on o.id = p.order_id
      where p.method = 'courier' and p.promised_from > ${dateOf(plusMs(now, -DAY)).toISOString()}::timestamptz
        and p.state in ('placed', 'offered', 'accepted', 'preparing', 'ready', 'despatched') and o.address_latitude is not null
        and exists (select from ${deliveryZones})
      group by p.promised_from, o.address_latitude, o.address_longitude) d) as doors`;
}

/** Each zone with the slots that have no door left. */
export function zonesOf(row: unknown, timeZone: string): readonly CourierZone[] {
  const { zones, doors } = read.parse(row);
  return zones.map(({ latitude, longitude, slots, ...zone }) => {
    const centre = { latitude, longitude };
    const counts = new Map<number, number>();
    for (const door of doors)
      if (metresBetween(centre, door) <= zone.radiusMetres)
        counts.set(Math.round(door.at), (counts.get(Math.round(door.at)) ?? 0) + door.count);
    const full = [...counts].filter(
      ([at, count]) => count >= (slots.find((slot) => slot.from === clockOf(instant(at), timeZone))?.stops ?? Infinity),
    );
    return {
      ...zone,
      centre,
      slots: slots.map(({ from, to }) => [from, to] as const),
      full: new Set(full.map(([at]) => instant(at))),
    };
  });
}

function clockOf(moment: Instant, timeZone: string): string {
  const { hour, minute } = wallTimeAt(moment, timeZone);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
