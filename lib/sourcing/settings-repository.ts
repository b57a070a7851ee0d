import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { deliveryFloors, networkRuleVersions, receivedShares, routingPolicies, shops } from '@/db/schema';
import type { Instant, NetworkId, ShopId } from '@/lib/kernel';
import { DAY, dateOf, invariant, plusMs } from '@/lib/kernel';
import type { Reader } from '@/lib/platform/transaction';
import { planned, reader } from '@/lib/platform/transaction';
import type { RoutingSettings } from './settings';
import { networkRules, routingPolicy } from './settings';

/** How long a page may go on with the settings another page just read. */
const KEPT_MS = process.env['NODE_ENV'] === 'production' ? 1_000 : 0;

let kept: { readonly until: number; readonly asOf: Instant; readonly settings: Promise<RoutingSettings> } | undefined;

/**
 * The live settings as of `now`, in one statement. Pages asked within one second share a reading; whoever decides passes the transaction.
 * Errors: throws when the database has no policy: the migrations bring the first.
 */
export async function loadSettings(now: Instant, tx?: Reader): Promise<RoutingSettings> {
  if (tx !== undefined) return readSettings(now, tx);
  const tick = performance.now();
  if (!kept || kept.until <= tick || Math.abs(now - kept.asOf) > KEPT_MS) {
    const settings = readSettings(now, reader());
    kept = { until: tick + KEPT_MS, asOf: now, settings };
    settings.catch(() => (kept = undefined)); // whoever asked sees the error, the next one reads again
  }
  return kept.settings;
}

/** Something was changed here: the next page reads again. */
export function forgetSettings(): void {
  kept = undefined;
}

const read = z.object({
  policy: z.object({ version: z.number(), policy: routingPolicy }).nullable(),
  floors: z.array(z.object({ vatCategory: z.string(), thresholdMinor: z.number(), belowMinor: z.number(), aboveMinor: z.number() })),
  networks: z.array(z.object({ networkId: z.custom<NetworkId>(), shops: z.array(z.custom<ShopId>()), rules: networkRules })),
  received: z.array(z.object({ shopId: z.custom<ShopId>(), minor: z.number() })),
});

async function readSettings(now: Instant, from: Reader): Promise<RoutingSettings> {
  const at = sql`${dateOf(now).toISOString()}::timestamptz`;
  const [row] = await from.execute<Record<string, unknown>>(sql`${planned}
    with live as (select version, policy from ${routingPolicies} where valid_from <= ${at} order by version desc limit 1)
    select (select json_build_object('version', version, 'policy', policy) from live) as policy,
      (select coalesce(json_agg(f), '[]') from (
        select distinct on (vat_category) vat_category as "vatCategory", threshold_minor as "thresholdMinor", below_minor as "belowMinor", above_minor as "aboveMinor"
        from ${deliveryFloors} where valid_from <= ${at}::date order by vat_category, valid_from desc) f) as floors,
      (select coalesce(json_agg(n), '[]') from (
        select distinct on (network_id) network_id as "networkId", rules,
          (select coalesce(json_agg(s.id order by s.id), '[]') from ${shops} s where s.network_id = v.network_id) as shops
        from ${networkRuleVersions} v order by network_id, version desc) n) as networks,
      (select coalesce(json_agg(r), '[]') from (
        select shop_id as "shopId", sum(goods_minor)::float8 as minor from ${receivedShares}
        where received_at > ${dateOf(plusMs(now, -365 * DAY)).toISOString()}::timestamptz
          and received_at > ${at} - make_interval(days => coalesce((select (policy ->> 'fairShareDays')::int from live), 30))
        group by shop_id) r) as received`);
  const { policy, floors, networks, received } = read.parse(row);
  invariant(policy, 'the migrations bring the first routing policy');
  return {
    ...policy,
    floors,
    networks: networks.map((network) => ({ ...network, shops: new Set(network.shops) })),
    received: new Map(received.map((one) => [one.shopId, one.minor])),
  };
}
