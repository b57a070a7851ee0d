import type { Sql } from 'postgres';
import { recordCount } from '@/lib/inventory';
import { plusMs } from '@/lib/kernel';
import { systemClock } from '@/lib/platform/clock';
import { RefusedError } from '../command';
import type { Cast, Desk, Prize } from './truth';

const SHOPS = 10;
const PRIZES_A_SHOP = 6;

/** Ten shops and six things of each: half of them nearly gone, and a third told of by tills. Always the same ones of a city. */
export async function castOf(sql: Sql): Promise<Cast> {
  const desks = await sql<Desk[]>`
    select distinct on (shops.id) shops.id as "shopId", shops.slug, people.email, people.id as "personId" from shops
    join role_grants on role_grants.shop_id = shops.id and role_grants.role = 'owner' join people on people.id = role_grants.person_id
    where shops.level = 'sell' and shops.takes_orders and (shops.services ->> 'pickup')::boolean
      and not exists (select from role_grants other where other.person_id = people.id and other.shop_id <> shops.id)
    order by shops.id limit ${SHOPS}`;
  const rows = await sql<(Omit<Prize, 'isTilled'> & { readonly place: number })[]>`
    select * from (
      select offers.id as "offerId", '/p/' || listings.slug || '-' || listings.id as path, offers.shop_id as "shopId", stock_levels.on_hand as opening,
        row_number() over (partition by offers.shop_id order by offers.id)::int as place
      from offers join listings on listings.id = offers.listing_id and listings.is_published
      join categories on categories.id = listings.category_id and categories.minimum_age is null
      join variants on variants.id = listings.variant_id and variants.sales_unit = 'each'
      join stock_levels on stock_levels.offer_id = offers.id and stock_levels.on_hand >= 4 and stock_levels.safety_stock = 0
        and stock_levels.reserved + stock_levels.allocated = 0
      join stock_locations on stock_locations.id = stock_levels.location_id and stock_locations.shop_id = offers.shop_id
      where offers.is_active and offers.shop_id in ${sql(desks.map((desk) => desk.shopId))}
        and not exists (select from stock_levels other where other.offer_id = offers.id and other.location_id <> stock_levels.location_id)
    ) ranked where place <= ${PRIZES_A_SHOP}`;
  if (desks.length === 0 || rows.length < SHOPS) throw new RefusedError('The seeded city has too little to fight for.');
  const prizes = rows.map(({ place, ...prize }) => ({ ...prize, isTilled: place % 3 === 0 }));
  return { desks, prizes: await scarce(desks, prizes) };
}

/** Half of the things are counted down to a handful before anything begins: shoppers must meet the last unit. */
async function scarce(desks: readonly Desk[], prizes: readonly Prize[]): Promise<readonly Prize[]> {
  return Promise.all(
    prizes.map(async (prize, index) => {
      const opening = index % 2 === 0 ? 2 + (index % 5) : 60;
      const personId = desks.find((one) => one.shopId === prize.shopId)?.personId;
      if (personId === undefined) throw new RefusedError('A shop of the seeded city has no owner.');
      const scope = { kind: 'shop', shopId: prize.shopId, personId, role: 'owner' } as const;
      const counted = await recordCount(scope, {
        offerId: prize.offerId,
        counted: opening,
        asOf: plusMs(systemClock.now(), -2_000),
        key: `torture-opening-${prize.offerId}`,
      });
      if (!counted.ok) throw new RefusedError('A shelf of the seeded city could not be counted.');
      return { ...prize, opening };
    }),
  );
}
