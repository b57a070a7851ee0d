import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { orderTenders, payments, requests, returnCases, stockAlerts, stockTransfers, subOrders } from '@/db/schema';
import type { Reader } from '@/lib/platform/transaction';
import type { CityModule } from './module-list';

const isUnderWay = sql`${subOrders.state} in ('placed', 'offered', 'accepted', 'preparing', 'ready', 'despatched')`;

const ordersWith = (condition: SQL) =>
  sql`(select count(distinct ${subOrders.orderId})::int from ${subOrders} where ${isUnderWay} and ${condition})`;

/** What of each module is under way. Nothing is for what counts at one moment only, as letting a shop in. */
const counts: Readonly<Record<CityModule, SQL>> = {
  'click-and-collect': ordersWith(sql`${subOrders.method} = 'pickup'`),
  'local-delivery': ordersWith(sql`${subOrders.method} = 'courier'`),
  parcels: ordersWith(sql`${subOrders.method} = 'parcel'`),
  'set-aside': ordersWith(sql`${subOrders.isSetAside}`),
  'bank-transfer': ordersWith(
    sql`exists (select from ${payments} where ${payments.orderId} = ${subOrders.orderId} and ${payments.method} = 'bank-transfer')`,
  ),
  vouchers: ordersWith(sql`exists (select from ${orderTenders} where ${orderTenders.orderId} = ${subOrders.orderId})`),
  'returns-anywhere': sql`(select count(*)::int from ${returnCases} where ${returnCases.state} in ('stated', 'accepted', 'sent-back', 'received')
    and coalesce(${returnCases.receivedShopId}, ${returnCases.chosenShopId}) <> ${returnCases.shopId})`,
  'network-carries': sql`(select count(*)::int from ${stockTransfers} where ${stockTransfers.subOrderId} is not null and ${stockTransfers.state} in ('requested', 'sent'))`,
  requests: sql`(select count(*)::int from ${requests} where ${requests.state} = 'open')`,
  alerts: sql`(select count(*)::int from ${stockAlerts} where ${stockAlerts.confirmedAt} is not null and ${stockAlerts.toldAt} is null
    and (${stockAlerts.listingId} is not null or ${stockAlerts.words} is not null))`,
  'automatic-openings': sql`0`,
};

const counted = z.record(z.string(), z.number());

/** What is under way of these modules. One statement. */
export async function countRunning(from: Reader, names: readonly CityModule[]): Promise<(name: CityModule) => number> {
  const pairs = sql.join(
    names.map((name) => sql`${name}::text, ${counts[name]}`),
    sql`, `,
  );
  const [row] = await from.execute(sql`select json_build_object(${pairs}) as running`);
  const running = counted.parse(row?.['running']);
  return (name) => running[name] ?? 0;
}
